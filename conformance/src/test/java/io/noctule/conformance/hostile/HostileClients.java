package io.noctule.conformance.hostile;

import io.noctule.conformance.wire.RawWebSocket;
import io.noctule.conformance.wire.Version;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.util.Random;

/**
 * One hostile client after another, each on a network connection of its own until the broker closes
 * it or it goes by itself, in good order or not. What the broker says is read and thrown away, now
 * and then not read at all.
 */
final class HostileClients implements Runnable {
  private static final int PACKETS_PER_CLIENT = 40;
  private static final int TIMEOUT_MILLIS = 20_000;

  private final int port;
  private final int webSocketPort;
  private final long seed;
  private final int packets;

  /**
   * Clients that send a number of packets in all.
   *
   * @param seed of all that they do
   */
  HostileClients(int port, int webSocketPort, long seed, int packets) {
    this.port = port;
    this.webSocketPort = webSocketPort;
    this.seed = seed;
    this.packets = packets;
  }

  @Override
  public void run() {
    Random random = new Random(seed);
    for (int sent = 0; sent < packets; ) {
      int count = 1 + random.nextInt(2 * PACKETS_PER_CLIENT);
      attack(random, Math.min(count, packets - sent));
      sent += count;
    }
  }

  private void attack(Random random, int count) {
    Version version = Version.values()[random.nextInt(3)];
    HostilePackets packets = new HostilePackets(random.nextLong(), version);
    boolean overWebSocket = random.nextInt(6) == 0;
    ByteArrayOutputStream stream = new ByteArrayOutputStream();
    if (overWebSocket) {
      stream.writeBytes(RawWebSocket.upgrade("/mqtt", "mqtt"));
    }
    for (int i = random.nextInt(10) == 0 ? 1 : 0; i < count; i++) {
      byte[] packet = i == 0 ? packets.connect() : packets.next();
      stream.writeBytes(overWebSocket ? frame(packet, random) : packet);
    }
    try (Socket socket = new Socket()) {
      socket.setSoTimeout(TIMEOUT_MILLIS);
      socket.connect(
          new InetSocketAddress(
              InetAddress.getLoopbackAddress(), overWebSocket ? webSocketPort : port),
          TIMEOUT_MILLIS);
      send(socket, stream.toByteArray(), random);
    } catch (IOException e) {
      throw new AssertionError("the broker does not accept or does not close a connection", e);
    }
  }

  /** Most often a frame as it should be; now and then another, or none. */
  private static byte[] frame(byte[] packet, Random random) {
    return switch (random.nextInt(30)) {
      case 0 -> packet;
      case 1 -> RawWebSocket.frame(random.nextInt(16), random.nextBoolean(), packet);
      default -> RawWebSocket.frame(RawWebSocket.BINARY, true, packet);
    };
  }

  private static void send(Socket socket, byte[] bytes, Random random) throws IOException {
    OutputStream out = socket.getOutputStream();
    try {
      for (int from = 0; from < bytes.length; ) {
        int length = Math.min(bytes.length - from, 1 + random.nextInt(4_000));
        out.write(bytes, from, length);
        from += length;
      }
      if (random.nextInt(3) == 0) {
        socket.setSoLinger(true, 0); // Ends with a reset, whatever is still to be read.
        return;
      }
      socket.shutdownOutput();
      InputStream in = socket.getInputStream();
      byte[] chunk = new byte[8192];
      while (in.read(chunk) >= 0) {
        // Thrown away: what a hostile client is told is the business of other tests.
      }
    } catch (SocketException e) {
      socket.close(); // The broker was quicker, which is its right.
    }
  }
}
