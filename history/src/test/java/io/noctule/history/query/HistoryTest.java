package io.noctule.history.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import io.noctule.history.database.Database;
import io.noctule.history.database.DatabaseAddress;
import io.noctule.history.database.Entry;
import io.noctule.history.database.HistoryLimits;
import io.noctule.history.database.Micros;
import io.noctule.history.database.Store;
import io.noctule.history.record.RecordingStatus;
import io.noctule.history.testing.Entries;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.jspecify.annotations.Nullable;

class HistoryTest {
  private static final Instant BEGINNING = Instant.parse("2000-01-01T00:00:00Z");
  private static final Instant END = Instant.parse("2100-01-01T00:00:00Z");
  private static final List<Opened> OPENED = new ArrayList<>();

  /** One database for all tries; each has a device of its own. */
  private record Opened(Path folder, Database database, Store store, History history) {}

  private static final AtomicInteger DEVICES = new AtomicInteger();

  @BeforeContainer
  static void open() throws IOException, SQLException {
    Path folder = Files.createTempDirectory("noctule-history");
    var database = new Database(DatabaseAddress.inFolder(folder), HistoryLimits.DEFAULT);
    var history = new History(database, () -> RecordingStatus.stopped(BEGINNING));
    OPENED.add(new Opened(folder, database, database.openStore("me"), history));
  }

  @AfterContainer
  static void close() throws IOException, SQLException {
    Opened opened = OPENED.getFirst();
    opened.store().close();
    opened.database().close();
    try (Stream<Path> files = Files.walk(opened.folder())) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  private static History history() {
    return OPENED.getFirst().history();
  }

  private static String record(Map<Long, Double> values) throws SQLException {
    String device = "device-" + DEVICES.getAndIncrement();
    List<Entry> entries = new ArrayList<>();
    values.forEach((time, value) -> entries.add(Entries.of(device, time, "t", value)));
    OPENED.getFirst().store().store(entries);
    return device;
  }

  /** The same by hand: stretches of equal length from the first reading on. */
  private static List<Point> sampled(SortedMap<Long, Double> values, int maxPoints) {
    long first = values.firstKey();
    long width = Math.max(1, Math.ceilDiv(values.lastKey() + 1 - first, maxPoints));
    return values.entrySet().stream()
        .collect(
            Collectors.groupingBy(
                value -> (value.getKey() - first) / width, TreeMap::new, Collectors.toList()))
        .values()
        .stream()
        .map(HistoryTest::point)
        .toList();
  }

  private static Point point(List<Map.Entry<Long, Double>> stretch) {
    var summary = stretch.stream().mapToDouble(Map.Entry::getValue).summaryStatistics();
    return new Point(
        Micros.toInstant(stretch.getFirst().getKey()),
        Micros.toInstant(stretch.getLast().getKey()),
        summary.getMin(),
        summary.getMax(),
        summary.getAverage(),
        summary.getCount());
  }

  @Property(tries = 200)
  void aRangeIsAsItWasOrSampledWithItsPeaks(
      @ForAll @Size(min = 1, max = 300) Map<
                  @LongRange(min = 1_790_000_000_000_000L, max = 1_790_000_003_000_000L) Long,
                  @DoubleRange(min = -1e6, max = 1e6) Double>
              values,
      @ForAll @IntRange(min = 1, max = 100) int maxPoints)
      throws SQLException {
    var sorted = new TreeMap<>(values);
    Range range = history().range(record(values), "t", BEGINNING, END, maxPoints);

    assertThat(range.points()).hasSizeLessThanOrEqualTo(maxPoints);
    assertThat(range.isRaw()).isEqualTo(values.size() <= maxPoints);
    Collection<Point> expected =
        values.size() <= maxPoints
            ? sorted.entrySet().stream().map(value -> point(List.of(value))).toList()
            : sampled(sorted, maxPoints);
    assertThat(range.points())
        .usingElementComparator(HistoryTest::compareButAverage)
        .containsExactlyElementsOf(expected);
    List<Double> averages = expected.stream().map(Point::average).toList();
    for (int i = 0; i < averages.size(); i++) {
      assertThat(range.points().get(i).average()).isCloseTo(averages.get(i), within(1e-6));
    }
  }

  /** Averages depend on the order of adding. */
  private static int compareButAverage(Point a, Point b) {
    return Comparator.comparing(Point::first)
        .thenComparing(Point::last)
        .thenComparingDouble(Point::min)
        .thenComparingDouble(Point::max)
        .thenComparingLong(Point::count)
        .compare(a, b);
  }

  @Property(tries = 100)
  void allPagesTogetherAreAllReadings(
      @ForAll @Size(max = 200) Map<
                  @LongRange(min = 1_790_000_000_000_000L, max = 1_790_000_000_000_400L) Long,
                  @DoubleRange(min = -1e6, max = 1e6) Double>
              values,
      @ForAll @IntRange(min = 1, max = 50) int pageSize)
      throws SQLException {
    String device = "device-" + DEVICES.getAndIncrement();
    List<Entry> entries = new ArrayList<>();
    // Two series, which share some times and not others.
    values.forEach(
        (time, value) ->
            entries.add(Entries.of(device, time, value > 0 ? "plus" : "minus", value)));
    values.forEach(
        (time, value) -> {
          if (time % 3 == 0) {
            entries.add(Entries.of(device, time, value > 0 ? "minus" : "plus", -value));
          }
        });
    OPENED.getFirst().store().store(entries);

    List<Reading> pages = new ArrayList<>();
    @Nullable Instant next = BEGINNING;
    while (next != null) {
      Page page = history().page(device, Optional.empty(), next, END, pageSize);
      assertThat(page.readings()).hasSizeLessThanOrEqualTo(2 * pageSize);
      pages.addAll(page.readings());
      next = page.next().orElse(null);
    }
    assertThat(pages)
        .isSortedAccordingTo(Comparator.comparing(Reading::time).thenComparing(Reading::metric))
        .hasSize(entries.size())
        .doesNotHaveDuplicates();
  }

  @Example
  void whatIsNotThereIsAnEmptyAnswer() {
    assertThat(history().series("nobody")).isEmpty();
    assertThat(history().latest("nobody")).isEmpty();
    assertThat(history().range("nobody", "t", BEGINNING, END, 10).points()).isEmpty();
    assertThat(history().messages("nobody", BEGINNING, END, 10)).isEmpty();
  }

  @Example
  void gapsStayGaps() throws SQLException {
    var values = new TreeMap<Long, Double>();
    for (long i = 0; i < 1_000; i++) {
      values.put(1_790_000_000_000_000L + i, 1.0);
      values.put(1_790_000_100_000_000L + i, 2.0);
    }
    Range range = history().range(record(values), "t", BEGINNING, END, 100);
    assertThat(range.points()).extracting(Point::max).containsExactly(1.0, 2.0);
    assertThat(range.points()).extracting(Point::count).containsExactly(1_000L, 1_000L);
  }

  @Example
  void aDatabaseThatIsNotThereIsToldAndNotMade() {
    Path nowhere = Path.of("nowhere").toAbsolutePath();
    try (var database = new Database(DatabaseAddress.inFolder(nowhere), HistoryLimits.DEFAULT)) {
      var away = new History(database, () -> RecordingStatus.stopped(BEGINNING));
      assertThatExceptionOfType(HistoryUnavailableException.class)
          .isThrownBy(away::devices)
          .withMessageContaining("there is no history at " + nowhere.resolve("history.db"));
      assertThat(away.statistics().unreadable()).contains("there is no history");
      assertThat(away.statistics().contents()).isNull();
    }
    assertThat(nowhere).doesNotExist();
  }
}
