package io.noctule.app.client;

import io.noctule.protocol.packet.ConnAck;
import io.noctule.protocol.packet.Connect;
import io.noctule.protocol.packet.Disconnect;
import io.noctule.protocol.packet.Packet;
import io.noctule.protocol.packet.PubAck;
import io.noctule.protocol.packet.PubComp;
import io.noctule.protocol.packet.PubRec;
import io.noctule.protocol.packet.PubRel;
import io.noctule.protocol.packet.Publish;
import io.noctule.protocol.packet.SubAck;
import io.noctule.protocol.packet.Subscribe;
import io.noctule.protocol.packet.UnsubAck;
import io.noctule.protocol.packet.Unsubscribe;
import java.util.Locale;

/** Packets in a line each, in the words that mosquitto's tools use. */
final class PacketText {
  private PacketText() {}

  static String of(Packet packet) {
    String name = packet.getClass().getSimpleName().toUpperCase(Locale.ROOT);
    return name + details(packet);
  }

  private static String details(Packet packet) {
    return switch (packet) {
      case Connect p ->
          " (c%d, k%d, '%s')".formatted(bit(p.cleanStart()), p.keepAliveSeconds(), p.clientId());
      case ConnAck p -> " (%d)".formatted(p.reasonCode().value());
      case Publish p ->
          " (d%d, q%d, r%d, m%d, '%s', ... (%d bytes))"
              .formatted(
                  bit(p.duplicate()),
                  p.qos().value(),
                  bit(p.retain()),
                  p.packetId(),
                  p.topic() == null ? "" : p.topic(),
                  p.payload().readableBytes());
      case PubAck p -> acknowledgement(p.packetId(), p.reasonCode().value());
      case PubRec p -> acknowledgement(p.packetId(), p.reasonCode().value());
      case PubRel p -> acknowledgement(p.packetId(), p.reasonCode().value());
      case PubComp p -> acknowledgement(p.packetId(), p.reasonCode().value());
      case Subscribe p ->
          " (Mid: %d, Topics: %s)"
              .formatted(p.packetId(), p.requests().stream().map(r -> r.filter().text()).toList());
      case SubAck p -> " (Mid: %d, %s)".formatted(p.packetId(), p.reasonCodes());
      case Unsubscribe p -> " (Mid: %d, Topics: %s)".formatted(p.packetId(), p.filters());
      case UnsubAck p -> " (Mid: %d, %s)".formatted(p.packetId(), p.reasonCodes());
      case Disconnect p -> " (%d)".formatted(p.reasonCode().value());
      default -> "";
    };
  }

  private static String acknowledgement(int packetId, int reasonCode) {
    return " (Mid: %d, RC:%d)".formatted(packetId, reasonCode);
  }

  private static int bit(boolean value) {
    return value ? 1 : 0;
  }
}
