package io.noctule.conformance.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;

/**
 * A network connection to the broker on loopback that sends what it is given, byte for byte, and
 * reads whole packets. Each read waits {@value #PATIENCE_MILLIS} ms at most and then fails. For one
 * thread.
 */
public final class RawClient implements AutoCloseable {
  /** Long enough for a machine with much else to do; nothing waits for it where all is well. */
  public static final int PATIENCE_MILLIS = 20_000;

  private final Socket socket;
  private final InputStream in;
  private final OutputStream out;

  private RawClient(Socket socket) throws IOException {
    this.socket = socket;
    this.in = new BufferedInputStream(socket.getInputStream());
    this.out = socket.getOutputStream();
  }

  /** What is put between a connected socket and the bytes of the tests, such as TLS. */
  @FunctionalInterface
  public interface Layer {
    /** A socket above another one; closing it closes both. */
    Socket over(Socket connected) throws IOException;
  }

  /** Connects to a port of loopback. */
  public static RawClient open(int port) {
    return open(port, connected -> connected);
  }

  /** Connects to a port of loopback and adds a layer. */
  public static RawClient open(int port, Layer layer) {
    try {
      Socket socket = new Socket();
      socket.setTcpNoDelay(true);
      socket.setSoTimeout(PATIENCE_MILLIS);
      socket.connect(
          new InetSocketAddress(InetAddress.getLoopbackAddress(), port), PATIENCE_MILLIS);
      return new RawClient(layer.over(socket));
    } catch (IOException e) {
      throw new AssertionError("cannot connect to port " + port, e);
    }
  }

  /** Sends bytes in one write. */
  public void send(byte[]... parts) {
    try {
      out.write(Bytes.concat(parts));
      out.flush();
    } catch (IOException e) {
      throw new AssertionError("cannot send", e);
    }
  }

  /** Sends bytes in one write and ends this side of the connection. */
  public void sendAndEnd(byte[]... parts) {
    send(parts);
    try {
      socket.shutdownOutput();
    } catch (IOException e) {
      throw new AssertionError("cannot end the output", e);
    }
  }

  /** Sends each byte by a write of its own. */
  public void sendByteByByte(byte[] bytes) {
    for (byte b : bytes) {
      send(new byte[] {b});
    }
  }

  /** Sends bytes to a broker that may have closed the connection already. */
  public void sendIfOpen(byte[] bytes) {
    try {
      out.write(bytes);
      out.flush();
    } catch (SocketException e) {
      // What the caller allows for; what the broker said before can still be read.
      assertThat(socket.isConnected()).isTrue();
    } catch (IOException e) {
      throw new AssertionError("cannot send", e);
    }
  }

  /** The next packet. */
  public Packet next() {
    try {
      int firstByte = in.read();
      if (firstByte < 0) {
        throw new EOFException("the broker closed the connection");
      }
      int length = 0;
      for (int shift = 0; ; shift += 7) {
        int digit = in.read();
        if (digit < 0 || shift > 21) {
          throw new EOFException("the remaining length breaks off");
        }
        length |= (digit & 0x7F) << shift;
        if ((digit & 0x80) == 0) {
          break;
        }
      }
      byte[] body = in.readNBytes(length);
      if (body.length < length) {
        throw new EOFException("the packet breaks off");
      }
      return new Packet(firstByte, body);
    } catch (IOException e) {
      throw new AssertionError("expected a packet", e);
    }
  }

  /** Requires that the next packet is just this, in hexadecimal digits. */
  public void expect(String hex) {
    Packet packet = next();
    assertThat(Bytes.toHex(Bytes.packet(packet.firstByte(), packet.body())))
        .isEqualTo(Bytes.toHex(Bytes.hex(hex)));
  }

  /** Requires that the broker closes the connection without a further byte. */
  public void expectClosed() {
    try {
      int next = in.read();
      assertThat(next).as("a byte of the broker where it should have closed").isEqualTo(-1);
    } catch (SocketException e) {
      assertThat(e).hasMessageContaining("reset"); // Closed with bytes of ours unread.
    } catch (IOException e) {
      throw new AssertionError("the broker does not close the connection", e);
    }
  }

  /** Requires that the broker closes the connection, at most after a CONNACK that says why. */
  public void expectRefusal() {
    try {
      in.mark(1);
      int first = in.read();
      if (first < 0) {
        return;
      }
      in.reset();
    } catch (SocketException e) {
      assertThat(e).hasMessageContaining("reset");
      return;
    } catch (IOException e) {
      throw new AssertionError("the broker does not close the connection", e);
    }
    Packet packet = next();
    assertThat(packet.type()).as("type of %s", packet).isEqualTo(Packet.CONNACK);
    assertThat(packet.body()[1]).as("reason code of %s", packet).isNotZero();
    expectClosed();
  }

  /** All that comes until the broker closes the connection, as ASCII. */
  public String readAll() {
    try {
      return new String(in.readAllBytes(), StandardCharsets.US_ASCII);
    } catch (IOException e) {
      throw new AssertionError("the broker does not close the connection", e);
    }
  }

  /** Bytes for a reader of another protocol above TCP. */
  InputStream input() {
    return in;
  }

  /** Closes the socket, with no word to the broker. */
  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new AssertionError("cannot close", e);
    }
  }
}
