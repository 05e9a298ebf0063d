package io.noctule.app.history;

import io.noctule.app.command.CommandContext;
import io.noctule.app.command.CommandFailure;
import io.noctule.app.command.DataFolder;
import io.noctule.history.database.Database;
import io.noctule.history.database.HistoryLimits;
import io.noctule.history.export.CsvExport;
import io.noctule.history.query.DeviceSummary;
import io.noctule.history.query.History;
import io.noctule.history.query.HistoryUnavailableException;
import io.noctule.history.record.RecordingStatus;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code noctule history export}: writes the readings of a device as CSV, while others record. */
@Command(
    description = {
      "Writes the readings of a device as CSV (RFC 4180): a line for each time, a column for each"
          + " metric, times in UTC. Works while the history records.",
      ""
    },
    sortOptions = false)
final class ExportCommand implements Callable<Integer> {
  private static final int NAMES_TOLD = 10;

  private final CommandContext context;

  @Option(
      names = "--device",
      paramLabel = "ID",
      required = true,
      description = "the device, as its topic names it")
  private String device = "";

  @Option(
      names = "--from",
      paramLabel = "TIME",
      description =
          "from when on: 1h (ago), 2026-11-25, 2026-11-25T10:00, 2026-11-25T10:00Z (the beginning)")
  private @Nullable String from;

  @Option(
      names = "--to",
      paramLabel = "TIME",
      description = "until when; a date with its whole day (now)")
  private @Nullable String to;

  @Option(names = "--metric", paramLabel = "NAME", description = "one metric only (all)")
  private @Nullable String metric;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "where to write; replaced where it exists (standard output)")
  private @Nullable Path output;

  @Option(
      names = "--database",
      paramLabel = "URL",
      description = "where the history is kept, as of noctule history (history.db in the folder)")
  private @Nullable String database;

  @ArgGroup private DataFolder data = new DataFolder();

  ExportCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() throws IOException {
    Instant now = Instant.now();
    ZoneId zone = ZoneId.systemDefault();
    Instant begin =
        from == null ? Instant.EPOCH : PointInTime.parse("--from", from, false, now, zone);
    Instant end =
        // What a fast clock measured a moment ahead of ours belongs to "all".
        to == null ? Instant.MAX : PointInTime.parse("--to", to, true, now, zone);
    if (!begin.isBefore(end)) {
      throw CommandFailure.usage("--from must be before --to");
    }
    var address = HistoryOptions.address(context, database, data.path());
    try (var opened = new Database(address, HistoryLimits.DEFAULT)) {
      var history = new History(opened, () -> RecordingStatus.stopped(now));
      check(history);
      long lines = export(new CsvExport(history, device, Optional.ofNullable(metric), begin, end));
      if (output != null) {
        context.err().println("%d lines in %s".formatted(lines, output));
      }
      return 0;
    } catch (HistoryUnavailableException e) {
      throw new CommandFailure(String.valueOf(e.getMessage()), CommandFailure.FAILED, e);
    }
  }

  /** A name that nothing was recorded of is more likely mistyped than meant. */
  private void check(History history) {
    List<String> metrics = history.series(device);
    if (metrics.isEmpty()) {
      List<String> devices = history.devices().stream().map(DeviceSummary::name).toList();
      if (!devices.contains(device)) {
        throw CommandFailure.failed(
            devices.isEmpty()
                ? "nothing is recorded yet"
                : "no device %s; there are %s".formatted(device, some(devices)));
      }
    }
    if (metric != null && !metrics.contains(metric)) {
      throw CommandFailure.failed(
          metrics.isEmpty()
              ? "%s has sent no numbers yet".formatted(device)
              : "%s has no metric %s; it has %s".formatted(device, metric, some(metrics)));
    }
  }

  private static String some(List<String> names) {
    return names.size() <= NAMES_TOLD
        ? String.join(", ", names)
        : "%s and %d more"
            .formatted(String.join(", ", names.subList(0, NAMES_TOLD)), names.size() - NAMES_TOLD);
  }

  private long export(CsvExport export) throws IOException {
    if (output == null) {
      var writer =
          new BufferedWriter(new OutputStreamWriter(context.out(), StandardCharsets.UTF_8));
      long lines = export.writeTo(writer);
      writer.flush();
      return lines;
    }
    // Beside the target first: an export that fails leaves no half of a file.
    Path target = output.toAbsolutePath();
    Path part = target.resolveSibling(target.getFileName() + ".part");
    try {
      long lines;
      try (BufferedWriter writer = Files.newBufferedWriter(part)) {
        lines = export.writeTo(writer);
      }
      Files.move(part, target, StandardCopyOption.REPLACE_EXISTING);
      return lines;
    } finally {
      Files.deleteIfExists(part);
    }
  }
}
