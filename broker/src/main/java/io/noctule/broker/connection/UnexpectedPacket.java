package io.noctule.broker.connection;

import io.noctule.protocol.codec.ProtocolException;
import io.noctule.protocol.packet.Packet;
import java.util.Locale;

/** Packets that are well-formed and have no business where they come. */
final class UnexpectedPacket {
  private UnexpectedPacket() {}

  /** Another one than CONNECT came first [MQTT-3.1.0-1]. */
  static ProtocolException first(Packet packet) {
    return ProtocolException.protocolError(
        "the first packet must be CONNECT, was " + nameOf(packet));
  }

  /** A client sent what servers send. */
  static ProtocolException fromClient(Packet packet) {
    return ProtocolException.protocolError(nameOf(packet) + " goes from server to client only");
  }

  private static String nameOf(Packet packet) {
    return packet.getClass().getSimpleName().toUpperCase(Locale.ROOT);
  }
}
