package io.noctule.protocol.packet;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The server's answer to a {@link Connect} (MQTT 5.0, section 3.2).
 *
 * @param sessionPresent whether the server goes on with an existing session; false on refusal
 *     [MQTT-3.2.2-6]
 * @param reasonCode the MQTT 5.0 code; the encoder turns it into a 3.1.1 return code where that is
 *     spoken
 * @param properties what MQTT 5.0 adds
 */
public record ConnAck(boolean sessionPresent, ReasonCode reasonCode, Properties properties)
    implements Packet {
  /** A refusal without words. */
  public static ConnAck refused(ReasonCode reasonCode) {
    return new ConnAck(false, reasonCode, Properties.DEFAULT);
  }

  /**
   * The CONNACK properties (section 3.2.2.3). A value equal to the standard's default is not sent.
   *
   * @param sessionExpirySeconds null where what the client asked for is in force
   * @param receiveMaximum 1 to 65535
   * @param maximumQos 2 where not told
   * @param retainAvailable whether retained messages are kept
   * @param maximumPacketSize {@link Connect.Properties#UNLIMITED} where not told
   * @param assignedClientId null where the client brought its own
   * @param topicAliasMaximum highest alias that the server accepts, 0 to 65535
   * @param reasonString words for a person; null where there are none
   * @param userProperties in order; empty where there are none
   * @param wildcardSubscriptionAvailable whether filters may have wildcards
   * @param subscriptionIdentifiersAvailable whether subscriptions may have identifiers
   * @param sharedSubscriptionAvailable whether subscriptions may be shared
   * @param serverKeepAliveSeconds null where the client's own is in force
   * @param responseInformation null where there is none
   * @param serverReference null where there is none
   * @param authenticationMethod null where there is no enhanced authentication
   * @param authenticationData null where there is none
   */
  @SuppressWarnings("ArrayRecordComponent") // Opaque bytes of an authentication method.
  public record Properties(
      @Nullable Long sessionExpirySeconds,
      int receiveMaximum,
      QoS maximumQos,
      boolean retainAvailable,
      long maximumPacketSize,
      @Nullable String assignedClientId,
      int topicAliasMaximum,
      @Nullable String reasonString,
      List<UserProperty> userProperties,
      boolean wildcardSubscriptionAvailable,
      boolean subscriptionIdentifiersAvailable,
      boolean sharedSubscriptionAvailable,
      @Nullable Integer serverKeepAliveSeconds,
      @Nullable String responseInformation,
      @Nullable String serverReference,
      @Nullable String authenticationMethod,
      byte @Nullable [] authenticationData) {
    /** What holds where a server says nothing. */
    public static final Properties DEFAULT = explained(null);

    /** Copies the list. */
    // Not compact: javac would drop the annotation of the arrays from the parameters.
    public Properties(
        @Nullable Long sessionExpirySeconds,
        int receiveMaximum,
        QoS maximumQos,
        boolean retainAvailable,
        long maximumPacketSize,
        @Nullable String assignedClientId,
        int topicAliasMaximum,
        @Nullable String reasonString,
        List<UserProperty> userProperties,
        boolean wildcardSubscriptionAvailable,
        boolean subscriptionIdentifiersAvailable,
        boolean sharedSubscriptionAvailable,
        @Nullable Integer serverKeepAliveSeconds,
        @Nullable String responseInformation,
        @Nullable String serverReference,
        @Nullable String authenticationMethod,
        byte @Nullable [] authenticationData) {
      this.sessionExpirySeconds = sessionExpirySeconds;
      this.receiveMaximum = receiveMaximum;
      this.maximumQos = maximumQos;
      this.retainAvailable = retainAvailable;
      this.maximumPacketSize = maximumPacketSize;
      this.assignedClientId = assignedClientId;
      this.topicAliasMaximum = topicAliasMaximum;
      this.reasonString = reasonString;
      this.userProperties = List.copyOf(userProperties);
      this.wildcardSubscriptionAvailable = wildcardSubscriptionAvailable;
      this.subscriptionIdentifiersAvailable = subscriptionIdentifiersAvailable;
      this.sharedSubscriptionAvailable = sharedSubscriptionAvailable;
      this.serverKeepAliveSeconds = serverKeepAliveSeconds;
      this.responseInformation = responseInformation;
      this.serverReference = serverReference;
      this.authenticationMethod = authenticationMethod;
      this.authenticationData = authenticationData;
    }

    /** The defaults with a reason in words, cut to 256 characters. */
    public static Properties because(@Nullable String reasonString) {
      return reasonString == null ? DEFAULT : explained(ReasonText.cut(reasonString));
    }

    private static Properties explained(@Nullable String reasonString) {
      return new Properties(
          null,
          65535,
          QoS.EXACTLY_ONCE,
          true,
          Connect.Properties.UNLIMITED,
          null,
          0,
          reasonString,
          List.of(),
          true,
          true,
          true,
          null,
          null,
          null,
          null,
          null);
    }
  }
}
