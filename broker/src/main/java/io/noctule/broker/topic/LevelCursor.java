package io.noctule.broker.topic;

/**
 * Walks the levels of a topic text from left to right, once, copying nothing. It stands before the
 * first level until {@link #next()} is called. For one thread.
 */
final class LevelCursor {
  private final String text;
  private int start;
  private int end = -1;
  private int hash;

  LevelCursor(String text) {
    this.text = text;
  }

  /** Moves to the next level and tells whether there was one. */
  boolean next() {
    int length = text.length();
    if (end == length) {
      return false;
    }
    int i = end + 1;
    start = i;
    int levelHash = 0;
    while (i < length) {
      char c = text.charAt(i);
      if (c == '/') {
        break;
      }
      levelHash = 31 * levelHash + c;
      i++;
    }
    end = i;
    hash = levelHash;
    return true;
  }

  /** Whether the current level is the wildcard {@code +}; only asked of filters. */
  boolean isSingleLevelWildcard() {
    return end - start == 1 && text.charAt(start) == '+';
  }

  /** Whether the current level is the wildcard {@code #}; only asked of filters. */
  boolean isMultiLevelWildcard() {
    return end - start == 1 && text.charAt(start) == '#';
  }

  boolean equalsLevel(Level level) {
    return level.equalsRegion(text, start, end, hash);
  }

  /** The current level as a region of the text: to look up, not to keep. */
  Level toRegion() {
    return new Level(text, start, end, hash);
  }

  /** The current level with a text of its own, so that a short level never keeps a long topic. */
  Level toLevel() {
    return start == end ? Level.EMPTY : new Level(text.substring(start, end), 0, end - start, hash);
  }
}
