package io.noctule.history.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Set;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/**
 * The database of a history: makes the connection of the writer and those of readers. Opens nothing
 * before it is needed, so that a database that is away holds nobody up. Any thread.
 */
public final class Database implements AutoCloseable {
  private static final int READERS = 2;
  private static final Duration READER_PATIENCE = Duration.ofSeconds(5);
  private static final Duration READER_IDLE = Duration.ofSeconds(30);

  private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  /** How long one writer of an SQLite file waits for another. */
  private static final int BUSY_TIMEOUT_MILLIS = 5_000;

  /** In KiB, as the pragma has it when negative. */
  private static final int WRITER_CACHE = -8_192;

  private static final int CONNECT_TIMEOUT_SECONDS = 10;

  /**
   * Longer than any statement of ours takes; else a server that vanished would hold us for ever.
   */
  private static final int ANSWER_TIMEOUT_SECONDS = 120;

  private final DatabaseAddress address;
  private final HistoryLimits limits;
  private final Object lock = new Object();
  private @Nullable HikariDataSource readers;
  private boolean closed;

  /** A database that is not opened yet. */
  public Database(DatabaseAddress address, HistoryLimits limits) {
    this.address = address;
    this.limits = limits;
  }

  /** Where it is. */
  public DatabaseAddress address() {
    return address;
  }

  /**
   * Connects for writing, and brings the tables up to date.
   *
   * @param clientId whose messages are written
   * @return a store for one thread, which closes it
   * @throws SQLException where the database is away, or is not one of ours
   */
  public Store openStore(String clientId) throws SQLException {
    if (address.vendor() == Vendor.SQLITE) {
      makeForOwner(address.file());
    }
    Schema.prepare(address.vendor(), writers());
    return Store.open(writers().getConnection(), clientId, limits);
  }

  /**
   * Readings tell strangers when nobody is at home: the file is its owner's alone, even where the
   * folder is not. SQLite gives its logs the same mode.
   */
  private static void makeForOwner(Path file) throws SQLException {
    Path folder = file.getParent();
    try {
      if (folder != null
          && Files.isDirectory(folder) // Else SQLite says what is wrong.
          && Files.getFileStore(folder).supportsFileAttributeView("posix")) {
        Files.createFile(file, OWNER_ONLY);
      }
    } catch (FileAlreadyExistsException _) {
      // Of a former start; whoever has opened it to others since has meant it.
    } catch (IOException e) {
      throw new SQLException("the history cannot be made at " + file + ": " + e.getMessage(), e);
    }
  }

  private DataSource writers() {
    return switch (address.vendor()) {
      case SQLITE -> sqlite();
      case POSTGRESQL -> postgresql();
    };
  }

  private SQLiteDataSource sqlite() {
    var config = new SQLiteConfig();
    config.setJournalMode(SQLiteConfig.JournalMode.WAL);
    // An acknowledged message is on the disk, not only with the operating system.
    config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
    config.setBusyTimeout(BUSY_TIMEOUT_MILLIS);
    // The driver begins a transaction with each commit: one that takes its lock at once would keep
    // others from writing all the time.
    config.setTransactionMode(SQLiteConfig.TransactionMode.DEFERRED);
    config.setCacheSize(WRITER_CACHE);
    var source = new SQLiteDataSource(config);
    source.setUrl(address.url());
    return source;
  }

  private PGSimpleDataSource postgresql() {
    var source = new PGSimpleDataSource();
    source.setUrl(address.url());
    if (address.user() != null) {
      source.setUser(address.user());
    }
    if (address.password() != null) {
      source.setPassword(address.password());
    }
    source.setApplicationName("noctule-history");
    source.setConnectTimeout(CONNECT_TIMEOUT_SECONDS);
    source.setSocketTimeout(ANSWER_TIMEOUT_SECONDS);
    source.setTcpKeepAlive(true);
    return source;
  }

  /**
   * A connection for reading, from a small pool; closing it gives it back. Never holds up the
   * writer: SQLite reads beside it by its write-ahead log.
   *
   * @throws SQLException where the database is away, or there is none yet
   */
  public Connection openReader() throws SQLException {
    if (address.vendor() == Vendor.SQLITE && !Files.exists(address.file())) {
      // Connecting would make an empty file.
      throw new SQLException("there is no history at " + address);
    }
    return readers().getConnection();
  }

  private DataSource readers() throws SQLException {
    synchronized (lock) {
      if (closed) {
        throw new SQLException("the history is closed");
      }
      if (readers == null) {
        readers = new HikariDataSource(readerPool());
      }
      return readers;
    }
  }

  private HikariConfig readerPool() {
    var config = new HikariConfig();
    config.setPoolName("noctule-history-readers");
    config.setMaximumPoolSize(READERS);
    config.setMinimumIdle(0);
    config.setIdleTimeout(READER_IDLE.toMillis());
    config.setConnectionTimeout(READER_PATIENCE.toMillis());
    // A database that is away is the business of who asks, not of who makes the pool.
    config.setInitializationFailTimeout(-1);
    switch (address.vendor()) {
      case SQLITE -> {
        var sqlite = new SQLiteConfig();
        sqlite.setBusyTimeout(BUSY_TIMEOUT_MILLIS);
        var source = new SQLiteDataSource(sqlite);
        source.setUrl(address.url());
        config.setDataSource(source);
        config.setConnectionInitSql("PRAGMA query_only = 1");
      }
      case POSTGRESQL -> {
        config.setDataSource(postgresql());
        config.setReadOnly(true);
      }
    }
    return config;
  }

  /** Closes the connections of readers; a store is closed by its owner. */
  @Override
  public void close() {
    synchronized (lock) {
      closed = true;
      if (readers != null) {
        readers.close();
      }
    }
  }
}
