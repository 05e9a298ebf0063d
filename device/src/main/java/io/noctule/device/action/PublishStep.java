package io.noctule.device.action;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;

/** Publishes a message. A value of a message may fill one level of the topic, and not more. */
record PublishStep(Template topic, Template payload, int qos, boolean retain, ActionContext context)
    implements Step {
  @Override
  public CompletableFuture<String> run(MessageContent content) throws ActionException {
    String name = topic.fill(content);
    if (levels(name) != levels(topic.toString())) {
      throw new ActionException(
          "a value with '/' must not change the levels of the topic '%s'".formatted(topic));
    }
    byte[] bytes = payload.fill(content).getBytes(StandardCharsets.UTF_8);
    try {
      return context
          .publish(name, bytes, qos, retain)
          .thenApply(_ -> "published %d bytes to '%s'".formatted(bytes.length, name));
    } catch (IllegalArgumentException e) {
      throw new ActionException("'%s' is not a topic: %s".formatted(name, e.getMessage()), e);
    }
  }

  private static long levels(String topic) {
    return topic.chars().filter(c -> c == '/').count();
  }

  @Override
  public boolean isLong() {
    return false;
  }
}
