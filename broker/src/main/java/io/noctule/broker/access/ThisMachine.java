package io.noctule.broker.access;

import io.noctule.broker.loop.Ticker;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells connections of this machine from others: they come from loopback or from one of the
 * machine's own addresses. Any thread.
 *
 * <p>Addresses come and go with networks: where a client's is not among them they are read anew, at
 * most once a second, so that strangers cannot make the broker do nothing else.
 */
public final class ThisMachine {
  private static final Logger LOG = LoggerFactory.getLogger(ThisMachine.class);
  private static final long READ_AGAIN_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final Supplier<Set<InetAddress>> machine;
  private final Ticker ticker;
  private final AtomicLong readNanos;
  private volatile Set<InetAddress> ownAddresses;

  /** Reads the machine's addresses. */
  public ThisMachine() {
    this(ThisMachine::addressesOfThisMachine, Ticker.SYSTEM);
  }

  /**
   * For tests: with addresses and time of their own.
   *
   * @param machine the machine's addresses, asked for now and again
   * @param ticker the time between
   */
  ThisMachine(Supplier<Set<InetAddress>> machine, Ticker ticker) {
    this.machine = machine;
    this.ticker = ticker;
    this.readNanos = new AtomicLong(ticker.nanos());
    this.ownAddresses = machine.get();
  }

  private static Set<InetAddress> addressesOfThisMachine() {
    try {
      return NetworkInterface.networkInterfaces()
          .flatMap(NetworkInterface::inetAddresses)
          .map(ThisMachine::withoutScope)
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

  /** Whether a connection from an address is one of this machine. */
  public boolean isAt(SocketAddress peer) {
    if (!(peer instanceof InetSocketAddress remote) || remote.getAddress() == null) {
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
