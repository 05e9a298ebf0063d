package io.noctule.app;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Finds what a person meant by a mistyped word. */
final class Nearest {
  private Nearest() {}

  /**
   * The candidate that takes the fewest edits (insert, delete, replace, swap neighbours) to get
   * from the word, as long as these are few in proportion to its length.
   */
  static Optional<String> to(String word, Collection<String> candidates) {
    int tolerated = Math.max(1, Math.min(3, word.replace("-", "").length() / 2));
    return candidates.stream()
        .filter(candidate -> edits(word, candidate) <= tolerated)
        .min(
            Comparator.comparingInt((String candidate) -> edits(word, candidate))
                .thenComparing(Comparator.naturalOrder()));
  }

  private static int edits(String from, String to) {
    int[][] distance = new int[from.length() + 1][to.length() + 1];
    for (int i = 0; i <= from.length(); i++) {
      for (int j = 0; j <= to.length(); j++) {
        distance[i][j] = edits(from, to, i, j, distance);
      }
    }
    return distance[from.length()][to.length()];
  }

  private static int edits(String from, String to, int i, int j, int[][] distance) {
    if (i == 0 || j == 0) {
      return i + j;
    }
    int replaced = from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1;
    int best =
        Math.min(
            distance[i - 1][j - 1] + replaced,
            Math.min(distance[i - 1][j], distance[i][j - 1]) + 1);
    boolean swapped =
        i > 1
            && j > 1
            && from.charAt(i - 1) == to.charAt(j - 2)
            && from.charAt(i - 2) == to.charAt(j - 1);
    return swapped ? Math.min(best, distance[i - 2][j - 2] + 1) : best;
  }
}
