package io.noctule.access.rule;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A topic filter as the set of topics that it matches, for questions about sets: what two have in
 * common, whether some cover one. Immutable.
 *
 * <p>What two filters have in common is always one filter or nothing (section 4.7 of the standard):
 * level by level the narrower of both. As in the standard a leading wildcard leaves out topics that
 * begin with {@code $}, and {@code a/#} has {@code a} in it.
 */
final class Levels {
  /** Every topic, those that begin with {@code $} included; no filter says that. */
  static final Levels EVERYTHING = new Levels(List.of());

  private static final String ONE = "+";
  private static final String REST = "#";

  // Empty for EVERYTHING alone.
  private final List<String> levels;

  private Levels(List<String> levels) {
    this.levels = levels;
  }

  /** Of the text of a valid filter that is not shared. */
  static Levels of(String filter) {
    return new Levels(List.of(filter.split("/", -1)));
  }

  private boolean endsOpen() {
    return levels.isEmpty() || levels.getLast().equals(REST);
  }

  private boolean startsWithWildcard() {
    return levels.getFirst().equals(ONE) || levels.getFirst().equals(REST);
  }

  /** What both match; null where there is no such topic. */
  @Nullable Levels intersect(Levels other) {
    if (levels.isEmpty()) {
      return other;
    }
    if (other.levels.isEmpty()) {
      return this;
    }
    if (clashOverDollar(other) || other.clashOverDollar(this)) {
      return null;
    }
    List<String> common = new ArrayList<>();
    for (int i = 0; ; i++) {
      boolean endsHere = i == levels.size();
      boolean endsThere = i == other.levels.size();
      if (endsHere || endsThere) {
        // a/# has a in it: behind the end of one nothing but # may stand in the other.
        boolean same = endsHere && endsThere;
        return same || isRest(endsHere ? other.levels : levels, i) ? new Levels(common) : null;
      }
      String here = levels.get(i);
      String there = other.levels.get(i);
      if (here.equals(REST)) {
        return tail(common, other.levels, i);
      }
      if (there.equals(REST)) {
        return tail(common, levels, i);
      }
      if (here.equals(ONE)) {
        common.add(there);
      } else if (there.equals(ONE) || there.equals(here)) {
        common.add(here);
      } else {
        return null;
      }
    }
  }

  private static boolean isRest(List<String> levels, int index) {
    return levels.get(index).equals(REST);
  }

  private static Levels tail(List<String> common, List<String> levels, int from) {
    common.addAll(levels.subList(from, levels.size()));
    return new Levels(common);
  }

  private boolean clashOverDollar(Levels other) {
    return startsWithWildcard() && other.levels.getFirst().startsWith("$");
  }

  /** Whether each topic that this matches is matched by one of some filters. */
  boolean isCoveredBy(List<Levels> filters) {
    for (Levels filter : filters) {
      if (filter.coversAlone(this)) {
        return true;
      }
    }
    if (levels.isEmpty() || !endsOpen()) {
      // A level that + stands for can be a name that no filter spells out: such a topic shows that
      // several filters cover no more than one of them does.
      return false;
    }
    // a/# is a, and a/+/#: by length. Beyond the longest filter nothing new can come.
    int longest = filters.stream().mapToInt(filter -> filter.levels.size()).max().orElse(0);
    List<String> stem = levels.subList(0, levels.size() - 1);
    if (stem.size() > longest) {
      return false;
    }
    List<String> deeper = new ArrayList<>(stem);
    deeper.add(ONE);
    deeper.add(REST);
    return (isNoTopic(stem) || new Levels(stem).isCoveredBy(filters))
        && new Levels(deeper).isCoveredBy(filters);
  }

  /** A topic has at least one character [MQTT-4.7.3-1]: /# has no topic without a slash in it. */
  private static boolean isNoTopic(List<String> stem) {
    return stem.isEmpty() || stem.equals(List.of(""));
  }

  private boolean coversAlone(Levels narrower) {
    if (levels.isEmpty()) {
      return true;
    }
    if (narrower.levels.isEmpty() || clashOverDollar(narrower)) {
      return false;
    }
    for (int i = 0; i < levels.size(); i++) {
      String wide = levels.get(i);
      if (wide.equals(REST)) {
        return true;
      }
      if (i == narrower.levels.size()) {
        return false;
      }
      String narrow = narrower.levels.get(i);
      if (narrow.equals(REST) || !(wide.equals(ONE) || wide.equals(narrow))) {
        return false;
      }
    }
    return levels.size() == narrower.levels.size();
  }

  @Override
  public String toString() {
    return levels.isEmpty() ? "every topic" : String.join("/", levels);
  }
}
