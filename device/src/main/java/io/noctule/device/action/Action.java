package io.noctule.device.action;

import io.noctule.device.Message;

/**
 * Java code that a device runs when a message comes. One call at a time, on a thread that it may
 * block; while it does, up to 100 messages wait for it. Interrupted when the device ends.
 */
@FunctionalInterface
public interface Action {
  /**
   * Acts on a message that matched the topic filter and the condition.
   *
   * @throws Exception where it fails: told, counted, and nothing else ends
   */
  void run(Message message, ActionContext context) throws Exception;
}
