package io.noctule.device.description;

import java.util.List;

/** A file does not describe a device; the message tells all that is wrong, a line each. */
public final class DescriptionException extends Exception {
  private final transient List<String> problems;

  DescriptionException(List<String> problems) {
    super(String.join("\n", problems));
    this.problems = List.copyOf(problems);
  }

  /** What is wrong, each with file, line, key, value and what is allowed; at least one. */
  public List<String> problems() {
    return problems;
  }
}
