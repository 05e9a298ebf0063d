package io.noctule.protocol.packet;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The properties of a PUBLISH packet or of a will (MQTT 5.0, section 3.3.2.3), without the topic
 * alias, which belongs to a connection rather than to the message. Absent before MQTT 5.0.
 *
 * @param payloadFormat what the payload is
 * @param messageExpirySeconds seconds until the message is of no use, 0 to 4,294,967,295; {@link
 *     #NEVER_EXPIRES} where it does not expire
 * @param responseTopic where an answer is expected; null where none is
 * @param correlationData what the answer shall repeat; null where there is none; never changed
 *     after construction
 * @param contentType the kind of content, commonly a MIME type; null where not told
 * @param userProperties in order; empty where there are none
 * @param subscriptionIdentifiers of the subscriptions that the message is sent for, server to
 *     client only; empty where there are none
 */
@SuppressWarnings("ArrayRecordComponent") // Opaque bytes that are passed on, never compared.
public record PublishProperties(
    PayloadFormat payloadFormat,
    long messageExpirySeconds,
    @Nullable String responseTopic,
    byte @Nullable [] correlationData,
    @Nullable String contentType,
    List<UserProperty> userProperties,
    List<Integer> subscriptionIdentifiers) {
  /** The value of {@link #messageExpirySeconds()} for a message that does not expire. */
  public static final long NEVER_EXPIRES = -1;

  /** No properties. */
  public static final PublishProperties NONE =
      new PublishProperties(
          PayloadFormat.ABSENT, NEVER_EXPIRES, null, null, null, List.of(), List.of());

  /** Copies the lists. */
  // Not compact: javac would drop the annotation of the arrays from the parameters.
  public PublishProperties(
      PayloadFormat payloadFormat,
      long messageExpirySeconds,
      @Nullable String responseTopic,
      byte @Nullable [] correlationData,
      @Nullable String contentType,
      List<UserProperty> userProperties,
      List<Integer> subscriptionIdentifiers) {
    this.payloadFormat = payloadFormat;
    this.messageExpirySeconds = messageExpirySeconds;
    this.responseTopic = responseTopic;
    this.correlationData = correlationData;
    this.contentType = contentType;
    this.userProperties = List.copyOf(userProperties);
    this.subscriptionIdentifiers = List.copyOf(subscriptionIdentifiers);
  }

  /** Whether the message has a time after which it is of no use. */
  public boolean expires() {
    return messageExpirySeconds != NEVER_EXPIRES;
  }

  /**
   * The payload format indicator: absent and "unspecified bytes" mean the same but are passed on as
   * they came.
   */
  public enum PayloadFormat {
    /** Not told. */
    ABSENT,
    /** Told to be bytes of an unspecified kind (0). */
    BYTES,
    /** Told to be UTF-8 text (1). */
    UTF_8
  }
}
