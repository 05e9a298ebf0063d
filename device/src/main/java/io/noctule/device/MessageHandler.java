package io.noctule.device;

/**
 * What a device does with a message. Runs on the device's call-back thread, one message at a time,
 * in order.
 */
@FunctionalInterface
public interface MessageHandler {
  /**
   * Handles a message.
   *
   * @param device the device that received it; {@link Device#publish} and the other methods may be
   *     called
   * @param message the message
   * @throws Exception is logged; the device goes on with the next handler and the next message
   */
  void handle(Device device, Message message) throws Exception;
}
