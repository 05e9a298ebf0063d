package io.noctule.conformance.interop;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * A network between a client and the broker that can be cut, which the clients' own interfaces do
 * not offer: a relay on loopback. Any thread.
 */
final class SeverableNetwork implements AutoCloseable {
  private static final int CHUNK_BYTES = 8192;

  private final int targetPort;
  private final ServerSocket server;
  private final Queue<Socket> sockets = new ConcurrentLinkedQueue<>();
  private volatile boolean severed;

  private SeverableNetwork(int targetPort, ServerSocket server) {
    this.targetPort = targetPort;
    this.server = server;
  }

  static SeverableNetwork to(int targetPort) throws IOException {
    ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    SeverableNetwork network = new SeverableNetwork(targetPort, server);
    Thread.ofVirtual().start(network::accept);
    return network;
  }

  int port() {
    return server.getLocalPort();
  }

  private void accept() {
    while (!severed) {
      try {
        Socket near = server.accept();
        sockets.add(near);
        Socket far = new Socket();
        sockets.add(far);
        far.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), targetPort));
        Thread.ofVirtual().start(() -> relay(near, far));
        Thread.ofVirtual().start(() -> relay(far, near));
      } catch (IOException e) {
        sever(); // Closed by sever() itself, or no broker: either way nothing goes through.
      }
    }
  }

  private void relay(Socket from, Socket to) {
    byte[] chunk = new byte[CHUNK_BYTES];
    try (from;
        to;
        InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream()) {
      for (int count = in.read(chunk); count >= 0; count = in.read(chunk)) {
        out.write(chunk, 0, count);
      }
    } catch (IOException e) {
      sever(); // One side has broken off without saying so, and the other shall see the same.
    }
  }

  /** Cuts every connection and admits no further one. */
  void sever() {
    severed = true;
    try {
      server.close();
      for (Socket socket : sockets) {
        socket.close();
      }
    } catch (IOException e) {
      throw new AssertionError("a socket cannot be closed", e);
    }
  }

  @Override
  public void close() {
    sever();
  }
}
