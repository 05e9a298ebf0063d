package io.noctule.access.rule;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/** A piece of a YAML file, with the line that it starts at. */
sealed interface Node {
  /** From 1. */
  int line();

  /** A word or number, as text. */
  record Scalar(String text, int line) implements Node {}

  /** Nothing: a key without a value. */
  record Empty(int line) implements Node {}

  /** A list. */
  record Sequence(List<Node> items, int line) implements Node {
    public Sequence {
      items = List.copyOf(items);
    }
  }

  /** Keys with values, in order. */
  record Mapping(SequencedMap<String, Entry> entries, int line) implements Node {
    public Mapping {
      entries = new LinkedHashMap<>(entries);
    }
  }

  /**
   * A value with the line of its key.
   *
   * @param value null never: {@link Empty} where there is none
   * @param line of the key, from 1
   */
  record Entry(Node value, int line) {}
}
