package io.noctule.history.mqtt;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/** Writes packets of MQTT 3.1.1, each call at once. Any thread. */
final class PacketOutput {
  private static final int CONNECT = 0x10;
  private static final int PUBACK = 0x40;
  private static final int SUBSCRIBE = 0x82;
  private static final int UNSUBSCRIBE = 0xa2;
  private static final int PINGREQ = 0xc0;
  private static final int DISCONNECT = 0xe0;

  private static final int USER = 0x80;
  private static final int PASSWORD = 0x40;
  private static final int LEVEL_OF_3_1_1 = 4;
  private static final int LONGEST_TEXT = 65_535;
  private static final int QOS = 1;
  private static final int PUBACK_BYTES = 4;

  private final OutputStream output;
  private final ReentrantLock lock = new ReentrantLock();
  private volatile long lastNanos = System.nanoTime();

  PacketOutput(OutputStream output) {
    this.output = output;
  }

  /** A session that outlives the connection. */
  void connect(Login login, int keepAliveSeconds) throws IOException {
    var body = new Body();
    body.text("MQTT");
    body.data.writeByte(LEVEL_OF_3_1_1);
    body.data.writeByte(
        (login.user() == null ? 0 : USER) | (login.password() == null ? 0 : PASSWORD));
    body.data.writeShort(keepAliveSeconds);
    body.text(login.clientId());
    if (login.user() != null) {
      body.text(login.user());
    }
    if (login.password() != null) {
      body.text(login.password());
    }
    send(CONNECT, body);
  }

  void subscribe(int packetId, List<String> filters) throws IOException {
    var body = new Body();
    body.data.writeShort(packetId);
    for (String filter : filters) {
      body.text(filter);
      body.data.writeByte(QOS);
    }
    send(SUBSCRIBE, body);
  }

  void unsubscribe(int packetId, List<String> filters) throws IOException {
    var body = new Body();
    body.data.writeShort(packetId);
    for (String filter : filters) {
      body.text(filter);
    }
    send(UNSUBSCRIBE, body);
  }

  /** Many at a time: one packet for each, one write for all. */
  void acknowledge(List<Integer> packetIds) throws IOException {
    byte[] packets = new byte[packetIds.size() * PUBACK_BYTES];
    int at = 0;
    for (int packetId : packetIds) {
      packets[at++] = PUBACK;
      packets[at++] = 2;
      packets[at++] = (byte) (packetId >> 8);
      packets[at++] = (byte) packetId;
    }
    write(packets);
  }

  void ping() throws IOException {
    write(new byte[] {(byte) PINGREQ, 0});
  }

  void disconnect() throws IOException {
    write(new byte[] {(byte) DISCONNECT, 0});
  }

  /** When something was last sent, by {@link System#nanoTime}. */
  long lastNanos() {
    return lastNanos;
  }

  private void send(int first, Body body) throws IOException {
    var packet = new ByteArrayOutputStream();
    packet.write(first);
    int length = body.bytes.size();
    do {
      packet.write((length & 0x7f) | (length > 0x7f ? 0x80 : 0));
      length >>= 7;
    } while (length > 0);
    body.bytes.writeTo(packet);
    write(packet.toByteArray());
  }

  private void write(byte[] packets) throws IOException {
    lock.lock();
    try {
      output.write(packets);
      output.flush();
      lastNanos = System.nanoTime();
    } finally {
      lock.unlock();
    }
  }

  /** What stands behind the length of a packet. */
  private static final class Body {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final DataOutputStream data = new DataOutputStream(bytes);

    private void text(String text) throws IOException {
      byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
      if (encoded.length > LONGEST_TEXT) {
        throw new IOException("MQTT has no texts of %d bytes".formatted(encoded.length));
      }
      data.writeShort(encoded.length);
      data.write(encoded);
    }
  }
}
