package io.noctule.history.record;

import io.noctule.history.mqtt.Login;
import io.noctule.tls.context.ClientTls;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which broker a recorder listens to, and as whom. The password never appears in {@link #toString}.
 *
 * @param host name or address; an IPv6 address without brackets
 * @param port 1 to 65535
 * @param tls null for a connection without TLS
 * @param user null to connect without one
 * @param password null to connect without one
 * @param filters topic filters, none of which should cover another: brokers may deliver a message
 *     once for each
 */
public record RecorderSettings(
    String host,
    int port,
    @Nullable ClientTls tls,
    @Nullable String user,
    @Nullable String password,
    List<String> filters) {
  /**
   * All readings: {@code sensor_data} itself too, since # includes the level above it
   * [MQTT-4.7.1-2].
   */
  public static final List<String> ALL_READINGS = List.of("sensor_data/#");

  private static final int LARGEST_PORT = 65_535;

  /** Copies the filters and checks the values. */
  public RecorderSettings {
    filters = List.copyOf(filters);
    if (host.isBlank()) {
      throw new IllegalArgumentException("host must not be empty");
    }
    if (port < 1 || port > LARGEST_PORT) {
      throw new IllegalArgumentException("port must be 1 to 65535, was " + port);
    }
    if (filters.isEmpty()) {
      throw new IllegalArgumentException("filters must not be empty");
    }
    for (String filter : filters) {
      if (filter.isEmpty() || filter.indexOf('\0') >= 0 || !wildcardsStandAlone(filter)) {
        throw new IllegalArgumentException("'" + filter + "' is no topic filter");
      }
    }
    if (password != null && user == null) {
      throw new IllegalArgumentException("a password needs a user"); // [MQTT-3.1.2-22]
    }
  }

  private static boolean wildcardsStandAlone(String filter) {
    String[] levels = filter.split("/", -1);
    for (int i = 0; i < levels.length; i++) {
      String level = levels[i];
      boolean alone = level.length() == 1;
      if ((level.contains("+") && !alone)
          || (level.contains("#") && !(alone && i == levels.length - 1))) {
        return false;
      }
    }
    return true;
  }

  /** Who it is to the broker. */
  Login login(String clientId) {
    return new Login(clientId, user, password);
  }

  /** Host and port, an IPv6 address in brackets. */
  public String address() {
    return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
  }

  @Override
  public String toString() {
    return (user == null ? "" : user + " at ") + address();
  }
}
