package io.noctule.protocol.packet;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A step of enhanced authentication, MQTT 5.0 only (section 3.15).
 *
 * @param reasonCode success, continue authentication or re-authenticate [MQTT-3.15.2-1]
 * @param authenticationMethod null only where the packet had no properties
 * @param authenticationData null where there is none
 * @param reasonString words for a person; null where there are none
 * @param userProperties in order; empty where there are none
 */
@SuppressWarnings("ArrayRecordComponent") // Opaque bytes of an authentication method.
public record Auth(
    ReasonCode reasonCode,
    @Nullable String authenticationMethod,
    byte @Nullable [] authenticationData,
    @Nullable String reasonString,
    List<UserProperty> userProperties)
    implements Packet {
  /** Copies the list. */
  // Not compact: javac would drop the annotation of the arrays from the parameters.
  public Auth(
      ReasonCode reasonCode,
      @Nullable String authenticationMethod,
      byte @Nullable [] authenticationData,
      @Nullable String reasonString,
      List<UserProperty> userProperties) {
    this.reasonCode = reasonCode;
    this.authenticationMethod = authenticationMethod;
    this.authenticationData = authenticationData;
    this.reasonString = reasonString;
    this.userProperties = List.copyOf(userProperties);
  }
}
