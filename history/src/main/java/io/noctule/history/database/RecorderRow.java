package io.noctule.history.database;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Who records, and how many batches it has committed. Owned by the store's thread. */
final class RecorderRow {
  private final int id;
  private final PreparedStatement update;
  private long lastBatch;

  private RecorderRow(int id, long lastBatch, PreparedStatement update) {
    this.id = id;
    this.lastBatch = lastBatch;
    this.update = update;
  }

  /** The row of a client identifier, made where there is none. */
  static RecorderRow load(Connection connection, String clientId) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            """
            INSERT INTO recorders (client_id, last_batch) VALUES (?, 0)
            ON CONFLICT (client_id) DO NOTHING""")) {
      insert.setString(1, clientId);
      insert.executeUpdate();
    }
    try (PreparedStatement select =
        connection.prepareStatement("SELECT id, last_batch FROM recorders WHERE client_id = ?")) {
      select.setString(1, clientId);
      try (ResultSet rows = select.executeQuery()) {
        rows.next();
        return new RecorderRow(
            rows.getInt(1),
            rows.getLong(2),
            connection.prepareStatement("UPDATE recorders SET last_batch = ? WHERE id = ?"));
      }
    }
  }

  int id() {
    return id;
  }

  long lastBatch() {
    return lastBatch;
  }

  void writeNextBatch() throws SQLException {
    update.setLong(1, lastBatch + 1);
    update.setInt(2, id);
    update.executeUpdate();
  }

  void committed() {
    lastBatch++;
  }
}
