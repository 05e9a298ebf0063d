package io.noctule.protocol.packet;

import io.noctule.protocol.topic.TopicFilter;
import java.util.List;

/**
 * Asks for messages (MQTT 5.0, section 3.8).
 *
 * @param packetId 1 to 65535
 * @param subscriptionIdentifier 1 to 268,435,455; {@link #NO_IDENTIFIER} where there is none
 * @param userProperties in order; empty where there are none
 * @param requests at least one [MQTT-3.8.3-2]
 */
public record Subscribe(
    int packetId,
    int subscriptionIdentifier,
    List<UserProperty> userProperties,
    List<Request> requests)
    implements Packet {
  /** The value of {@link #subscriptionIdentifier()} where there is none. */
  public static final int NO_IDENTIFIER = 0;

  /** Copies the lists. */
  public Subscribe {
    userProperties = List.copyOf(userProperties);
    requests = List.copyOf(requests);
  }

  /**
   * One topic filter with its options (section 3.8.3.1).
   *
   * @param filter which topics
   * @param maximumQos the highest quality of service that the client wants
   * @param noLocal whether the client's own messages are left out
   * @param retainAsPublished whether the RETAIN flag is passed on as it came
   * @param retainHandling whether retained messages are sent when the subscription is made
   */
  public record Request(
      TopicFilter filter,
      QoS maximumQos,
      boolean noLocal,
      boolean retainAsPublished,
      RetainHandling retainHandling) {
    /** A request with a quality of service and no other option, as before MQTT 5.0. */
    public static Request of(TopicFilter filter, QoS maximumQos) {
      return new Request(filter, maximumQos, false, false, RetainHandling.SEND);
    }
  }

  /** When retained messages are sent; the constants stand in the order of their numbers. */
  public enum RetainHandling {
    /** At each subscribe (0). */
    SEND,
    /** At a subscribe that makes a new subscription (1). */
    SEND_IF_NEW,
    /** Never (2). */
    DO_NOT_SEND
  }
}
