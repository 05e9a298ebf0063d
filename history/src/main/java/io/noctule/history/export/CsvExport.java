package io.noctule.history.export;

import io.noctule.history.query.History;
import io.noctule.history.query.Page;
import io.noctule.history.query.Reading;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Writes the readings of a device as CSV (RFC 4180): a line for each time, a column for each
 * metric. The first line names the columns; times are ISO 8601 in UTC; a metric without a reading
 * at a time leaves its field empty. Goes through the database a page at a time and keeps little in
 * memory.
 *
 * <p>Names come from devices. One that a spreadsheet would take for a formula gets an apostrophe
 * before it, as OWASP advises against CSV injection. All other fields are times and numbers.
 */
public final class CsvExport {
  private static final int READINGS_OF_PAGE = 2_000;
  private static final String END_OF_LINE = "\r\n";
  private static final String FORMULA_STARTS = "=+-@\t\r";

  /** Beyond these a number is written with an exponent. */
  private static final double LARGEST_PLAIN = 1e15;

  private static final double SMALLEST_PLAIN = 1e-6;

  private final History history;
  private final String device;
  private final Optional<String> metric;
  private final Instant from;
  private final Instant to;

  /**
   * An export of the readings from a time on, and before another.
   *
   * @param metric which metric; empty for all of the device
   */
  public CsvExport(
      History history, String device, Optional<String> metric, Instant from, Instant to) {
    this.history = history;
    this.device = device;
    this.metric = metric;
    this.from = from;
    this.to = to;
  }

  /**
   * Writes it.
   *
   * @return the number of lines below the first
   * @throws IOException where the output fails
   */
  public long writeTo(Appendable output) throws IOException {
    List<String> columns = metric.map(List::of).orElseGet(() -> history.series(device));
    output.append("time");
    for (String column : columns) {
      output.append(',').append(quoted(harmless(column)));
    }
    output.append(END_OF_LINE);
    var line = new Line(columns, output);
    Optional<Instant> next = Optional.of(from);
    while (next.isPresent()) {
      Page page = history.page(device, metric, next.get(), to, READINGS_OF_PAGE);
      for (Reading reading : page.readings()) {
        line.add(reading);
      }
      next = page.next();
    }
    line.end();
    return line.count;
  }

  static String harmless(String name) {
    return !name.isEmpty() && FORMULA_STARTS.indexOf(name.charAt(0)) >= 0 ? "'" + name : name;
  }

  static String quoted(String field) {
    return field.chars().anyMatch(c -> c == ',' || c == '"' || c == '\r' || c == '\n')
        ? "\"" + field.replace("\"", "\"\"") + "\""
        : field;
  }

  /** As short as it is exact, without an exponent where people would not write one. */
  static String number(double value) {
    double size = Math.abs(value);
    if (size != 0 && (size >= LARGEST_PLAIN || size < SMALLEST_PLAIN)) {
      return Double.toString(value);
    }
    String plain = BigDecimal.valueOf(value).toPlainString();
    return plain.endsWith(".0") ? plain.substring(0, plain.length() - 2) : plain;
  }

  /** The readings of one time, until one of another comes. */
  private static final class Line {
    private final List<String> columns;
    private final Appendable output;
    private final Map<String, Double> values = new HashMap<>();
    private @Nullable Instant time;
    private long count;

    private Line(List<String> columns, Appendable output) {
      this.columns = columns;
      this.output = output;
    }

    private void add(Reading reading) throws IOException {
      if (!reading.time().equals(time)) {
        end();
        time = reading.time();
      }
      values.put(reading.metric(), reading.value());
    }

    private void end() throws IOException {
      if (time == null) {
        return;
      }
      output.append(time.toString());
      for (String column : columns) {
        output.append(',');
        Double value = values.get(column);
        if (value != null) {
          output.append(number(value));
        }
      }
      output.append(END_OF_LINE);
      values.clear();
      count++;
    }
  }
}
