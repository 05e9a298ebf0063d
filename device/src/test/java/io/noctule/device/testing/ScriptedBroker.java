package io.noctule.device.testing;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A broker that handles its n-th connection as the n-th script says, then closes it. */
public final class ScriptedBroker implements AutoCloseable {
  /** The bytes of a packet and what to answer. */
  public interface Script {
    /** Talks with the client. */
    void run(Connection connection) throws IOException;
  }

  private final ServerSocket server;
  private final BlockingQueue<String> received = new LinkedBlockingQueue<>();

  /** Starts it. */
  public ScriptedBroker(Script... scripts) {
    try {
      server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    var _ = Thread.ofVirtual().start(() -> serve(List.of(scripts)));
  }

  private void serve(List<Script> scripts) {
    for (Script script : scripts) {
      try (Socket socket = server.accept()) {
        script.run(new Connection(socket));
      } catch (IOException e) {
        received.add("failed: " + e);
      }
    }
  }

  /** The port on 127.0.0.1. */
  public int port() {
    return server.getLocalPort();
  }

  /** The next packet that a script has read, in hexadecimal digits. */
  public String next() throws InterruptedException {
    String packet = received.poll(10, TimeUnit.SECONDS);
    if (packet == null) {
      throw new AssertionError("no packet came within 10 s");
    }
    return packet;
  }

  @Override
  public void close() throws IOException {
    server.close();
  }

  /** One connection. */
  public final class Connection {
    private final Socket socket;
    private final DataInputStream in;

    private Connection(Socket socket) throws IOException {
      this.socket = socket;
      this.in = new DataInputStream(socket.getInputStream());
    }

    /** Reads a packet and notes it. */
    public String read() throws IOException {
      int first = in.readUnsignedByte();
      int length = 0;
      int shift = 0;
      int digit;
      do {
        digit = in.readUnsignedByte();
        length |= (digit & 0x7f) << shift;
        shift += 7;
      } while (digit >= 0x80);
      byte[] rest = new byte[length];
      in.readFully(rest);
      String packet = "%02x".formatted(first) + HexFormat.of().formatHex(rest);
      received.add(packet);
      return packet;
    }

    /** Writes bytes given in hexadecimal digits. */
    public void write(String hex) throws IOException {
      socket.getOutputStream().write(HexFormat.of().parseHex(hex));
      socket.getOutputStream().flush();
    }
  }
}
