package io.noctule.device;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A message as a device received it. Any payload is fine: {@link #json}, {@link #text} and {@link
 * #display} look at it without ever throwing. Immutable, any thread.
 */
public final class Message {
  private final String topic;
  private final byte[] payload;
  private final int qos;
  private final boolean retained;
  private final @Nullable String text;

  /**
   * A message.
   *
   * @param topic the topic name
   * @param payload the bytes, copied; may be empty
   * @param qos 0 to 2
   * @param retained whether the broker had kept it from before the subscription
   */
  public Message(String topic, byte[] payload, int qos, boolean retained) {
    this.topic = topic;
    this.payload = payload.clone();
    this.qos = qos;
    this.retained = retained;
    this.text = decode(this.payload);
  }

  /** The topic that the message was published to. */
  public String topic() {
    return topic;
  }

  /** A copy of the payload. */
  public byte[] payload() {
    return payload.clone();
  }

  /** The quality of service of the delivery, 0 to 2. */
  public int qos() {
    return qos;
  }

  /** Whether the broker had kept the message from before the subscription. */
  public boolean retained() {
    return retained;
  }

  /** The payload as text; empty where it is not UTF-8. */
  public Optional<String> text() {
    return Optional.ofNullable(text);
  }

  /** The payload as JSON; empty where it is not exactly one JSON value. Parsed at each call. */
  public Optional<JsonNode> json() {
    return text().flatMap(Json::parse);
  }

  /**
   * The word that {@link DeviceBuilder#on} listens to: the string {@code msg} of a JSON object, or
   * the whole payload where it is plain text or a JSON string.
   */
  public Optional<String> word() {
    Optional<JsonNode> json = json();
    if (json.isEmpty()) {
      return text().map(String::strip);
    }
    JsonNode value = json.get();
    JsonNode word = value.isObject() ? value.get("msg") : value;
    return word != null && word.isString() ? Optional.of(word.stringValue()) : Optional.empty();
  }

  /** The payload for people: JSON and text as they are, anything else as hexadecimal digits. */
  public String display() {
    return text == null || isBinary() ? HexFormat.of().formatHex(payload) : text;
  }

  /**
   * Whether {@link #display} shows hexadecimal digits because the payload is neither JSON nor
   * readable text.
   */
  public boolean isBinary() {
    return text == null || (hasControlCharacters(text) && json().isEmpty());
  }

  /** Topic, size, QoS and retained flag, for logs. */
  @Override
  public String toString() {
    return "%s (%d bytes, qos %d%s)"
        .formatted(topic, payload.length, qos, retained ? ", retained" : "");
  }

  private static @Nullable String decode(byte[] payload) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(payload)).toString();
    } catch (CharacterCodingException _) {
      return null;
    }
  }

  private static boolean hasControlCharacters(String text) {
    return text.chars()
        .anyMatch(c -> Character.isISOControl(c) && c != '\n' && c != '\r' && c != '\t');
  }
}
