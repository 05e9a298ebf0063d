package io.noctule.protocol.topic;

/** The rules that topic names and topic filters share (MQTT 5.0, section 4.7.3). */
final class TopicText {
  private static final int LONGEST_BYTES = 65_535;

  private TopicText() {}

  static void requireLength(String text, int utf8Length) {
    if (text.isEmpty()) {
      throw new IllegalArgumentException("a topic must have at least one character");
    }
    if (utf8Length > LONGEST_BYTES) {
      throw new IllegalArgumentException(
          "a topic must not be longer than 65535 bytes, was " + utf8Length);
    }
  }

  static void requireCharacters(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == 0) {
        throw new IllegalArgumentException("a topic must not contain U+0000");
      }
      if (Character.isSurrogate(c)) {
        if (Character.isHighSurrogate(c)
            && i + 1 < text.length()
            && Character.isLowSurrogate(text.charAt(i + 1))) {
          i++;
        } else {
          throw new IllegalArgumentException("a topic must not contain a lone surrogate");
        }
      }
    }
  }

  static int levels(String text) {
    int levels = 1;
    for (int i = text.indexOf('/'); i >= 0; i = text.indexOf('/', i + 1)) {
      levels++;
    }
    return levels;
  }
}
