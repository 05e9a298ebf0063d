package io.noctule.protocol.packet;

import org.jspecify.annotations.Nullable;

/** Words for a person, cut so that they fit into any packet whatever names they quote. */
final class ReasonText {
  private static final int LONGEST_CHARACTERS = 256;

  private ReasonText() {}

  static @Nullable String cut(@Nullable String text) {
    if (text == null || text.length() <= LONGEST_CHARACTERS) {
      return text;
    }
    int end = LONGEST_CHARACTERS;
    if (Character.isHighSurrogate(text.charAt(end - 1))) {
      end--;
    }
    return text.substring(0, end) + "…";
  }
}
