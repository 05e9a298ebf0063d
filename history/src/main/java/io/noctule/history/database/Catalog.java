package io.noctule.history.database;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * The numbers of devices and series by their names, made where they are new. Remembers them:
 * bounded by the limits of the history, which it holds. Owned by the store's thread; after a failed
 * transaction to be thrown away, since it may know what was never committed.
 */
final class Catalog implements AutoCloseable {
  private final HistoryLimits limits;
  private final Map<String, Device> devices = new HashMap<>();
  private final PreparedStatement findDevice;
  private final PreparedStatement addDevice;
  private final PreparedStatement listSeries;
  private final PreparedStatement findSeries;
  private final PreparedStatement addSeries;
  private int deviceCount;
  private int seriesCount;

  /** A device that the catalog knows. */
  static final class Device {
    private final int id;
    private final Map<String, Integer> series = new HashMap<>();

    private Device(int id) {
      this.id = id;
    }

    int id() {
      return id;
    }
  }

  Catalog(Connection connection, HistoryLimits limits) throws SQLException {
    this.limits = limits;
    findDevice = connection.prepareStatement("SELECT id FROM devices WHERE name = ?");
    addDevice =
        connection.prepareStatement(
            """
            INSERT INTO devices (name, first_micros) VALUES (?, ?)
            ON CONFLICT (name) DO NOTHING RETURNING id""");
    listSeries = connection.prepareStatement("SELECT name, id FROM series WHERE device_id = ?");
    findSeries =
        connection.prepareStatement("SELECT id FROM series WHERE device_id = ? AND name = ?");
    addSeries =
        connection.prepareStatement(
            """
            INSERT INTO series (device_id, name) VALUES (?, ?)
            ON CONFLICT (device_id, name) DO NOTHING RETURNING id""");
    deviceCount = count(connection, "devices");
    seriesCount = count(connection, "series");
  }

  private static int count(Connection connection, String table) throws SQLException {
    try (PreparedStatement statement =
            connection.prepareStatement("SELECT count(*) FROM " + table);
        ResultSet rows = statement.executeQuery()) {
      rows.next();
      return rows.getInt(1);
    }
  }

  /**
   * The device of a name; null where there are as many as may be and this is none of them.
   *
   * @param nowMicros when it is first heard of, where it is new
   */
  @Nullable Device device(String name, long nowMicros) throws SQLException {
    Device known = devices.get(name);
    if (known != null) {
      return known;
    }
    findDevice.setString(1, name);
    OptionalInt id = number(findDevice);
    if (id.isEmpty()) {
      if (deviceCount >= limits.devices() && !name.equals(HistoryLimits.OTHER_DEVICES)) {
        return null;
      }
      addDevice.setString(1, name);
      addDevice.setLong(2, nowMicros);
      id = number(addDevice);
      if (id.isEmpty()) {
        // Another recorder of the same database was faster.
        id = number(findDevice);
      }
      deviceCount++;
    }
    var device = new Device(id.orElseThrow());
    listSeries.setInt(1, device.id);
    try (ResultSet rows = listSeries.executeQuery()) {
      while (rows.next()) {
        device.series.put(rows.getString(1), rows.getInt(2));
      }
    }
    devices.put(name, device);
    return device;
  }

  /** The series of a name; empty where a limit does not allow a new one. */
  OptionalInt series(Device device, String name) throws SQLException {
    Integer known = device.series.get(name);
    if (known != null) {
      return OptionalInt.of(known);
    }
    if (device.series.size() >= limits.seriesOfDevice() || seriesCount >= limits.series()) {
      return OptionalInt.empty();
    }
    addSeries.setInt(1, device.id);
    addSeries.setString(2, name);
    OptionalInt id = number(addSeries);
    if (id.isEmpty()) {
      findSeries.setInt(1, device.id);
      findSeries.setString(2, name);
      id = number(findSeries);
    }
    seriesCount++;
    device.series.put(name, id.orElseThrow());
    return id;
  }

  private static OptionalInt number(PreparedStatement statement) throws SQLException {
    try (ResultSet rows = statement.executeQuery()) {
      return rows.next() ? OptionalInt.of(rows.getInt(1)) : OptionalInt.empty();
    }
  }

  @Override
  public void close() throws SQLException {
    findDevice.close();
    addDevice.close();
    listSeries.close();
    findSeries.close();
    addSeries.close();
  }
}
