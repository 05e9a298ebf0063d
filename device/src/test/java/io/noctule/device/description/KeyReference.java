package io.noctule.device.description;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The tables of the reference page, docs/device-configuration.md, from the keys themselves. */
final class KeyReference {
  private KeyReference() {}

  /** A table of keys in Markdown. */
  static String table(List<Key> keys) {
    return "| key | value | range | default | what |\n|---|---|---|---|---|\n"
        + keys.stream().map(KeyReference::row).collect(Collectors.joining());
  }

  private static String row(Key key) {
    return row("`" + key.name() + "`", key.type(), key.range(), key.standard(), key.sentence());
  }

  private static String row(String... cells) {
    return Stream.of(cells)
        .map(cell -> cell.isEmpty() ? "| " : "| " + cell + " ")
        .collect(Collectors.joining("", "", "|\n"));
  }

  /** What system sensors measure, in Markdown. */
  static String metrics() {
    return "| metric | unit | what |\n|---|---|---|\n"
        + List.of(SystemMetric.values()).stream()
            .map(metric -> row("`" + metric.key() + "`", metric.unit(), metric.sentence()))
            .collect(Collectors.joining());
  }
}
