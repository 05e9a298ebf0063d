package io.noctule.device.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A way to a broker on this machine that can be cut and opened again, on a port of its own. */
public final class Gate implements AutoCloseable {
  private final ServerSocket server;
  private final int target;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private volatile boolean cut;

  /** An open way to a port of 127.0.0.1. */
  public Gate(int target) {
    this.target = target;
    try {
      server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    var _ = Thread.ofVirtual().start(this::accept);
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket client = server.accept();
        open.add(client);
        if (cut) {
          end(client);
        } else {
          Socket broker = new Socket(InetAddress.getLoopbackAddress(), target);
          open.add(broker);
          var _ = Thread.ofVirtual().start(() -> pass(client, broker));
          var _ = Thread.ofVirtual().start(() -> pass(broker, client));
        }
      } catch (IOException _) {
        // Closed, or the broker is away: who connects notices.
      }
    }
  }

  private void pass(Socket from, Socket to) {
    try (InputStream in = from.getInputStream()) {
      in.transferTo(to.getOutputStream());
    } catch (IOException _) {
      // One side has gone.
    } finally {
      end(from);
      end(to);
    }
  }

  private void end(Socket socket) {
    open.remove(socket);
    try {
      socket.close();
    } catch (IOException _) {
      // It is gone all the same.
    }
  }

  /** The port on 127.0.0.1. */
  public int port() {
    return server.getLocalPort();
  }

  /** Ends all connections, and each new one. */
  public void cut() {
    cut = true;
    open.forEach(this::end);
  }

  /** Lets connections through again. */
  public void open() {
    cut = false;
  }

  @Override
  public void close() throws IOException {
    server.close();
    cut();
  }
}
