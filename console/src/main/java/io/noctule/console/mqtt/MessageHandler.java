package io.noctule.console.mqtt;

/** Takes what the broker sends. */
@FunctionalInterface
public interface MessageHandler {
  /**
   * Takes one message. Called on the feed's thread, one after another; quick.
   *
   * @param payload not to be changed
   * @param retained whether it was there before the console subscribed
   */
  void received(String topic, byte[] payload, boolean retained);
}
