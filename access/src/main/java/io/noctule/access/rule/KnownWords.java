package io.noctule.access.rule;

import io.noctule.access.file.FileFault;
import java.nio.file.Path;
import java.util.List;

/**
 * The words that may stand in one place of a file; what is wrong with another one.
 *
 * @param words in the order in which they are told
 */
record KnownWords(List<String> words) {
  // Beyond this nobody mistyped.
  private static final int MOST_EDITS = 2;

  KnownWords(String... words) {
    this(List.of(words));
  }

  void require(Path file, int line, String place, String word) throws FileFault {
    if (words.contains(word)) {
      return;
    }
    for (String known : words) {
      if (edits(word, known) <= MOST_EDITS || known.startsWith(word) || word.startsWith(known)) {
        throw new FileFault(
            file, line, "unknown %s '%s'; did you mean %s?".formatted(place, word, known));
      }
    }
    throw new FileFault(
        file,
        line,
        "unknown %s '%s'; there are %s".formatted(place, word, String.join(", ", words)));
  }

  /** Letters to insert, delete or replace. */
  private static int edits(String from, String to) {
    int[] costs = new int[to.length() + 1];
    for (int j = 0; j <= to.length(); j++) {
      costs[j] = j;
    }
    for (int i = 1; i <= from.length(); i++) {
      int diagonal = costs[0];
      costs[0] = i;
      for (int j = 1; j <= to.length(); j++) {
        int replaced = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        diagonal = costs[j];
        costs[j] = Math.min(replaced, Math.min(costs[j], costs[j - 1]) + 1);
      }
    }
    return costs[to.length()];
  }
}
