package io.noctule.history.database;

import io.noctule.history.database.Entry.Payload;
import io.noctule.history.database.Entry.Reading;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;

/**
 * Writes batches of messages, each in one transaction: when {@link #store} returns they are on the
 * disk. For one thread. After a failure it is to be closed and another opened, since it may
 * remember what was never committed.
 */
public final class Store implements AutoCloseable {
  private final Connection connection;
  private final Catalog catalog;
  private final RecorderRow recorder;
  private final ReceivedPackets received;
  private final PreparedStatement insertMessage;
  private final PreparedStatement insertReading;
  private final PreparedStatement findMessage;
  private final PreparedStatement updateTotals;

  // Of the batch.
  private int messages;
  private boolean messagesWritten;
  private int readings;
  private int known;
  private int readingsOverLimit;
  private int messagesOverLimit;

  private Store(Connection connection, String clientId, HistoryLimits limits) throws SQLException {
    this.connection = connection;
    catalog = new Catalog(connection, limits);
    recorder = RecorderRow.load(connection, clientId);
    received = ReceivedPackets.load(connection, recorder.id());
    insertMessage =
        connection.prepareStatement(
            """
            INSERT INTO messages
              (device_id, time_micros, received_micros, topic,
               payload_size, payload_text, payload_bytes)
            VALUES (?, ?, ?, ?, ?, ?, ?)""");
    // The last word on a series at a time holds.
    insertReading =
        connection.prepareStatement(
            """
            INSERT INTO readings (series_id, time_micros, value) VALUES (?, ?, ?)
            ON CONFLICT (series_id, time_micros) DO UPDATE SET value = excluded.value
              WHERE readings.value <> excluded.value""");
    findMessage =
        connection.prepareStatement(
            """
            SELECT 1 FROM messages
            WHERE device_id = ? AND time_micros = ? AND topic = ? AND payload_size = ? LIMIT 1""");
    updateTotals =
        connection.prepareStatement(
            "UPDATE totals SET messages = messages + ?, readings = readings + ? WHERE id = 1");
  }

  /** Takes the connection over, and closes it where it fails. */
  static Store open(Connection connection, String clientId, HistoryLimits limits)
      throws SQLException {
    try {
      connection.setAutoCommit(false);
      var store = new Store(connection, clientId, limits);
      connection.commit();
      return store;
    } catch (SQLException e) {
      try {
        connection.close();
      } catch (SQLException closing) {
        e.addSuppressed(closing);
      }
      throw e;
    }
  }

  /**
   * The number of the last batch that was committed. After a failure it tells whether the batch
   * that was under way had been committed all the same, with only the answer lost.
   */
  public long lastBatch() {
    return recorder.lastBatch();
  }

  /**
   * Writes a batch in order, and commits it.
   *
   * @throws SQLException where nothing was written
   */
  public Stored store(List<Entry> entries) throws SQLException {
    messages = 0;
    messagesWritten = true;
    readings = 0;
    known = 0;
    readingsOverLimit = 0;
    messagesOverLimit = 0;
    for (Entry entry : entries) {
      if (received.contains(entry.delivery())) {
        known++;
      } else {
        add(entry);
        received.add(entry.delivery());
      }
    }
    if (!messagesWritten) {
      insertMessage.executeBatch();
    }
    // Readings that were there already do not count.
    int added = readings > 0 ? Arrays.stream(insertReading.executeBatch()).sum() : 0;
    received.write();
    recorder.writeNextBatch();
    count(messages, added);
    connection.commit();
    recorder.committed();
    received.committed();
    return new Stored(messages, readings, known, readingsOverLimit, messagesOverLimit);
  }

  private void add(Entry entry) throws SQLException {
    Catalog.Device device = catalog.device(entry.device(), entry.receivedMicros());
    if (device == null) {
      messagesOverLimit++;
      readingsOverLimit += entry.readings().size();
      Catalog.Device others = catalog.device(HistoryLimits.OTHER_DEVICES, entry.receivedMicros());
      addMessage(Objects.requireNonNull(others, "always allowed").id(), entry);
    } else if (entry.delivery().retained() && isKnown(device, entry)) {
      known++;
    } else {
      addMessage(device.id(), entry);
      for (Reading reading : entry.readings()) {
        addReading(device, entry.timeMicros(), reading);
      }
    }
  }

  /**
   * A retained message is from before the subscription. Without a time of its own nobody knows from
   * when; with one it may have been stored when it was published.
   */
  private boolean isKnown(Catalog.Device device, Entry entry) throws SQLException {
    if (!entry.timed()) {
      return true;
    }
    if (!messagesWritten) {
      // It may be of this batch.
      insertMessage.executeBatch();
      messagesWritten = true;
    }
    findMessage.setInt(1, device.id());
    findMessage.setLong(2, entry.timeMicros());
    findMessage.setString(3, entry.topic());
    findMessage.setInt(4, entry.payload().size());
    try (ResultSet rows = findMessage.executeQuery()) {
      return rows.next();
    }
  }

  private void addMessage(int deviceId, Entry entry) throws SQLException {
    Payload payload = entry.payload();
    insertMessage.setInt(1, deviceId);
    insertMessage.setLong(2, entry.timeMicros());
    insertMessage.setLong(3, entry.receivedMicros());
    insertMessage.setString(4, entry.topic());
    insertMessage.setInt(5, payload.size());
    if (payload.text() == null) {
      insertMessage.setNull(6, Types.VARCHAR);
    } else {
      insertMessage.setString(6, payload.text());
    }
    if (payload.bytes() == null) {
      insertMessage.setNull(7, Types.BINARY);
    } else {
      insertMessage.setBytes(7, payload.bytes());
    }
    insertMessage.addBatch();
    messages++;
    messagesWritten = false;
  }

  private void addReading(Catalog.Device device, long timeMicros, Reading reading)
      throws SQLException {
    OptionalInt series = catalog.series(device, reading.series());
    if (series.isEmpty()) {
      readingsOverLimit++;
      return;
    }
    insertReading.setInt(1, series.getAsInt());
    insertReading.setLong(2, timeMicros);
    insertReading.setDouble(3, reading.value());
    insertReading.addBatch();
    readings++;
  }

  private void count(long addedMessages, long addedReadings) throws SQLException {
    updateTotals.setLong(1, addedMessages);
    updateTotals.setLong(2, addedReadings);
    updateTotals.executeUpdate();
  }

  /**
   * Forgets the packet identifiers: the broker has a new session for this client, in which they
   * mean other messages.
   */
  public void forgetPackets() throws SQLException {
    received.clear();
    connection.commit();
  }

  /** Begins to remove what is from before a time, on this store's thread. */
  public Sweep sweep(long beforeMicros) throws SQLException {
    return Sweep.begin(connection, beforeMicros);
  }

  @Override
  public void close() throws SQLException {
    // Statements end with their connection.
    connection.close();
  }
}
