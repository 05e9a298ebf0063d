package io.noctule.device.agent;

import io.noctule.device.host.LocalAddress;
import java.util.List;

/**
 * The addresses of this machine.
 *
 * @param towardsBroker the one that the broker sees
 * @param all those that others may reach it by, IPv4 first
 */
record Addresses(String towardsBroker, List<String> all) {
  Addresses {
    all = List.copyOf(all);
  }

  /** Those of now. Resolves the name of the broker, which may take seconds. */
  static Addresses now(String brokerHost) {
    return new Addresses(
        LocalAddress.text(LocalAddress.towards(brokerHost)),
        LocalAddress.all().stream().map(LocalAddress::text).toList());
  }
}
