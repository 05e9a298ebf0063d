package io.noctule.broker.access;

import io.noctule.protocol.packet.ReasonCode;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets clients of this machine in and nobody else: those that come from loopback or from one of the
 * machine's own addresses. Any thread.
 */
public final class LocalClientsOnly implements Authenticator {
  private static final Logger LOG = LoggerFactory.getLogger(LocalClientsOnly.class);

  private volatile Set<InetAddress> ownAddresses = Set.of();

  /** Reads the machine's addresses. */
  public LocalClientsOnly() {
    refresh();
  }

  /** Reads the machine's addresses anew; they change with its networks. May take milliseconds. */
  public void refresh() {
    try {
      ownAddresses =
          NetworkInterface.networkInterfaces()
              .flatMap(NetworkInterface::inetAddresses)
              .map(LocalClientsOnly::withoutScope)
              .collect(Collectors.toUnmodifiableSet());
    } catch (SocketException e) {
      LOG.warn(
          "the addresses of this machine cannot be read; clients need loopback: {}",
          e.getMessage());
    }
  }

  /**
   * IPv6 link-local addresses carry the interface that they were seen on; the same address is
   * meant.
   */
  private static InetAddress withoutScope(InetAddress address) {
    try {
      return InetAddress.getByAddress(address.getAddress());
    } catch (java.net.UnknownHostException e) {
      throw new IllegalStateException("an address has 4 or 16 bytes", e);
    }
  }

  @Override
  public CompletionStage<Admission> authenticate(Credentials credentials) {
    if (isLocal(credentials)) {
      return CompletableFuture.completedStage(Admission.Granted.INSTANCE);
    }
    return CompletableFuture.completedStage(
        new Admission.Refused(
            ReasonCode.NOT_AUTHORIZED,
            "clients on other machines need a password, and this broker has no users;"
                + " start it with --open to admit everybody"));
  }

  private boolean isLocal(Credentials credentials) {
    if (!(credentials.remoteAddress() instanceof InetSocketAddress remote)) {
      return false;
    }
    InetAddress address = remote.getAddress();
    return address != null
        && (address.isLoopbackAddress() || ownAddresses.contains(withoutScope(address)));
  }
}
