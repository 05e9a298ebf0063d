package io.noctule.device.host;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.UnresolvedAddressException;
import java.nio.channels.UnsupportedAddressTypeException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The address of this machine as others see it, found without sending anything: connecting a UDP
 * socket only asks the routing table which address a packet would leave from.
 */
public final class LocalAddress {
  /** Reserved for documentation (RFC 5737, RFC 3849): what leads there is the default route. */
  private static final String[] ANYWHERE = {"192.0.2.1", "2001:db8::1"};

  private static final int ANY_PORT = 9;

  private LocalAddress() {}

  /**
   * The address that packets to a host leave from. Where that host is this machine, and where there
   * is no route: the address of the default route, else of the first network interface that is up,
   * else the loopback address.
   *
   * @param host name or address; a name is resolved, as connecting to it does too
   */
  public static InetAddress towards(String host) {
    return resolve(host)
        .flatMap(LocalAddress::routeTo)
        .filter(LocalAddress::isReachable)
        .or(LocalAddress::ofDefaultRoute)
        .or(LocalAddress::ofInterfaces)
        .orElseGet(InetAddress::getLoopbackAddress);
  }

  private static Optional<InetAddress> ofDefaultRoute() {
    return Stream.of(ANYWHERE)
        .flatMap(address -> resolve(address).stream())
        .flatMap(address -> routeTo(address).stream())
        .filter(LocalAddress::isReachable)
        .findFirst();
  }

  /** Addresses of IPv4 first, which people recognise. */
  static Optional<InetAddress> ofInterfaces() {
    try {
      return NetworkInterface.networkInterfaces()
          .filter(LocalAddress::isUp)
          .flatMap(NetworkInterface::inetAddresses)
          .filter(LocalAddress::isReachable)
          .min(Comparator.comparing(address -> !(address instanceof Inet4Address)));
    } catch (SocketException _) {
      return Optional.empty();
    }
  }

  /** The addresses that other machines may reach this one by, those of IPv4 first. */
  public static List<InetAddress> all() {
    try {
      return NetworkInterface.networkInterfaces()
          .filter(LocalAddress::isUp)
          .flatMap(NetworkInterface::inetAddresses)
          .filter(LocalAddress::isReachable)
          .sorted(Comparator.comparing(address -> !(address instanceof Inet4Address)))
          .toList();
    } catch (SocketException _) {
      return List.of();
    }
  }

  /** An address as others write it: without the network interface of this machine. */
  public static String text(InetAddress address) {
    String text = address.getHostAddress();
    int zone = text.indexOf('%');
    return zone < 0 ? text : text.substring(0, zone);
  }

  private static boolean isUp(NetworkInterface candidate) {
    try {
      return candidate.isUp() && !candidate.isLoopback() && !candidate.isPointToPoint();
    } catch (SocketException _) {
      return false;
    }
  }

  private static boolean isReachable(InetAddress address) {
    return !address.isLoopbackAddress()
        && !address.isAnyLocalAddress()
        && !address.isLinkLocalAddress();
  }

  private static Optional<InetAddress> resolve(String host) {
    try {
      return Optional.of(InetAddress.getByName(host));
    } catch (UnknownHostException _) {
      return Optional.empty();
    }
  }

  private static Optional<InetAddress> routeTo(InetAddress target) {
    try (var channel = DatagramChannel.open()) {
      channel.connect(new InetSocketAddress(target, ANY_PORT));
      return channel.getLocalAddress() instanceof InetSocketAddress local
          ? Optional.of(local.getAddress())
          : Optional.empty();
    } catch (IOException | UnresolvedAddressException | UnsupportedAddressTypeException _) {
      // No route, or no such family on this machine.
      return Optional.empty();
    }
  }
}
