package io.noctule.device.action;

import java.util.concurrent.CompletableFuture;

/** What an action may use of its device. Any thread. */
public interface ActionContext {
  /** The client identifier of the device. */
  String deviceId();

  /**
   * Publishes a message.
   *
   * @param topic a topic name, without wildcards
   * @param payload the bytes
   * @param qos 0 or 1
   * @param retain whether the broker shall keep it for later subscribers
   * @return completes when it is sent, at QoS 1 acknowledged; fails where it is not
   * @throws IllegalArgumentException where the topic or the QoS is not valid
   */
  CompletableFuture<Void> publish(String topic, byte[] payload, int qos, boolean retain);
}
