package io.noctule.history.mqtt;

import io.noctule.history.mqtt.Incoming.Publish;
import io.noctule.history.mqtt.Incoming.Sign;
import io.noctule.history.mqtt.Incoming.SubAck;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;

/** Reads packets of MQTT 3.1.1, and never more of a payload than asked for. For one thread. */
final class PacketInput {
  static final int CONNACK = 2;
  private static final int PUBLISH = 3;
  private static final int SUBACK = 9;
  private static final int UNSUBACK = 11;
  private static final int PINGRESP = 13;

  private static final int RETAIN = 1;
  private static final int DUP = 8;
  private static final int LARGEST_ANSWER = 1 << 17;
  private static final int MOST_LENGTH_BYTES = 4;

  private final DataInputStream input;
  private final int payloadLimit;

  /**
   * Packets of a stream, which should be buffered.
   *
   * @param payloadLimit bytes of a payload that are kept
   */
  PacketInput(InputStream input, int payloadLimit) {
    this.input = new DataInputStream(input);
    this.payloadLimit = payloadLimit;
  }

  /**
   * The next packet.
   *
   * @throws SocketTimeoutException where none has begun in time; the next call waits anew
   * @throws IOException where the connection has ended, or what comes is not MQTT
   */
  Incoming next() throws IOException {
    int first = input.readUnsignedByte();
    try {
      int length = remainingLength();
      return switch (first >> 4) {
        case PUBLISH -> publish(first, length);
        case SUBACK -> new SubAck(granted(answer(length)));
        case UNSUBACK, PINGRESP -> {
          answer(length);
          yield new Sign();
        }
        default -> throw new IOException("the broker sends what is not MQTT");
      };
    } catch (SocketTimeoutException e) {
      throw new IOException("the broker stopped within a packet", e);
    }
  }

  /** The answer to CONNECT: two bytes, flags and return code. */
  byte[] connAck() throws IOException {
    int first = input.readUnsignedByte();
    byte[] answer = first >> 4 == CONNACK ? answer(remainingLength()) : new byte[0];
    if (answer.length != 2) {
      throw new IOException("what listens there is no MQTT broker");
    }
    return answer;
  }

  private int remainingLength() throws IOException {
    int length = 0;
    for (int i = 0; i < MOST_LENGTH_BYTES; i++) {
      int digit = input.readUnsignedByte();
      length |= (digit & 0x7f) << (7 * i);
      if ((digit & 0x80) == 0) {
        return length;
      }
    }
    throw new IOException("the broker sends a packet without a valid length");
  }

  private byte[] answer(int length) throws IOException {
    if (length > LARGEST_ANSWER) {
      throw new IOException("the broker sends an answer of %d bytes".formatted(length));
    }
    byte[] answer = new byte[length];
    input.readFully(answer);
    return answer;
  }

  /** One byte for each filter, behind the packet identifier. */
  private static int[] granted(byte[] answer) {
    int[] granted = new int[Math.max(0, answer.length - 2)];
    for (int i = 0; i < granted.length; i++) {
      granted[i] = answer[i + 2] & 0xff;
    }
    return granted;
  }

  private Publish publish(int flags, int length) throws IOException {
    int qos = (flags >> 1) & 3;
    int topicBytes = length < 2 ? -1 : input.readUnsignedShort();
    int size = length - 2 - topicBytes - (qos > 0 ? 2 : 0);
    if (qos > 1 || topicBytes < 0 || size < 0) {
      // QoS 2 is not asked for.
      throw new IOException("the broker sends a message that is not valid");
    }
    byte[] topic = new byte[topicBytes];
    input.readFully(topic);
    int packetId = qos > 0 ? input.readUnsignedShort() : 0;
    byte[] payload = new byte[Math.min(size, payloadLimit)];
    input.readFully(payload);
    input.skipNBytes(size - payload.length);
    return new Publish(
        new String(topic, StandardCharsets.UTF_8),
        payload,
        size,
        packetId,
        (flags & DUP) != 0,
        (flags & RETAIN) != 0);
  }
}
