package io.noctule.protocol.topic;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A topic filter, shared or not, that keeps the rules of section 4.7:
 *
 * <ul>
 *   <li>1 to 65,535 bytes of UTF-8 without U+0000 [MQTT-4.7.3-1] [MQTT-4.7.3-2];
 *   <li>{@code #} only as the whole last level [MQTT-4.7.1-1];
 *   <li>{@code +} only as a whole level [MQTT-4.7.1-2];
 *   <li>{@code $share/NAME/FILTER} with a name of at least one character and without {@code /},
 *       {@code +} and {@code #}, followed by a filter [MQTT-4.8.2-1] [MQTT-4.8.2-2].
 * </ul>
 *
 * <p>Immutable, any thread; equal when the text is.
 */
public final class TopicFilter implements Comparable<TopicFilter> {
  private static final String SHARE_PREFIX = "$share/";

  private final String text;
  private final @Nullable String shareName;
  private final String match;

  private TopicFilter(String text, @Nullable String shareName, String match) {
    this.text = text;
    this.shareName = shareName;
    this.match = match;
  }

  /**
   * A topic filter of a text.
   *
   * @throws IllegalArgumentException telling what is wrong with it
   */
  public static TopicFilter of(String text) {
    TopicText.requireLength(text, text.getBytes(StandardCharsets.UTF_8).length);
    TopicText.requireCharacters(text);
    if (!text.startsWith(SHARE_PREFIX)) {
      requireWildcardsInPlace(text, text);
      return new TopicFilter(text, null, text);
    }
    int slash = text.indexOf('/', SHARE_PREFIX.length());
    if (slash < 0 || slash == SHARE_PREFIX.length() || slash + 1 == text.length()) {
      throw new IllegalArgumentException(
          "a shared subscription must be $share/NAME/FILTER, was " + text);
    }
    String name = text.substring(SHARE_PREFIX.length(), slash);
    if (name.indexOf('+') >= 0 || name.indexOf('#') >= 0) {
      throw new IllegalArgumentException(
          "the name of a shared subscription must not contain + or #, was " + name);
    }
    String match = text.substring(slash + 1);
    requireWildcardsInPlace(match, text);
    return new TopicFilter(text, name, match);
  }

  private static void requireWildcardsInPlace(String match, String text) {
    int last = match.length() - 1;
    for (int i = 0; i <= last; i++) {
      char c = match.charAt(i);
      if (c != '+' && c != '#') {
        continue;
      }
      boolean startsLevel = i == 0 || match.charAt(i - 1) == '/';
      boolean endsLevel = i == last || match.charAt(i + 1) == '/';
      if (!startsLevel || !endsLevel) {
        throw new IllegalArgumentException(
            "the wildcard " + c + " must be a whole level of the topic filter " + text);
      }
      if (c == '#' && i != last) {
        throw new IllegalArgumentException(
            "the wildcard # must be the last level of the topic filter " + text);
      }
    }
  }

  /** The whole text as the client sent it, with {@code $share/NAME/} where shared. */
  public String text() {
    return text;
  }

  /** The text that topics are matched against, without {@code $share/NAME/}. */
  public String match() {
    return match;
  }

  /** The levels of {@link #match()}, at least one, empty ones included. */
  public List<String> levels() {
    return List.of(match.split("/", -1));
  }

  /** How many levels {@link #match()} has, empty ones included: at least 1. */
  public int levelCount() {
    return TopicText.levels(match);
  }

  /** The name of the group that shares the subscription; null where it is not shared. */
  public @Nullable String shareName() {
    return shareName;
  }

  /** Whether the subscription is shared. */
  public boolean isShared() {
    return shareName != null;
  }

  /** Whether the filter has a wildcard. */
  public boolean hasWildcard() {
    return match.indexOf('+') >= 0 || match.indexOf('#') >= 0;
  }

  /** By text, so that hash tables stay quick whatever texts strangers choose. */
  @Override
  public int compareTo(TopicFilter other) {
    return text.compareTo(other.text);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof TopicFilter that && text.equals(that.text);
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
