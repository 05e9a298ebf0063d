package io.noctule.protocol.packet;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A client's first packet (MQTT 5.0, section 3.1).
 *
 * @param version the protocol version of the whole connection
 * @param clientId empty where the server shall assign one
 * @param cleanStart whether an existing session is thrown away (before MQTT 5.0: the clean session
 *     flag)
 * @param keepAliveSeconds 0 to 65535; 0 turns the keep-alive off
 * @param will null where there is none
 * @param userName null where there is none
 * @param password null where there is none; never changed after construction
 * @param properties what MQTT 5.0 adds
 */
@SuppressWarnings(
    "ArrayRecordComponent") // A secret that is checked elsewhere, never compared here.
public record Connect(
    MqttVersion version,
    String clientId,
    boolean cleanStart,
    int keepAliveSeconds,
    @Nullable Will will,
    @Nullable String userName,
    byte @Nullable [] password,
    Properties properties)
    implements Packet {

  /** Leaves the password out. */
  @Override
  public String toString() {
    return "Connect[version=%s, clientId=%s, cleanStart=%s, keepAliveSeconds=%d, userName=%s]"
        .formatted(version, clientId, cleanStart, keepAliveSeconds, userName);
  }

  /**
   * The CONNECT properties (section 3.1.2.11).
   *
   * @param sessionExpirySeconds how long the session outlives the connection, 0 to 4,294,967,295,
   *     the last meaning for ever
   * @param receiveMaximum QoS 1 and 2 messages that the client takes at once unacknowledged, 1 to
   *     65535
   * @param maximumPacketSize bytes of the largest packet that the client accepts; {@link
   *     #UNLIMITED} where not told
   * @param topicAliasMaximum highest alias that the client accepts, 0 to 65535
   * @param requestResponseInformation whether CONNACK may carry response information
   * @param requestProblemInformation whether reason strings and user properties may be sent on
   *     other packets than PUBLISH, CONNACK and DISCONNECT
   * @param userProperties in order; empty where there are none
   * @param authenticationMethod null where there is no enhanced authentication
   * @param authenticationData null where there is none
   */
  @SuppressWarnings("ArrayRecordComponent") // Opaque bytes of an authentication method.
  public record Properties(
      long sessionExpirySeconds,
      int receiveMaximum,
      long maximumPacketSize,
      int topicAliasMaximum,
      boolean requestResponseInformation,
      boolean requestProblemInformation,
      List<UserProperty> userProperties,
      @Nullable String authenticationMethod,
      byte @Nullable [] authenticationData) {
    /** The value of {@link #sessionExpirySeconds()} for a session that never expires. */
    public static final long NEVER_EXPIRES = 0xFFFF_FFFFL;

    /** The value of {@link #maximumPacketSize()} where the client told no limit. */
    public static final long UNLIMITED = Long.MAX_VALUE;

    /** What holds where a client says nothing. */
    public static final Properties DEFAULT =
        new Properties(0, 65535, UNLIMITED, 0, false, true, List.of(), null, null);

    /** Copies the list. */
    // Not compact: javac would drop the annotation of the arrays from the parameters.
    public Properties(
        long sessionExpirySeconds,
        int receiveMaximum,
        long maximumPacketSize,
        int topicAliasMaximum,
        boolean requestResponseInformation,
        boolean requestProblemInformation,
        List<UserProperty> userProperties,
        @Nullable String authenticationMethod,
        byte @Nullable [] authenticationData) {
      this.sessionExpirySeconds = sessionExpirySeconds;
      this.receiveMaximum = receiveMaximum;
      this.maximumPacketSize = maximumPacketSize;
      this.topicAliasMaximum = topicAliasMaximum;
      this.requestResponseInformation = requestResponseInformation;
      this.requestProblemInformation = requestProblemInformation;
      this.userProperties = List.copyOf(userProperties);
      this.authenticationMethod = authenticationMethod;
      this.authenticationData = authenticationData;
    }
  }
}
