package io.noctule.history.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.noctule.history.database.Entry.Delivery;
import io.noctule.history.database.Entry.Reading;
import io.noctule.history.testing.Entries;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreTest {
  private static final byte[] DIGEST = {1, 2, 3};
  private static final byte[] OTHER_DIGEST = {1, 2, 4};

  @TempDir Path folder;
  private Database database;

  @BeforeEach
  void make() {
    database = new Database(DatabaseAddress.inFolder(folder), HistoryLimits.DEFAULT);
  }

  @AfterEach
  void close() {
    database.close();
  }

  private long number(String query) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("history.db"));
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      rows.next();
      return rows.getLong(1);
    }
  }

  @Test
  void whatIsStoredIsItsOwnersAlone() throws SQLException, IOException {
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    try (Store store = database.openStore("me")) {
      store.store(List.of(Entries.of("a", 1, "t", 1)));
      try (Stream<Path> files = Files.list(folder)) {
        assertThat(files.toList())
            .hasSizeGreaterThan(1)
            .allSatisfy(
                file ->
                    assertThat(Files.getPosixFilePermissions(file))
                        .isEqualTo(PosixFilePermissions.fromString("rw-------")));
      }
    }
  }

  private static Entry delivered(int packetId, boolean duplicate, byte[] digest) {
    return Entries.with("a", 1, List.of(), new Delivery(packetId, duplicate, false, digest));
  }

  @Test
  void aMessageThatIsDeliveredAgainIsKnownByPacketIdentifierAndDigest() throws SQLException {
    try (Store store = database.openStore("me")) {
      assertThat(store.store(List.of(delivered(7, false, DIGEST))).messages()).isEqualTo(1);
      assertThat(store.store(List.of(delivered(7, true, DIGEST))).known()).isEqualTo(1);
    }
    try (Store store = database.openStore("me")) {
      assertThat(store.store(List.of(delivered(7, true, DIGEST))).known())
          .as("after a restart")
          .isEqualTo(1);
      assertThat(store.store(List.of(delivered(7, true, OTHER_DIGEST))).messages())
          .as("another message under the same identifier")
          .isEqualTo(1);
      assertThat(store.store(List.of(delivered(7, false, OTHER_DIGEST))).messages())
          .as("not delivered before, says the broker")
          .isEqualTo(1);
      assertThat(store.store(List.of(delivered(8, true, DIGEST))).messages())
          .as("another identifier")
          .isEqualTo(1);
      store.forgetPackets();
      assertThat(store.store(List.of(delivered(7, true, OTHER_DIGEST))).messages())
          .as("in a new session")
          .isEqualTo(1);
    }
    try (Store store = database.openStore("somebody else")) {
      assertThat(store.store(List.of(delivered(7, true, OTHER_DIGEST))).messages()).isEqualTo(1);
    }
    assertThat(number("SELECT count(*) FROM messages")).isEqualTo(6);
    assertThat(number("SELECT messages FROM totals")).isEqualTo(6);
  }

  @Test
  void twiceWithinOneBatchIsOnce() throws SQLException {
    try (Store store = database.openStore("me")) {
      Stored stored = store.store(List.of(delivered(7, false, DIGEST), delivered(7, true, DIGEST)));
      assertThat(stored.messages()).isEqualTo(1);
      assertThat(stored.known()).isEqualTo(1);
    }
  }

  @Test
  void whatTheBrokerRetainedOfAMessageOfTheSameBatchIsKnown() throws SQLException {
    try (Store store = database.openStore("me")) {
      Stored stored =
          store.store(
              List.of(
                  delivered(7, false, DIGEST),
                  Entries.with("a", 1, List.of(), new Delivery(8, false, true, DIGEST))));
      assertThat(stored.messages()).isEqualTo(1);
      assertThat(stored.known()).isEqualTo(1);
    }
    assertThat(number("SELECT count(*) FROM messages")).isEqualTo(1);
    assertThat(number("SELECT messages FROM totals")).isEqualTo(1);
  }

  @Test
  void theNumberOfTheLastBatchSurvives() throws SQLException {
    try (Store store = database.openStore("me")) {
      assertThat(store.lastBatch()).isZero();
      store.store(List.of(Entries.of("a", 1, "t", 1)));
      store.store(List.of(Entries.of("a", 2, "t", 1)));
      assertThat(store.lastBatch()).isEqualTo(2);
    }
    try (Store store = database.openStore("me")) {
      assertThat(store.lastBatch()).isEqualTo(2);
    }
  }

  @Test
  void aSeriesHasOneValueAtATimeTheLast() throws SQLException {
    try (Store store = database.openStore("me")) {
      store.store(List.of(Entries.of("a", 1, "t", 1), Entries.of("a", 1, "t", 2)));
      Stored again = store.store(List.of(Entries.of("a", 1, "t", 3)));
      assertThat(again.messages()).isEqualTo(1);
    }
    assertThat(number("SELECT value FROM readings")).isEqualTo(3);
    assertThat(number("SELECT count(*) FROM messages")).isEqualTo(3);
  }

  @Test
  void beyondTheLimitsMessagesAreKeptAndReadingsCounted() throws SQLException {
    var limits = new HistoryLimits(2, 4, 3, 256, 200, 1 << 20);
    var small = new Database(DatabaseAddress.inFolder(folder), limits);
    List<Reading> many = IntStream.range(0, 5).mapToObj(i -> new Reading("m" + i, i)).toList();
    try (Store store = small.openStore("me")) {
      Stored stored =
          store.store(
              List.of(
                  Entries.of("a", 1, many), Entries.of("b", 1, many), Entries.of("c", 1, many)));
      assertThat(stored.messages()).isEqualTo(3);
      assertThat(stored.readings()).as("3 of a, 1 of b").isEqualTo(4);
      assertThat(stored.readingsOverLimit()).isEqualTo(11);
      assertThat(stored.messagesOverLimit()).isEqualTo(1);
    } finally {
      small.close();
    }
    assertThat(number("SELECT count(*) FROM devices WHERE name = '(other devices)'")).isEqualTo(1);
    try (Store store = database.openStore("me")) {
      assertThat(store.store(List.of(Entries.of("a", 2, many))).readings())
          .as("with room again")
          .isEqualTo(5);
    }
  }

  @Test
  void whatIsOldIsRemovedInSteps() throws SQLException {
    List<Entry> entries =
        IntStream.range(0, 5_000).mapToObj(i -> Entries.of("a", i, "t", i)).toList();
    try (Store store = database.openStore("me")) {
      store.store(entries);
      store.store(List.of(Entries.of("b", 10, "t", 1), Entries.of("b", 4_800, "t", 1)));
      Sweep sweep = store.sweep(4_500);
      long steps = 1;
      while (sweep.step()) {
        // New messages go on meanwhile.
        store.store(List.of(Entries.of("a", 10_000 + steps, "t", 1)));
        steps++;
      }
      assertThat(steps).isGreaterThan(3);
      assertThat(sweep.removed()).isEqualTo(2 * 4_501);
      long added = steps - 1;
      assertThat(number("SELECT min(time_micros) FROM readings")).isEqualTo(4_500);
      assertThat(number("SELECT min(time_micros) FROM messages")).isEqualTo(4_500);
      assertThat(number("SELECT count(*) FROM readings")).isEqualTo(501 + added);
      assertThat(number("SELECT readings FROM totals")).isEqualTo(501 + added);
      assertThat(number("SELECT messages FROM totals")).isEqualTo(501 + added);
    }
  }

  @Test
  void theProgramKnowsTheNewestMigrationOfEachVendor() throws IOException {
    for (Vendor vendor : Vendor.values()) {
      Path migrations = Path.of("src/main/resources/io/noctule/history/database", vendor.folder());
      try (Stream<Path> files = Files.list(migrations)) {
        assertThat(files.map(file -> file.getFileName().toString()))
            .as(vendor.folder())
            .hasSize(Schema.NEWEST)
            .anyMatch(name -> name.startsWith("V" + Schema.NEWEST + "__"));
      }
    }
  }

  @Test
  void tablesOfANewerProgramAreLeftAlone() throws SQLException {
    database.openStore("me").close();
    try (Connection connection =
            DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("history.db"));
        Statement statement = connection.createStatement()) {
      statement.execute("UPDATE history_schema SET version = '999'");
    }
    assertThatExceptionOfType(SQLException.class)
        .isThrownBy(() -> database.openStore("me"))
        .withMessageContaining("the tables are of version 999");
  }

  @Test
  void failuresAreToldInWords() throws Exception {
    Files.writeString(folder.resolve("history.db"), "no database, but long enough".repeat(100));
    assertThatExceptionOfType(SQLException.class)
        .isThrownBy(() -> database.openStore("me"))
        .satisfies(
            failure ->
                assertThat(DatabaseFailure.reason(failure))
                    .isEqualTo("the file is no SQLite database; move it away"));
    Files.delete(folder.resolve("history.db"));
    try (Store store = database.openStore("me")) {
      assertThat(store.lastBatch()).isZero();
    }
    try (Connection connection =
            DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("history.db"));
        Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA max_page_count = 1");
      assertThatExceptionOfType(SQLException.class)
          .isThrownBy(() -> statement.execute("CREATE TABLE x AS SELECT zeroblob(1000000) AS b"))
          .satisfies(
              failure -> {
                assertThat(DatabaseFailure.reason(failure)).isEqualTo("the disk is full");
                assertThat(DatabaseFailure.isDataRefused(failure)).isFalse();
              });
      assertThatExceptionOfType(SQLException.class)
          .isThrownBy(() -> statement.execute("INSERT INTO totals VALUES (2, 0, 0)"))
          .satisfies(failure -> assertThat(DatabaseFailure.isDataRefused(failure)).isTrue());
    }
  }
}
