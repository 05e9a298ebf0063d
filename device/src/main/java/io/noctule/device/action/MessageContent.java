package io.noctule.device.action;

import io.noctule.device.Message;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** A message as conditions and templates see it; its JSON is parsed once. One thread at a time. */
final class MessageContent {
  private final Message message;
  private @Nullable JsonNode json;

  MessageContent(Message message) {
    this.message = message;
  }

  Message message() {
    return message;
  }

  JsonNode topic() {
    return JsonNodeFactory.instance.stringNode(message.topic());
  }

  /** The payload as text; null where it is not UTF-8. */
  @Nullable JsonNode text() {
    return message.text().<JsonNode>map(JsonNodeFactory.instance::stringNode).orElse(null);
  }

  /** The payload as JSON; missing where it is none. */
  JsonNode json() {
    JsonNode known = json;
    if (known == null) {
      known = message.json().orElse(JsonNodeFactory.instance.missingNode());
      json = known;
    }
    return known;
  }
}
