package io.noctule.conformance.history;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * What is in the database of a history, asked by SQL as its users would, not by the program's own
 * code. For one thread.
 *
 * @param jdbcUrl where it is
 */
record RecordedMessages(String jdbcUrl) {
  /** The payloads of all messages in the order of their arrival. */
  List<String> payloads() throws SQLException {
    return strings("SELECT payload_text FROM messages ORDER BY id");
  }

  /** The values of all readings in the order of time. */
  List<String> values() throws SQLException {
    return strings("SELECT CAST(value AS INTEGER) FROM readings ORDER BY time_micros");
  }

  /** How many messages there are; none where the database is not there yet. */
  long count() {
    try {
      return Long.parseLong(strings("SELECT count(*) FROM messages").getFirst());
    } catch (SQLException e) {
      return 0;
    }
  }

  private List<String> strings(String query) throws SQLException {
    try (Connection connection = DriverManager.getConnection(jdbcUrl);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      var strings = new ArrayList<String>();
      while (rows.next()) {
        strings.add(rows.getString(1));
      }
      return strings;
    }
  }

  /**
   * Keeps the history from committing until the result is closed.
   *
   * @param lock the statement that does it
   */
  Connection hold(String lock) throws SQLException {
    Connection connection = DriverManager.getConnection(jdbcUrl);
    try (Statement statement = connection.createStatement()) {
      statement.execute(lock);
    }
    return connection;
  }
}
