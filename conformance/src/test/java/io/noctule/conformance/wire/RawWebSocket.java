package io.noctule.conformance.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A WebSocket client (RFC 6455) that sends just the frames that it is told to, masked as a client's
 * must be. For one thread.
 */
public final class RawWebSocket implements AutoCloseable {
  public static final int CONTINUATION = 0x0;
  public static final int TEXT = 0x1;
  public static final int BINARY = 0x2;
  public static final int CLOSE = 0x8;
  public static final int PING = 0x9;
  public static final int PONG = 0xA;

  private static final int FINAL = 0x80;
  private static final int MASKED = 0x80;
  private static final int LENGTH_OF_16_BITS = 126;
  private static final int LENGTH_OF_64_BITS = 127;

  /** Any four bytes will do; a browser draws them to keep scripts from forging other protocols. */
  private static final byte[] MASK = Bytes.hex("37 fa 21 3d");

  private final RawClient network;

  private RawWebSocket(RawClient network) {
    this.network = network;
  }

  /**
   * A frame as it came.
   *
   * @param opcode the four bits that name it
   */
  @SuppressWarnings("ArrayRecordComponent") // Compared by its hexadecimal form only.
  public record Frame(int opcode, byte[] payload) {}

  /** Connects; {@link #handshake} comes next. */
  public static RawWebSocket open(int port) {
    return over(RawClient.open(port));
  }

  /** A client on a network connection that is there; {@link #handshake} comes next. */
  public static RawWebSocket over(RawClient network) {
    return new RawWebSocket(network);
  }

  /**
   * Asks for the upgrade.
   *
   * @param subprotocols the header's value; empty for no header
   * @return the lines of the answer's head, in lower case
   */
  public List<String> handshake(String path, String subprotocols) {
    network.send(upgrade(path, subprotocols));
    List<String> lines = new ArrayList<>();
    for (String line = readLine(); !line.isEmpty(); line = readLine()) {
      lines.add(line.toLowerCase(Locale.ROOT));
    }
    return lines;
  }

  /** The bytes that ask for the upgrade. */
  public static byte[] upgrade(String path, String subprotocols) {
    String request =
        "GET "
            + path
            + " HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n"
            + (subprotocols.isEmpty() ? "" : "Sec-WebSocket-Protocol: " + subprotocols + "\r\n")
            + "\r\n";
    return request.getBytes(StandardCharsets.US_ASCII);
  }

  /** Asks for the subprotocol mqtt and requires that the broker agrees. */
  public void handshake() {
    List<String> answer = handshake("/mqtt", "mqtt");
    assertThat(answer.getFirst()).contains("101");
    assertThat(answer).contains("sec-websocket-protocol: mqtt");
  }

  /** Asks for it as a page of some origin does, and requires that the broker agrees. */
  public void handshakeFrom(String origin) {
    String plain = new String(upgrade("/mqtt", "mqtt"), StandardCharsets.US_ASCII);
    String request = plain.replace("\r\n\r\n", "\r\nOrigin: " + origin + "\r\n\r\n");
    network.send(request.getBytes(StandardCharsets.US_ASCII));
    assertThat(readLine()).contains("101");
    while (!readLine().isEmpty()) {
      // What it says besides is tested elsewhere.
    }
  }

  private String readLine() {
    StringBuilder line = new StringBuilder();
    for (int next = readByte(); next != '\n'; next = readByte()) {
      if (next != '\r') {
        line.append((char) next);
      }
    }
    return line.toString();
  }

  private int readByte() {
    try {
      int next = network.input().read();
      if (next < 0) {
        throw new EOFException("the broker closed the connection");
      }
      return next;
    } catch (IOException e) {
      throw new AssertionError("expected a byte", e);
    }
  }

  /** Sends a whole message in one binary frame. */
  public void send(byte[]... parts) {
    network.send(frame(BINARY, true, Bytes.concat(parts)));
  }

  /** Sends frames that were made by {@link #frame}, in one write. */
  public void sendFrames(byte[]... frames) {
    network.send(frames);
  }

  /** Sends bytes to a broker that may have closed the connection already. */
  public void sendFramesIfOpen(byte[] frames) {
    network.sendIfOpen(frames);
  }

  /** A frame's bytes. */
  public static byte[] frame(int opcode, boolean isFinal, byte[] payload) {
    byte[] masked = payload.clone();
    for (int i = 0; i < masked.length; i++) {
      masked[i] ^= MASK[i & 3];
    }
    return Bytes.concat(
        Bytes.of(opcode | (isFinal ? FINAL : 0)), length(payload.length), MASK, masked);
  }

  private static byte[] length(int length) {
    if (length < LENGTH_OF_16_BITS) {
      return Bytes.of(MASKED | length);
    }
    if (length <= 0xFFFF) {
      return Bytes.concat(Bytes.of(MASKED | LENGTH_OF_16_BITS), Bytes.u16(length));
    }
    return Bytes.concat(Bytes.of(MASKED | LENGTH_OF_64_BITS), Bytes.u32(0), Bytes.u32(length));
  }

  /** The next frame, which must not be masked. */
  public Frame next() {
    int opcode = readByte() & 0xF;
    int length = readByte();
    assertThat(length & MASKED).as("mask of a server's frame").isZero();
    if (length == LENGTH_OF_16_BITS) {
      length = readByte() << 8 | readByte();
    } else if (length == LENGTH_OF_64_BITS) {
      long whole = 0;
      for (int i = 0; i < 8; i++) {
        whole = whole << 8 | readByte();
      }
      length = Math.toIntExact(whole);
    }
    byte[] payload = new byte[length];
    for (int i = 0; i < length; i++) {
      payload[i] = (byte) readByte();
    }
    return new Frame(opcode, payload);
  }

  /**
   * Requires that the binary frames that come next hold just these bytes, in hexadecimal digits.
   */
  public void expectBytes(String hex) {
    byte[] expected = Bytes.hex(hex);
    byte[] received = new byte[0];
    while (received.length < expected.length) {
      Frame frame = next();
      assertThat(frame.opcode()).isEqualTo(BINARY);
      received = Bytes.concat(received, frame.payload());
    }
    assertThat(Bytes.toHex(received)).isEqualTo(Bytes.toHex(expected));
  }

  /** Requires that the broker closes the connection, with close frames or without. */
  public void expectClosed() {
    try {
      for (int first = network.input().read(); first >= 0; first = network.input().read()) {
        assertThat(first & 0xF).as("opcode").isEqualTo(CLOSE);
        int length = readByte();
        for (int i = 0; i < length; i++) {
          readByte();
        }
      }
    } catch (SocketException e) {
      assertThat(e).hasMessageContaining("reset"); // Closed with bytes of ours unread.
    } catch (IOException e) {
      throw new AssertionError("the broker does not close the connection", e);
    }
  }

  /** Closes the socket without a word. */
  @Override
  public void close() {
    network.close();
  }
}
