package io.noctule.history.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.noctule.history.database.Database;
import io.noctule.history.database.DatabaseAddress;
import io.noctule.history.database.HistoryLimits;
import io.noctule.history.database.Store;
import io.noctule.history.testing.Entries;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RetentionTest {
  private static final Instant NOW = Instant.parse("2026-11-25T12:00:00Z");

  @TempDir Path folder;
  private final AtomicReference<Instant> now = new AtomicReference<>(NOW);
  private final Retention retention = new Retention(Duration.ofDays(1), now::get);

  @Test
  void removesOnceAnHourWhatIsTooOld() throws SQLException {
    try (var database = new Database(DatabaseAddress.inFolder(folder), HistoryLimits.DEFAULT);
        Store store = database.openStore("me")) {
      assertThat(removesAnOldMessage(database, store)).isTrue();
      assertThat(removesAnOldMessage(database, store)).as("at the same time").isFalse();
      now.set(NOW.plus(Duration.ofHours(1)));
      assertThat(removesAnOldMessage(database, store)).as("an hour later").isTrue();
    }
  }

  @Test
  void followsAClockThatIsSetBack() throws SQLException {
    now.set(NOW.plus(Duration.ofDays(3_650)));
    try (var database = new Database(DatabaseAddress.inFolder(folder), HistoryLimits.DEFAULT);
        Store store = database.openStore("me")) {
      assertThat(removesAnOldMessage(database, store)).isTrue();
      now.set(NOW);
      assertThat(removesAnOldMessage(database, store)).isTrue();
    }
  }

  private boolean removesAnOldMessage(Database database, Store store) throws SQLException {
    store.store(List.of(Entries.of("a", 1, "t", 1)));
    do {
      retention.step(store, true);
    } while (retention.isBusy());
    try (Connection connection = database.openReader();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT count(*) FROM messages")) {
      rows.next();
      return rows.getInt(1) == 0;
    }
  }
}
