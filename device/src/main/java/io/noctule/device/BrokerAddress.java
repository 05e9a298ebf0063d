package io.noctule.device;

/**
 * Where a broker listens.
 *
 * @param host name or address; an IPv6 address without brackets
 * @param port 1 to 65535
 * @param tls whether the connection is secured by TLS
 */
public record BrokerAddress(String host, int port, boolean tls) {
  /** The port that IANA has given to MQTT. */
  public static final int DEFAULT_PORT = 1883;

  /** The port that IANA has given to MQTT over TLS. */
  public static final int DEFAULT_TLS_PORT = 8883;

  private static final String SCHEME = "mqtt://";
  private static final String TLS_SCHEME = "mqtts://";

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

  /** An address without TLS. */
  public BrokerAddress(String host, int port) {
    this(host, port, false);
  }

  /**
   * The address in {@code HOST[:PORT]}, without TLS, or in {@code mqtts://HOST[:PORT]}, with TLS:
   * port 1883 or 8883 where none is named, an IPv6 address with a port in brackets.
   *
   * @throws IllegalArgumentException where it is not valid
   */
  public static BrokerAddress parse(String text) {
    if (text.startsWith(TLS_SCHEME)) {
      return parse(withoutSlash(text.substring(TLS_SCHEME.length())), true);
    }
    return text.startsWith(SCHEME)
        ? parse(withoutSlash(text.substring(SCHEME.length())), false)
        : parse(text, false);
  }

  private static String withoutSlash(String text) {
    return text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
  }

  private static BrokerAddress parse(String text, boolean tls) {
    if (text.startsWith("[")) {
      int end = text.indexOf(']');
      if (end < 0) {
        throw new IllegalArgumentException("'" + text + "' lacks the closing bracket");
      }
      return of(text.substring(1, end), text.substring(end + 1), tls);
    }
    int colon = text.indexOf(':');
    // More than one: an IPv6 address without brackets, and so without a port.
    return colon < 0 || colon != text.lastIndexOf(':')
        ? of(text, "", tls)
        : of(text.substring(0, colon), text.substring(colon), tls);
  }

  private static BrokerAddress of(String host, String colonAndPort, boolean tls) {
    if (colonAndPort.isEmpty()) {
      return new BrokerAddress(host, tls ? DEFAULT_TLS_PORT : DEFAULT_PORT, tls);
    }
    String port = colonAndPort.substring(1);
    if (!colonAndPort.startsWith(":") || !port.matches("[0-9]{1,5}")) {
      requirePort(-1, port);
    }
    return new BrokerAddress(host, Integer.parseInt(port), tls);
  }

  private static void requirePort(int port, String text) {
    if (port < 1 || port > MAX_PORT) {
      throw new IllegalArgumentException("the port must be 1 to 65535, was '" + text + "'");
    }
  }

  /** {@code HOST:PORT}, an IPv6 address in brackets; with TLS {@code mqtts://} before it. */
  @Override
  public String toString() {
    return (tls ? TLS_SCHEME : "")
        + (host.indexOf(':') >= 0 ? "[" + host + "]" : host)
        + ":"
        + port;
  }
}
