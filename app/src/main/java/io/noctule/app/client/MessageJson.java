package io.noctule.app.client;

import io.noctule.protocol.packet.PublishProperties;
import io.noctule.protocol.packet.PublishProperties.PayloadFormat;
import io.noctule.protocol.packet.UserProperty;
import java.nio.charset.StandardCharsets;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A message as a JSON object, its fields named as mosquitto_sub does. */
final class MessageJson {
  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSSxx", Locale.ROOT);

  private MessageJson() {}

  /** The message with its payload as a string. */
  static String withTextPayload(ReceivedMessage message) {
    ObjectNode object = object(message);
    object.put("payload", new String(message.payload(), StandardCharsets.UTF_8));
    return object.toString();
  }

  /** The message with its payload as the JSON that it is; empty where it is not JSON. */
  static Optional<String> withJsonPayload(ReceivedMessage message) {
    ObjectNode object = object(message);
    try {
      JsonNode payload = MAPPER.readTree(message.payload());
      object.set("payload", payload.isMissingNode() ? MAPPER.nullNode() : payload);
      return Optional.of(object.toString());
    } catch (JacksonException e) {
      return Optional.empty();
    }
  }

  private static ObjectNode object(ReceivedMessage message) {
    ObjectNode object = MAPPER.createObjectNode();
    object.put("tst", TIME.format(message.time()));
    object.put("topic", message.topic());
    object.put("qos", message.qos().value());
    object.put("retain", message.retain() ? 1 : 0);
    object.put("payloadlen", message.payload().length);
    if (message.packetId() != 0) {
      object.put("mid", message.packetId());
    }
    ObjectNode properties = properties(message);
    if (!properties.isEmpty()) {
      object.set("properties", properties);
    }
    return object;
  }

  private static ObjectNode properties(ReceivedMessage message) {
    PublishProperties properties = message.properties();
    ObjectNode object = MAPPER.createObjectNode();
    if (!properties.userProperties().isEmpty()) {
      ObjectNode user = object.putObject("user-properties");
      for (UserProperty property : properties.userProperties()) {
        user.put(property.name(), property.value());
      }
    }
    if (properties.contentType() != null) {
      object.put("content-type", properties.contentType());
    }
    if (properties.responseTopic() != null) {
      object.put("response-topic", properties.responseTopic());
    }
    byte[] correlation = properties.correlationData();
    if (correlation != null) {
      object.put("correlation-data", new String(correlation, StandardCharsets.UTF_8));
    }
    if (properties.payloadFormat() != PayloadFormat.ABSENT) {
      object.put(
          "payload-format-indicator", properties.payloadFormat() == PayloadFormat.UTF_8 ? 1 : 0);
    }
    if (properties.expires()) {
      object.put("message-expiry-interval", properties.messageExpirySeconds());
    }
    if (message.topicAlias() != 0) {
      object.put("topic-alias", message.topicAlias());
    }
    if (!properties.subscriptionIdentifiers().isEmpty()) {
      object.put("subscription-identifier", properties.subscriptionIdentifiers().getFirst());
    }
    return object;
  }
}
