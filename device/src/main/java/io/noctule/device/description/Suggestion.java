package io.noctule.device.description;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;

/** Finds what a person meant by a mistyped word. */
final class Suggestion {
  private static final int MAX_EDITS = 3;

  private Suggestion() {}

  /** {@code ; did you mean interval?}, or nothing where no candidate is near. */
  static String text(String word, Collection<String> candidates) {
    // A long word is near to nothing, and comparing takes time by its length.
    if (word.length() > 64) {
      return "";
    }
    int tolerated = Math.min(MAX_EDITS, Math.max(1, word.length() / 3));
    String lower = word.toLowerCase(Locale.ROOT);
    return candidates.stream()
        .filter(candidate -> distance(lower, candidate) <= tolerated)
        .min(
            Comparator.comparingInt((String candidate) -> distance(lower, candidate))
                .thenComparing(Comparator.naturalOrder()))
        .map(candidate -> "; did you mean " + candidate + "?")
        .orElse("");
  }

  /** How many letters must be inserted, removed, replaced or swapped with their neighbour. */
  private static int distance(String from, String to) {
    int[] beforeLast = new int[to.length() + 1];
    int[] last = new int[to.length() + 1];
    for (int j = 0; j <= to.length(); j++) {
      last[j] = j;
    }
    for (int i = 1; i <= from.length(); i++) {
      int[] row = new int[to.length() + 1];
      row[0] = i;
      for (int j = 1; j <= to.length(); j++) {
        int replaced = from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1;
        row[j] = Math.min(last[j - 1] + replaced, 1 + Math.min(last[j], row[j - 1]));
        boolean swapped =
            i > 1
                && j > 1
                && from.charAt(i - 1) == to.charAt(j - 2)
                && from.charAt(i - 2) == to.charAt(j - 1);
        if (swapped) {
          row[j] = Math.min(row[j], beforeLast[j - 2] + 1);
        }
      }
      beforeLast = last;
      last = row;
    }
    return last[to.length()];
  }
}
