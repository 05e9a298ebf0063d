package io.noctule.device.description;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** What is wrong with a file, gathered so that a person can mend all of it at once. */
final class Problems {
  /** After so many it is likely another kind of file. */
  private static final int MAX_SHOWN = 20;

  private record Problem(int line, String text) {}

  private final List<Problem> problems = new ArrayList<>();
  private final String file;

  Problems(String file) {
    this.file = file;
  }

  /**
   * Notes a problem.
   *
   * @param line from 1
   * @param path of the key, such as {@code sensors.temperature.interval}; empty for the whole file
   */
  void add(int line, String path, String reason) {
    problems.add(new Problem(line, path.isEmpty() ? reason : path + ": " + reason));
  }

  /**
   * Does nothing when all is well.
   *
   * @throws DescriptionException else
   */
  void throwIfAny() throws DescriptionException {
    if (problems.isEmpty()) {
      return;
    }
    List<String> texts =
        new ArrayList<>(
            problems.stream()
                .sorted(Comparator.comparingInt(Problem::line))
                .limit(MAX_SHOWN)
                .map(problem -> "%s:%d: %s".formatted(file, problem.line, problem.text))
                .toList());
    if (problems.size() > MAX_SHOWN) {
      texts.add("%s: and %d more".formatted(file, problems.size() - MAX_SHOWN));
    }
    throw new DescriptionException(texts);
  }
}
