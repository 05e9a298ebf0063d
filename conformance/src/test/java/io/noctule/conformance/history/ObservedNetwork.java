package io.noctule.conformance.history;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A network between the history and its broker, in which something happens when so many bytes have
 * passed, and acknowledgements can be held up: a relay on loopback. Any thread.
 */
final class ObservedNetwork implements AutoCloseable {
  private static final int CHUNK_BYTES = 256;

  private final int targetPort;
  private final ServerSocket server;
  private final Queue<Socket> sockets = new ConcurrentLinkedQueue<>();
  private final AtomicLong fromBroker = new AtomicLong();
  private final AtomicLong toBroker = new AtomicLong();
  private final AtomicReference<Trap> trap =
      new AtomicReference<>(new Trap(Long.MAX_VALUE, () -> {}));
  private volatile boolean holding;

  /** What happens when so many bytes have passed, in both directions together. */
  private record Trap(long atBytes, Runnable action) {}

  private ObservedNetwork(int targetPort, ServerSocket server) {
    this.targetPort = targetPort;
    this.server = server;
  }

  static ObservedNetwork to(int targetPort) throws IOException {
    var server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    var network = new ObservedNetwork(targetPort, server);
    Thread.ofVirtual().start(network::accept);
    return network;
  }

  int port() {
    return server.getLocalPort();
  }

  long bytesFromBroker() {
    return fromBroker.get();
  }

  long bytesToBroker() {
    return toBroker.get();
  }

  /** Swallows what goes to the broker from now on, until {@link #cut}. */
  void holdAcknowledgements() {
    holding = true;
  }

  /** Does something once, when so many more bytes have passed. */
  void afterBytes(long count, Runnable action) {
    trap.set(new Trap(fromBroker.get() + toBroker.get() + count, action));
  }

  /** Ends all connections; new ones pass. */
  void cut() throws IOException {
    holding = false;
    for (Socket socket = sockets.poll(); socket != null; socket = sockets.poll()) {
      socket.close();
    }
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket near = server.accept();
        sockets.add(near);
        var far = new Socket();
        sockets.add(far);
        far.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), targetPort));
        Thread.ofVirtual().start(() -> relay(near, far, toBroker, true));
        Thread.ofVirtual().start(() -> relay(far, near, fromBroker, false));
      } catch (IOException e) {
        // Closed, or no broker: nothing goes through.
      }
    }
  }

  private void relay(Socket from, Socket to, AtomicLong counter, boolean acknowledges) {
    byte[] chunk = new byte[CHUNK_BYTES];
    try (from;
        to;
        InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream()) {
      for (int count = in.read(chunk); count >= 0; count = in.read(chunk)) {
        if (!(holding && acknowledges)) {
          out.write(chunk, 0, count);
        }
        counter.addAndGet(count);
        spring();
      }
    } catch (IOException e) {
      // One side has broken off; closing both shows it to the other.
    }
  }

  private void spring() {
    Trap set = trap.get();
    if (fromBroker.get() + toBroker.get() >= set.atBytes()
        && trap.compareAndSet(set, new Trap(Long.MAX_VALUE, () -> {}))) {
      set.action().run();
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
    cut();
  }
}
