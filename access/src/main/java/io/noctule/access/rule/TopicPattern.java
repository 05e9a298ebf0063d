package io.noctule.access.rule;

import io.noctule.broker.access.Identity;
import io.noctule.protocol.topic.TopicFilter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A topic filter of a rule, in which {@code %u} stands for the user name and {@code %c} for the
 * client identifier. Immutable, any thread.
 *
 * <p>A name never widens a filter: where it is missing the pattern matches nothing, and where it
 * contains {@code + # /}, or would start the topic with {@code $}, an allowing pattern matches
 * nothing and a denying one everything from that level on.
 */
final class TopicPattern {
  private static final String USER = "%u";
  private static final String CLIENT = "%c";
  private static final String SHARE_PREFIX = "$share/";

  /** A part of a level: text, or a name in its place. */
  private sealed interface Part {
    record Text(String text) implements Part {}

    enum Name implements Part {
      USER,
      CLIENT
    }
  }

  /** How the names of a client fit into a level. */
  private enum Fit {
    YES,
    MISSING,
    UNUSABLE
  }

  private final String text;
  // Each level as its parts; wildcards are a text alone.
  private final List<List<Part>> levels;

  private TopicPattern(String text, List<List<Part>> levels) {
    this.text = text;
    this.levels = levels;
  }

  /**
   * From the text of a rule.
   *
   * @throws IllegalArgumentException telling what is wrong
   */
  static TopicPattern of(String text) {
    if (text.startsWith(SHARE_PREFIX)) {
      throw new IllegalArgumentException(
          "rules name the filter behind $share/NAME/, which is "
              + text.substring(text.indexOf('/', SHARE_PREFIX.length()) + 1));
    }
    TopicFilter.of(text);
    List<List<Part>> levels = new ArrayList<>();
    for (String level : text.split("/", -1)) {
      levels.add(parts(level));
    }
    return new TopicPattern(text, List.copyOf(levels));
  }

  private static List<Part> parts(String level) {
    List<Part> parts = new ArrayList<>();
    int start = 0;
    for (int at = level.indexOf('%'); at >= 0; at = level.indexOf('%', at)) {
      Part.Name name = name(level, at);
      if (at > start) {
        parts.add(new Part.Text(level.substring(start, at)));
      }
      parts.add(name);
      at += USER.length();
      start = at;
    }
    if (start < level.length() || parts.isEmpty()) {
      parts.add(new Part.Text(level.substring(start)));
    }
    return List.copyOf(parts);
  }

  private static Part.Name name(String level, int at) {
    if (level.startsWith(USER, at)) {
      return Part.Name.USER;
    }
    if (level.startsWith(CLIENT, at)) {
      return Part.Name.CLIENT;
    }
    throw new IllegalArgumentException(
        "%% stands before u (user name) or c (client identifier), was %s in %s"
            .formatted(level.substring(at, Math.min(level.length(), at + 2)), level));
  }

  private static @Nullable String valueOf(Part.Name name, Identity who) {
    return switch (name) {
      case USER -> who.userName();
      case CLIENT -> who.clientId();
    };
  }

  private Fit fit(int level, Identity who) {
    List<Part> parts = levels.get(level);
    for (int i = 0; i < parts.size(); i++) {
      if (parts.get(i) instanceof Part.Name name) {
        String value = valueOf(name, who);
        if (value == null || value.isEmpty()) {
          return Fit.MISSING;
        }
        if (hasMeaning(value) || (level == 0 && i == 0 && value.startsWith("$"))) {
          return Fit.UNUSABLE;
        }
      }
    }
    return Fit.YES;
  }

  private static boolean hasMeaning(String value) {
    for (int i = 0; i < value.length(); i++) {
      switch (value.charAt(i)) {
        case '+', '#', '/', 0 -> {
          return true;
        }
        default -> {}
      }
    }
    return false;
  }

  private boolean isWildcard(int level, char wildcard) {
    return levels.get(level).getFirst() instanceof Part.Text(String only)
        && only.length() == 1
        && only.charAt(0) == wildcard;
  }

  /**
   * Whether a topic is matched. Makes no garbage.
   *
   * @param denies whether the pattern is one of a denying rule
   */
  boolean matches(Identity who, String topic, boolean denies) {
    if (topic.charAt(0) == '$' && (isWildcard(0, '+') || isWildcard(0, '#'))) {
      return false;
    }
    int start = 0;
    for (int level = 0; level < levels.size(); level++) {
      if (isWildcard(level, '#')) {
        return true;
      }
      Fit fit = fit(level, who);
      if (fit == Fit.UNUSABLE) {
        return denies;
      }
      if (fit == Fit.MISSING || start > topic.length()) {
        return false; // Where the topic has ended, # alone would match.
      }
      int slash = topic.indexOf('/', start);
      int end = slash < 0 ? topic.length() : slash;
      if (!isWildcard(level, '+') && !levelMatches(level, who, topic, start, end)) {
        return false;
      }
      start = end + 1;
    }
    return start > topic.length();
  }

  private boolean levelMatches(int level, Identity who, String topic, int start, int end) {
    List<Part> parts = levels.get(level);
    int at = start;
    for (int i = 0; i < parts.size(); i++) {
      String expected =
          switch (parts.get(i)) {
            case Part.Text(String fixed) -> fixed;
            case Part.Name name -> valueOf(name, who);
          };
      if (expected == null || !topic.startsWith(expected, at)) {
        return false;
      }
      at += expected.length();
    }
    return at == end;
  }

  /**
   * The filter for a client; null where it matches nothing.
   *
   * @param denies whether the pattern is one of a denying rule
   */
  @Nullable Levels resolve(Identity who, boolean denies) {
    StringBuilder filter = new StringBuilder();
    for (int level = 0; level < levels.size(); level++) {
      if (level > 0) {
        filter.append('/');
      }
      Fit fit = fit(level, who);
      if (fit == Fit.MISSING || (fit == Fit.UNUSABLE && !denies)) {
        return null;
      }
      if (fit == Fit.UNUSABLE) {
        return level == 0 ? Levels.EVERYTHING : Levels.of(filter.append('#').toString());
      }
      for (Part part : levels.get(level)) {
        filter.append(
            switch (part) {
              case Part.Text(String fixed) -> fixed;
              case Part.Name name -> valueOf(name, who);
            });
      }
    }
    return Levels.of(filter.toString());
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof TopicPattern that && text.equals(that.text);
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
