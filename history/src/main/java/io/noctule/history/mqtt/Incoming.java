package io.noctule.history.mqtt;

/** A packet from the broker. */
public sealed interface Incoming {
  /**
   * A message.
   *
   * @param topic where it was published; what is no UTF-8 in it is replaced
   * @param payload what was published, or the beginning of it where it is longer than asked for
   * @param size the length of all that was published, in bytes
   * @param packetId 1 to 65535; 0 at QoS 0
   * @param duplicate whether the broker may have delivered it before
   * @param retained whether the broker kept it from before the subscription
   */
  @SuppressWarnings("ArrayRecordComponent") // Passed on, never compared.
  record Publish(
      String topic, byte[] payload, int size, int packetId, boolean duplicate, boolean retained)
      implements Incoming {}

  /**
   * The answer to a subscription.
   *
   * @param granted for each filter 0 to 2, or 128 where it is refused
   */
  @SuppressWarnings("ArrayRecordComponent") // Read once, never compared.
  record SubAck(int[] granted) implements Incoming {}

  /** Anything else: the broker is there. */
  record Sign() implements Incoming {}
}
