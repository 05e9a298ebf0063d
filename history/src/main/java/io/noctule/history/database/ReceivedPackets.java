package io.noctule.history.database;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * The last message that was committed by each packet identifier. A message that the broker delivers
 * again, under the same identifier as the standard demands [MQTT-4.4.0-1], is known by it and not
 * stored twice. Written in the transaction of the messages themselves. Owned by the store's thread.
 *
 * <p>At most 65,535 identifiers; brokers use as many as they leave unacknowledged.
 */
final class ReceivedPackets implements AutoCloseable {
  private final int recorderId;
  private final Map<Integer, byte[]> committed = new HashMap<>();
  // Of the open transaction.
  private final Map<Integer, byte[]> pending = new HashMap<>();
  private final PreparedStatement upsert;
  private final PreparedStatement delete;

  private ReceivedPackets(Connection connection, int recorderId) throws SQLException {
    this.recorderId = recorderId;
    upsert =
        connection.prepareStatement(
            """
            INSERT INTO received (recorder_id, packet_id, digest) VALUES (?, ?, ?)
            ON CONFLICT (recorder_id, packet_id) DO UPDATE SET digest = excluded.digest""");
    delete = connection.prepareStatement("DELETE FROM received WHERE recorder_id = ?");
  }

  static ReceivedPackets load(Connection connection, int recorderId) throws SQLException {
    var packets = new ReceivedPackets(connection, recorderId);
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT packet_id, digest FROM received WHERE recorder_id = ?")) {
      select.setInt(1, recorderId);
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          packets.committed.put(rows.getInt(1), rows.getBytes(2));
        }
      }
    }
    return packets;
  }

  /** Whether the message was stored before, under the same identifier. */
  boolean contains(Entry.Delivery delivery) {
    if (!delivery.duplicate()) {
      return false;
    }
    byte[] last = pending.get(delivery.packetId());
    if (last == null) {
      last = committed.get(delivery.packetId());
    }
    return last != null && Arrays.equals(last, delivery.digest());
  }

  void add(Entry.Delivery delivery) {
    if (delivery.packetId() != 0) {
      pending.put(delivery.packetId(), delivery.digest());
    }
  }

  /** Writes what was added, once for each identifier. */
  void write() throws SQLException {
    if (pending.isEmpty()) {
      return;
    }
    for (Map.Entry<Integer, byte[]> packet : pending.entrySet()) {
      upsert.setInt(1, recorderId);
      upsert.setInt(2, packet.getKey());
      upsert.setBytes(3, packet.getValue());
      upsert.addBatch();
    }
    upsert.executeBatch();
  }

  void committed() {
    committed.putAll(pending);
    pending.clear();
  }

  /** Forgets all: the broker has begun to count anew. */
  void clear() throws SQLException {
    delete.setInt(1, recorderId);
    delete.executeUpdate();
    committed.clear();
    pending.clear();
  }

  @Override
  public void close() throws SQLException {
    upsert.close();
    delete.close();
  }
}
