package io.noctule.bench;

import io.noctule.history.database.Database;
import io.noctule.history.database.DatabaseAddress;
import io.noctule.history.database.Entry;
import io.noctule.history.database.Entry.Delivery;
import io.noctule.history.database.Entry.Payload;
import io.noctule.history.database.Entry.Reading;
import io.noctule.history.database.HistoryLimits;
import io.noctule.history.database.Store;
import io.noctule.history.database.Stored;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Committing a batch of 1,000 messages of fifty devices with five readings each, on the disk of the
 * folder for temporary files: time of one reading, its share of the message, of the packet
 * identifier and of the commit included.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class HistoryStoreBenchmark {
  private static final int MESSAGES = 1_000;
  private static final int READINGS = 5;
  private static final int DEVICES = 50;
  private static final int DIGEST_BYTES = 16;

  /** {@code sqlite}, or the URL of a server. */
  @Param("sqlite")
  private String database = "sqlite";

  private Path folder = Path.of("");
  private @Nullable Database opened;
  private @Nullable Store store;
  private long next;

  /** Opens the database. */
  @Setup
  public void open() throws IOException, SQLException {
    folder = Files.createTempDirectory("noctule-bench");
    DatabaseAddress address =
        database.equals("sqlite")
            ? DatabaseAddress.inFolder(folder)
            : DatabaseAddress.parse(database, Map.of());
    var made = new Database(address, HistoryLimits.DEFAULT);
    opened = made;
    store = made.openStore("bench");
  }

  /** Removes it. */
  @TearDown
  public void close() throws IOException, SQLException {
    Objects.requireNonNull(store, "opened before").close();
    Objects.requireNonNull(opened, "opened before").close();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  /** A batch as the recorder makes it where much comes. */
  @Benchmark
  @OperationsPerInvocation(MESSAGES * READINGS)
  public Stored commit() throws SQLException {
    List<Entry> batch = new ArrayList<>(MESSAGES);
    for (int i = 0; i < MESSAGES; i++) {
      batch.add(entry(next++));
    }
    return Objects.requireNonNull(store, "opened before").store(batch);
  }

  private static Entry entry(long number) {
    List<Reading> readings = new ArrayList<>(READINGS);
    for (int i = 0; i < READINGS; i++) {
      readings.add(new Reading("metric-" + i, number * 0.1 + i));
    }
    String device = "device-" + number % DEVICES;
    long timeMicros = 1_790_000_000_000_000L + number * 20_000;
    String text =
        "{\"time\":\"2026-11-25T10:00:00.123Z\",\"client\":\"%s\",\"n\":%d}"
            .formatted(device, number);
    byte[] digest = ByteBuffer.allocate(DIGEST_BYTES).putLong(number).putLong(number * 31).array();
    return new Entry(
        device,
        timeMicros,
        timeMicros,
        true,
        "sensor_data/" + device,
        new Payload(text.length(), text, null),
        readings,
        new Delivery(1 + (int) (number % MESSAGES), false, false, digest));
  }
}
