package io.noctule.broker.topic;

/**
 * One level of a topic: a region of a text, with its hash. Immutable.
 *
 * <p>A level that is kept has a text of its own; one that is looked up is a region of the topic, so
 * that looking up copies nothing. Comparable, so that a {@link
 * java.util.concurrent.ConcurrentHashMap} stays quick when clients choose levels with equal hashes.
 */
final class Level implements Comparable<Level> {
  /** The empty level, and the level of a root, which has none. */
  static final Level EMPTY = new Level("", 0, 0, 0);

  private final String text;
  private final int start;
  private final int end;
  private final int hash;

  Level(String text, int start, int end, int hash) {
    this.text = text;
    this.start = start;
    this.end = end;
    this.hash = hash;
  }

  boolean equalsRegion(String otherText, int otherStart, int otherEnd, int otherHash) {
    return hash == otherHash
        && end - start == otherEnd - otherStart
        && text.regionMatches(start, otherText, otherStart, end - start);
  }

  boolean startsWithDollar() {
    return end > start && text.charAt(start) == '$';
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Level that && equalsRegion(that.text, that.start, that.end, that.hash);
  }

  @Override
  public int hashCode() {
    return hash;
  }

  @Override
  public int compareTo(Level that) {
    int shorter = Math.min(end - start, that.end - that.start);
    for (int i = 0; i < shorter; i++) {
      int order = Character.compare(text.charAt(start + i), that.text.charAt(that.start + i));
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(end - start, that.end - that.start);
  }

  @Override
  public String toString() {
    return text.substring(start, end);
  }
}
