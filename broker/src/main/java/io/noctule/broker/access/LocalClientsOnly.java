package io.noctule.broker.access;

import io.noctule.broker.loop.Ticker;
import io.noctule.protocol.packet.ReasonCode;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets clients of this machine in, those that come from loopback or from one of the machine's own
 * addresses, and from elsewhere only clients with a certificate. Any thread.
 *
 * <p>Addresses come and go with networks: where a client's is not among them they are read anew, at
 * most once a second, so that strangers cannot make the broker do nothing else.
 */
public final class LocalClientsOnly implements Authenticator {
  private static final Logger LOG = LoggerFactory.getLogger(LocalClientsOnly.class);
  private static final long READ_AGAIN_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final Supplier<Set<InetAddress>> machine;
  private final Ticker ticker;
  private final AtomicLong readNanos;
  private volatile Set<InetAddress> ownAddresses;

  /** Reads the machine's addresses. */
  public LocalClientsOnly() {
    this(LocalClientsOnly::addressesOfThisMachine, Ticker.SYSTEM);
  }

  /**
   * For tests: with addresses and time of their own.
   *
   * @param machine the machine's addresses, asked for now and again
   * @param ticker the time between
   */
  LocalClientsOnly(Supplier<Set<InetAddress>> machine, Ticker ticker) {
    this.machine = machine;
    this.ticker = ticker;
    this.readNanos = new AtomicLong(ticker.nanos());
    this.ownAddresses = machine.get();
  }

  private static Set<InetAddress> addressesOfThisMachine() {
    try {
      return NetworkInterface.networkInterfaces()
          .flatMap(NetworkInterface::inetAddresses)
          .map(LocalClientsOnly::withoutScope)
          .collect(Collectors.toUnmodifiableSet());
    } catch (SocketException e) {
      LOG.warn(
          "the addresses of this machine cannot be read; clients need loopback: {}",
          e.getMessage());
      return Set.of();
    }
  }

  /** IPv6 link-local addresses carry the interface that they were seen on; the same is meant. */
  private static InetAddress withoutScope(InetAddress address) {
    try {
      return InetAddress.getByAddress(address.getAddress());
    } catch (UnknownHostException e) {
      throw new IllegalStateException("an address has 4 or 16 bytes", e);
    }
  }

  @Override
  public CompletionStage<Admission> authenticate(Credentials credentials) {
    if (credentials.certificateName() != null || isLocal(credentials)) {
      return CompletableFuture.completedStage(Admission.Granted.INSTANCE);
    }
    return CompletableFuture.completedStage(
        new Admission.Refused(
            ReasonCode.NOT_AUTHORIZED,
            "clients on other machines need a password, and this broker has no users;"
                + " start it with --open to admit everybody"));
  }

  private boolean isLocal(Credentials credentials) {
    if (!(credentials.remoteAddress() instanceof InetSocketAddress remote)
        || remote.getAddress() == null) {
      return false;
    }
    if (remote.getAddress().isLoopbackAddress()) {
      return true;
    }
    InetAddress address = withoutScope(remote.getAddress());
    return ownAddresses.contains(address) || (readAgain() && ownAddresses.contains(address));
  }

  private boolean readAgain() {
    long last = readNanos.get();
    long now = ticker.nanos();
    if (now - last < READ_AGAIN_NANOS || !readNanos.compareAndSet(last, now)) {
      return false;
    }
    ownAddresses = machine.get();
    return true;
  }
}
