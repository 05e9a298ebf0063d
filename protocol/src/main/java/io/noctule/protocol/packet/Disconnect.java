package io.noctule.protocol.packet;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The last packet of a connection (MQTT 5.0, section 3.14).
 *
 * @param reasonCode always {@link ReasonCode#SUCCESS} before MQTT 5.0
 * @param sessionExpirySeconds null where the CONNECT packet's stays in force; client to server only
 *     [MQTT-3.14.2-2]
 * @param reasonString words for a person; null where there are none
 * @param userProperties in order; empty where there are none
 * @param serverReference another server to use; null where there is none
 */
public record Disconnect(
    ReasonCode reasonCode,
    @Nullable Long sessionExpirySeconds,
    @Nullable String reasonString,
    List<UserProperty> userProperties,
    @Nullable String serverReference)
    implements Packet {
  /** Copies the list. */
  public Disconnect {
    userProperties = List.copyOf(userProperties);
  }

  /** A reason code with words for it, cut to 256 characters, or without. */
  public static Disconnect because(ReasonCode reasonCode, @Nullable String reasonString) {
    return new Disconnect(reasonCode, null, ReasonText.cut(reasonString), List.of(), null);
  }
}
