package io.noctule.app.device;

import io.noctule.device.Message;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Puts events into lines. */
sealed interface EventLines permits EventText, EventJson {
  /**
   * The lines for an event, without line ends inside a line and with one after each; empty where
   * nothing is to be said.
   */
  String out(DeviceEvent event);

  /** The lines for standard error, likewise. */
  String err(DeviceEvent event);

  /** What is printed of a message. */
  static ObjectNode describe(Message message) {
    ObjectNode line = JsonNodeFactory.instance.objectNode();
    line.put("topic", message.topic());
    line.set("content", content(message));
    line.put("qos", message.qos());
    line.put("retain_flag", message.retained());
    return line;
  }

  private static JsonNode content(Message message) {
    JsonNodeFactory factory = JsonNodeFactory.instance;
    return message
        .json()
        .orElseGet(
            () ->
                message.isBinary()
                    ? factory.objectNode().put("hex", message.display())
                    : factory.stringNode(message.display()));
  }

  /**
   * A line that a terminal shows as it is: control characters and those that change the direction
   * of writing, which a stranger's message might contain, as {@code \\uXXXX}. In JSON that is the
   * same value.
   */
  static String line(String text) {
    var line = new StringBuilder(text.length() + 1);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isISOControl(c)
          || (c >= '\u202a' && c <= '\u202e')
          || (c >= '\u2066' && c <= '\u2069')) {
        line.append("\\u%04x".formatted((int) c));
      } else {
        line.append(c);
      }
    }
    return line.append('\n').toString();
  }
}
