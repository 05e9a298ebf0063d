package io.noctule.console.broker;

import io.noctule.console.mqtt.MessageHandler;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The newest values of the broker's own topics, under the names that mosquitto gave them. Written
 * by the feed's thread, read by any. At most {@value #MOST_TOPICS} topics of {@value #MOST_BYTES}
 * bytes; others are left out.
 */
public final class BrokerTopics implements MessageHandler {
  /** What the feed must subscribe to. */
  public static final String FILTER = "$SYS/broker/#";

  /** What all of the topics begin with. */
  public static final String PREFIX = "$SYS/broker/";

  private static final int MOST_TOPICS = 500;
  private static final int MOST_BYTES = 256;

  private final Map<String, String> values = new ConcurrentHashMap<>();

  /** Nothing known yet. */
  public BrokerTopics() {}

  @Override
  public void received(String topic, byte[] payload, boolean retained) {
    String name = topic.substring(PREFIX.length());
    if (payload.length <= MOST_BYTES && (values.size() < MOST_TOPICS || values.containsKey(name))) {
      values.put(name, new String(payload, StandardCharsets.UTF_8));
    }
  }

  /** Forgets everything: another broker may have come. */
  public void clear() {
    values.clear();
  }

  /** A value; empty where the broker does not tell it. */
  String text(String name) {
    return values.getOrDefault(name, "");
  }

  /**
   * The number that the first of the names tells that the broker has; a unit behind is left out.
   */
  OptionalDouble number(String... names) {
    for (String name : names) {
      String text = text(name).strip();
      int space = text.indexOf(' ');
      try {
        String digits = space < 0 ? text : text.substring(0, space);
        if (!digits.isEmpty()) {
          return OptionalDouble.of(Double.parseDouble(digits));
        }
      } catch (NumberFormatException _) {
        // Not a number here; maybe under the next name.
      }
    }
    return OptionalDouble.empty();
  }
}
