package io.noctule.history.export;

import static org.assertj.core.api.Assertions.assertThat;

import io.noctule.history.database.Database;
import io.noctule.history.database.DatabaseAddress;
import io.noctule.history.database.Entry;
import io.noctule.history.database.Entry.Reading;
import io.noctule.history.database.HistoryLimits;
import io.noctule.history.database.Micros;
import io.noctule.history.database.Store;
import io.noctule.history.query.History;
import io.noctule.history.record.RecordingStatus;
import io.noctule.history.testing.Entries;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CsvExportTest {
  private static final Instant START = Instant.parse("2026-11-25T10:00:00Z");

  @TempDir Path folder;

  private String export(List<Entry> entries, Optional<String> metric) throws Exception {
    try (var database = new Database(DatabaseAddress.inFolder(folder), HistoryLimits.DEFAULT)) {
      try (Store store = database.openStore("me")) {
        store.store(entries);
      }
      var history = new History(database, () -> RecordingStatus.stopped(START));
      var text = new StringBuilder();
      new CsvExport(history, "a", metric, Instant.EPOCH, Instant.MAX).writeTo(text);
      return text.toString();
    }
  }

  @Test
  void namesOfDevicesAreQuotedAndNoFormulas() throws Exception {
    long time = Micros.of(START);
    String csv =
        export(
            List.of(
                Entries.of(
                    "a",
                    time,
                    List.of(
                        new Reading("=HYPERLINK(\"http://x\")", 1),
                        new Reading("a,b", -2),
                        new Reading("-x", 3))),
                Entries.of("b", time, "other", 4)),
            Optional.empty());
    assertThat(csv)
        .isEqualTo(
            """
            time,'-x,"'=HYPERLINK(""http://x"")","a,b"
            2026-11-25T10:00:00Z,3,1,-2
            """
                .replace("\n", "\r\n"));
  }

  @Test
  void longSeriesComeInPagesAndNothingIsMissing() throws Exception {
    List<Entry> entries = new ArrayList<>();
    for (int i = 0; i < 7_000; i++) {
      entries.add(Entries.of("a", Micros.of(START) + i * 1_000L, i % 2 == 0 ? "x" : "y", i));
    }
    List<String> lines = export(entries, Optional.empty()).lines().toList();
    assertThat(lines).hasSize(7_001).doesNotHaveDuplicates();
    assertThat(lines.get(1)).isEqualTo("2026-11-25T10:00:00Z,0,");
    assertThat(lines.getLast()).isEqualTo("2026-11-25T10:00:06.999Z,,6999");
    assertThat(export(List.of(), Optional.of("y")).lines()).hasSize(3_501);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "21.5, 21.5",
    "-3, -3",
    "0.1, 0.1",
    "1e6, 1000000",
    "123456789.125, 123456789.125",
    "1e-5, 0.000010",
    "1e20, 1.0E20",
    "-1e-9, -1.0E-9"
  })
  void numbersAreWrittenAsPeopleDo(double value, String text) {
    assertThat(CsvExport.number(value)).isEqualTo(text);
  }
}
