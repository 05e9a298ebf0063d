package io.noctule.history.database;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A message as it is stored: where it belongs, what it said, the numbers found in it, and how to
 * know it again.
 *
 * @param device the device's name
 * @param timeMicros when it was measured: the time in the message, else that of its arrival
 * @param receivedMicros when it arrived
 * @param timed whether the time stood in the message
 * @param topic where it was published
 * @param payload what was published
 * @param readings the numbers in it
 * @param delivery how it was delivered
 */
public record Entry(
    String device,
    long timeMicros,
    long receivedMicros,
    boolean timed,
    String topic,
    Payload payload,
    List<Reading> readings,
    Delivery delivery) {
  /** Takes the list over. */
  public Entry {
    readings = List.copyOf(readings);
  }

  /**
   * A number.
   *
   * @param series the name of its series
   * @param value finite
   */
  public record Reading(String series, double value) {}

  /**
   * What was published: as text where it is text, else as bytes; neither where it is too long.
   *
   * @param size its length in bytes
   * @param text null where it is not text
   * @param bytes null where it is text
   */
  @SuppressWarnings("ArrayRecordComponent") // Passed on, never compared.
  public record Payload(int size, @Nullable String text, byte @Nullable [] bytes) {}

  /**
   * How a message was delivered.
   *
   * @param packetId 0 at QoS 0
   * @param duplicate whether the broker said that it may have delivered it before
   * @param retained whether the broker kept it from before the subscription
   * @param digest of topic and payload; empty at QoS 0
   */
  @SuppressWarnings("ArrayRecordComponent") // Compared by ReceivedPackets, as bytes.
  public record Delivery(int packetId, boolean duplicate, boolean retained, byte[] digest) {}
}
