package io.noctule.device.description;

import io.noctule.device.BrokerAddress;
import org.jspecify.annotations.Nullable;

/**
 * The broker of a device and how to log in.
 *
 * @param address where it listens
 * @param user user name; null to connect without
 * @param password given with a user only; null for none
 * @param tls null for a connection in the clear
 */
public record BrokerDescription(
    BrokerAddress address,
    @Nullable String user,
    @Nullable Secret password,
    @Nullable TlsDescription tls) {
  /** The port that IANA has given to MQTT over TLS. */
  static final int DEFAULT_TLS_PORT = 8883;

  /** The broker of this machine, in the clear and without a user. */
  public static final BrokerDescription LOCAL =
      new BrokerDescription(
          new BrokerAddress("127.0.0.1", BrokerAddress.DEFAULT_PORT), null, null, null);

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException where there is a password without a user
   */
  public BrokerDescription {
    if (password != null && user == null) {
      throw new IllegalArgumentException("user: must be given with a password, and is missing");
    }
  }
}
