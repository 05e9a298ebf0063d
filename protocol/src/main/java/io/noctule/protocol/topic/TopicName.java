package io.noctule.protocol.topic;

import java.nio.charset.StandardCharsets;

/**
 * A topic name: 1 to 65,535 bytes of UTF-8 without wildcards and without U+0000 [MQTT-4.7.1-1]
 * [MQTT-4.7.3-1] [MQTT-4.7.3-2]. Immutable, any thread; equal when the text is.
 */
public final class TopicName implements Comparable<TopicName> {
  private final String text;
  private final byte[] utf8;

  private TopicName(String text, byte[] utf8) {
    this.text = text;
    this.utf8 = utf8;
  }

  /**
   * A topic name of a text.
   *
   * @throws IllegalArgumentException telling what is wrong with it
   */
  public static TopicName of(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    TopicText.requireLength(text, utf8.length);
    TopicText.requireCharacters(text);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '+' || c == '#') {
        throw new IllegalArgumentException(
            "a topic name must not contain the wildcard " + c + ": " + text);
      }
    }
    return new TopicName(text, utf8);
  }

  /** The text. */
  public String text() {
    return text;
  }

  /** How many levels there are, empty ones included: at least 1. */
  public int levelCount() {
    return TopicText.levels(text);
  }

  /** How many bytes the text takes in UTF-8. */
  public int utf8Length() {
    return utf8.length;
  }

  /** The text in UTF-8. Shared for speed: not to be changed. */
  @SuppressWarnings("PMD.MethodReturnsInternalArray")
  public byte[] utf8() {
    return utf8;
  }

  /**
   * Whether the topic belongs to the server, so that filters starting with a wildcard pass it by
   * [MQTT-4.7.2-1].
   */
  public boolean startsWithDollar() {
    return text.charAt(0) == '$';
  }

  /** By text, so that hash tables stay quick whatever texts strangers choose. */
  @Override
  public int compareTo(TopicName other) {
    return text.compareTo(other.text);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof TopicName that && text.equals(that.text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  @Override
  public String toString() {
    return text;
  }
}
