package io.noctule.tls.authority;

import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The names and addresses by which others may connect to this machine. */
public final class LocalNames {
  private static final Logger LOG = LoggerFactory.getLogger(LocalNames.class);
  private static final Path KERNEL_HOST_NAME = Path.of("/proc/sys/kernel/hostname");

  /** What may stand in a certificate as a DNS name. */
  private static final Pattern DNS_NAME =
      Pattern.compile("(?=.{1,253}$)[a-z0-9]([a-z0-9-]{0,62}(\\.[a-z0-9])?)*");

  private LocalNames() {}

  /**
   * The host name first, then the name of multicast DNS ({@code host.local}), {@code localhost} and
   * all addresses; no name server is asked.
   */
  public static List<String> current() {
    Set<String> names = new LinkedHashSet<>();
    String host = hostName().toLowerCase(Locale.ROOT);
    if (DNS_NAME.matcher(host).matches()) {
      names.add(host);
      int dot = host.indexOf('.');
      names.add((dot < 0 ? host : host.substring(0, dot)) + ".local");
    }
    names.add("localhost");
    names.add("127.0.0.1");
    names.add("0:0:0:0:0:0:0:1");
    names.addAll(addresses());
    return List.copyOf(names);
  }

  /** The name of this machine, in short; {@code localhost} where it has none. */
  public static String hostName() {
    try {
      if (Files.isReadable(KERNEL_HOST_NAME)) {
        String name = Files.readString(KERNEL_HOST_NAME).strip();
        if (!name.isEmpty()) {
          return name;
        }
      }
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      LOG.debug("this machine's name does not resolve", e);
    } catch (IOException e) {
      LOG.warn("the name of this machine cannot be read: {}", e.getMessage());
    }
    return "localhost";
  }

  private static List<String> addresses() {
    try {
      return NetworkInterface.networkInterfaces()
          .flatMap(NetworkInterface::inetAddresses)
          .filter(address -> !address.isLoopbackAddress())
          .map(LocalNames::text)
          .sorted()
          .toList();
    } catch (SocketException e) {
      LOG.warn("the addresses of this machine cannot be read: {}", e.getMessage());
      return List.of();
    }
  }

  /** Without the interface that IPv6 link-local addresses carry. */
  private static String text(InetAddress address) {
    String text = address.getHostAddress();
    int scope = text.indexOf('%');
    return scope < 0 ? text : text.substring(0, scope);
  }
}
