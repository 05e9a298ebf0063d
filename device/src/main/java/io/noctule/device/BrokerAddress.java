package io.noctule.device;

/**
 * Where a broker listens.
 *
 * @param host name or address; an IPv6 address without brackets
 * @param port 1 to 65535
 */
public record BrokerAddress(String host, int port) {
  /** The port that IANA has given to MQTT. */
  public static final int DEFAULT_PORT = 1883;

  private static final int MAX_PORT = 65_535;

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException where one is not valid
   */
  public BrokerAddress {
    if (host.isEmpty()
        || host.chars().anyMatch(c -> c <= ' ' || c == '/' || c == '[' || c == ']')) {
      throw new IllegalArgumentException("'" + host + "' is no name or address of a host");
    }
    requirePort(port, Integer.toString(port));
  }

  /**
   * The address in {@code HOST[:PORT]}: port 1883 where none is named, an IPv6 address with a port
   * in brackets.
   *
   * @throws IllegalArgumentException where it is not valid
   */
  public static BrokerAddress parse(String text) {
    if (text.startsWith("[")) {
      int end = text.indexOf(']');
      if (end < 0) {
        throw new IllegalArgumentException("'" + text + "' lacks the closing bracket");
      }
      return of(text.substring(1, end), text.substring(end + 1));
    }
    int colon = text.indexOf(':');
    // More than one: an IPv6 address without brackets, and so without a port.
    return colon < 0 || colon != text.lastIndexOf(':')
        ? of(text, "")
        : of(text.substring(0, colon), text.substring(colon));
  }

  private static BrokerAddress of(String host, String colonAndPort) {
    if (colonAndPort.isEmpty()) {
      return new BrokerAddress(host, DEFAULT_PORT);
    }
    String port = colonAndPort.substring(1);
    if (!colonAndPort.startsWith(":") || !port.matches("[0-9]{1,5}")) {
      requirePort(-1, port);
    }
    return new BrokerAddress(host, Integer.parseInt(port));
  }

  private static void requirePort(int port, String text) {
    if (port < 1 || port > MAX_PORT) {
      throw new IllegalArgumentException("the port must be 1 to 65535, was '" + text + "'");
    }
  }

  /** {@code HOST:PORT}, an IPv6 address in brackets. */
  @Override
  public String toString() {
    return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
  }
}
