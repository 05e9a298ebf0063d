package io.noctule.history.database;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Queue;

/**
 * Removes what is from before a time, in steps short enough for new messages not to wait. The space
 * is used again by what comes. Owned by the store's thread, and ends with the store.
 */
public final class Sweep {
  /** Some milliseconds' worth. */
  private static final int ROWS_OF_STEP = 2_000;

  private final Connection connection;
  private final long beforeMicros;
  private final Queue<Part> parts = new ArrayDeque<>();
  private long removed;

  /** The rows of a device, or of a series. */
  private record Part(Kind kind, int id) {}

  private enum Kind {
    MESSAGES("messages", "device_id"),
    READINGS("readings", "series_id");

    private final String table;
    private final String key;

    Kind(String table, String key) {
      this.table = table;
      this.key = key;
    }

    /** Deletes the oldest rows of one key; SQLite has no DELETE with a limit. */
    String deletion() {
      return """
      DELETE FROM %1$s WHERE %2$s = ? AND time_micros < ? AND time_micros <=
        (SELECT max(time_micros) FROM
          (SELECT time_micros FROM %1$s WHERE %2$s = ? ORDER BY time_micros LIMIT ?) AS oldest)"""
          .formatted(table, key);
    }
  }

  private Sweep(Connection connection, long beforeMicros) {
    this.connection = connection;
    this.beforeMicros = beforeMicros;
  }

  static Sweep begin(Connection connection, long beforeMicros) throws SQLException {
    var sweep = new Sweep(connection, beforeMicros);
    sweep.list(Kind.MESSAGES, "SELECT id FROM devices");
    sweep.list(Kind.READINGS, "SELECT id FROM series");
    connection.commit();
    return sweep;
  }

  private void list(Kind kind, String query) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(query);
        ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        parts.add(new Part(kind, rows.getInt(1)));
      }
    }
  }

  /**
   * Does one step, and commits it.
   *
   * @return whether there is more to do
   */
  public boolean step() throws SQLException {
    long messages = 0;
    long readings = 0;
    // Parts without old rows cost a look-up each; a hundred are as good as a step.
    for (int looks = 0; looks < 100 && !parts.isEmpty(); looks++) {
      Part part = parts.element();
      int rows = delete(part);
      switch (part.kind()) {
        case MESSAGES -> messages += rows;
        case READINGS -> readings += rows;
      }
      if (rows < ROWS_OF_STEP) {
        parts.remove();
      }
      if (messages + readings >= ROWS_OF_STEP) {
        break;
      }
    }
    if (messages + readings > 0) {
      subtract(messages, readings);
    }
    connection.commit();
    removed += messages + readings;
    return !parts.isEmpty();
  }

  private int delete(Part part) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(part.kind().deletion())) {
      statement.setInt(1, part.id());
      statement.setLong(2, beforeMicros);
      statement.setInt(3, part.id());
      statement.setInt(4, ROWS_OF_STEP);
      return statement.executeUpdate();
    }
  }

  private void subtract(long messages, long readings) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "UPDATE totals SET messages = messages - ?, readings = readings - ? WHERE id = 1")) {
      statement.setLong(1, messages);
      statement.setLong(2, readings);
      statement.executeUpdate();
    }
  }

  /** The rows removed so far. */
  public long removed() {
    return removed;
  }
}
