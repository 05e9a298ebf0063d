package io.noctule.broker.connection;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.noctule.broker.loop.BrokerLoop;
import io.noctule.broker.loop.Counter;
import io.noctule.broker.loop.TurnEnd;
import io.noctule.broker.message.Frame;
import io.noctule.broker.message.FrameCache;
import io.noctule.broker.message.Publication;
import io.noctule.broker.observe.EventLog;
import io.noctule.protocol.codec.PacketEncoder;
import io.noctule.protocol.packet.ConnAck;
import io.noctule.protocol.packet.Connect;
import io.noctule.protocol.packet.Disconnect;
import io.noctule.protocol.packet.MqttVersion;
import io.noctule.protocol.packet.Packet;
import io.noctule.protocol.packet.PubAck;
import io.noctule.protocol.packet.PubRec;
import io.noctule.protocol.packet.Publish;
import io.noctule.protocol.packet.PublishProperties;
import io.noctule.protocol.packet.QoS;
import io.noctule.protocol.packet.ReasonProperties;
import io.noctule.protocol.packet.SubAck;
import io.noctule.protocol.topic.TopicName;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Packets from the broker to one client: encoded into the connection's buffer, flushed at the end
 * of the turn. Owned by the event loop.
 */
final class Outbound {
  // Payloads from here on are passed by reference; below, copying is cheaper (docs/decisions).
  private static final int BY_REFERENCE_BYTES = 4096;
  // Above this the session holds messages back that it need not send at once. More than the
  // channel's high water mark,
  // so that a writability event is sure to come.
  private static final int HOLD_BACK_BYTES = 256 * 1024;
  private static final int LARGEST_FRAME_BYTES = 64 * 1024;
  private static final int ANY_SMALL_PACKET_BYTES = 64;
  // The property's identifier and value; the property length and the remaining length may grow by
  // one byte each.
  private static final int ALIAS_BYTES = 5;

  private final ChannelHandlerContext context;
  private final BrokerLoop loop;
  private final FrameCache frames;
  private final TurnEnd turnEnd;
  private final EventLog events;
  private final long unsentLimitBytes;
  private final OutboundBuffer buffer;
  private boolean touched;
  private boolean dropping;

  // From CONNECT on.
  private MqttVersion version = MqttVersion.MQTT_3_1_1;
  private long maximumPacketBytes = Connect.Properties.UNLIMITED;
  private boolean mayExplain = true;
  private @Nullable OutgoingAliases aliases;

  Outbound(ChannelHandlerContext context, ConnectionServices services, TurnEnd turnEnd) {
    this.context = context;
    this.loop = services.sessions().loop();
    this.frames = services.frames();
    this.turnEnd = turnEnd;
    this.events = services.events();
    this.unsentLimitBytes = services.sessions().limits().unsentBytes();
    this.buffer = new OutboundBuffer(context);
  }

  /** The same on another loop; nothing has been written yet. */
  Outbound movedTo(ConnectionServices services, TurnEnd newTurnEnd) {
    return new Outbound(context, services, newTurnEnd);
  }

  /** What the client accepts. */
  void adapt(Connect connect, int topicAliasLimit) {
    version = connect.version();
    maximumPacketBytes = connect.properties().maximumPacketSize();
    mayExplain = connect.properties().requestProblemInformation();
    int aliasMaximum = Math.min(topicAliasLimit, connect.properties().topicAliasMaximum());
    aliases = aliasMaximum == 0 ? null : new OutgoingAliases(aliasMaximum);
  }

  MqttVersion version() {
    return version;
  }

  /** Whether reason strings may be sent on acknowledgements [MQTT-3.1.2-29]. */
  boolean mayExplain() {
    return mayExplain && version.hasProperties();
  }

  /** Sends a packet in the client's own version. */
  boolean send(Packet packet) {
    return send(packet, version);
  }

  /**
   * Sends a packet. What is larger than the client accepts goes without its reason string, or not
   * at all [MQTT-3.1.2-24] [MQTT-3.2.2-19] [MQTT-3.9.2-1] [MQTT-3.14.2-3].
   *
   * @return whether it was sent
   */
  boolean send(Packet packet, MqttVersion form) {
    boolean sent = fits(packet, form) || fits(withoutReason(packet), form);
    touch();
    return sent;
  }

  private boolean fits(Packet packet, MqttVersion form) {
    ByteBuf out = buffer.room(ANY_SMALL_PACKET_BYTES);
    int start = out.writerIndex();
    PacketEncoder.encode(packet, form, out);
    if (out.writerIndex() - start <= maximumPacketBytes) {
      return true;
    }
    out.writerIndex(start);
    return false;
  }

  private static Packet withoutReason(Packet packet) {
    return switch (packet) {
      case Disconnect disconnect -> Disconnect.because(disconnect.reasonCode(), null);
      case ConnAck connAck when connAck.reasonCode().isError() ->
          ConnAck.refused(connAck.reasonCode());
      case SubAck subAck ->
          new SubAck(subAck.packetId(), ReasonProperties.NONE, subAck.reasonCodes());
      case PubAck pubAck -> PubAck.of(pubAck.packetId(), pubAck.reasonCode());
      case PubRec pubRec -> PubRec.of(pubRec.packetId(), pubRec.reasonCode());
      default -> packet;
    };
  }

  boolean sendPublish(
      Publication publication,
      QoS qos,
      boolean retain,
      boolean duplicate,
      int packetId,
      List<Integer> identifiers) {
    if (qos == QoS.AT_MOST_ONCE && buffer.unsentBytes() > unsentLimitBytes) {
      drop();
      return true;
    }
    List<Integer> known = version.hasProperties() ? identifiers : List.of();
    int payloadBytes = publication.payload().readableBytes();
    if (payloadBytes < BY_REFERENCE_BYTES
        && aliases == null
        && !duplicate
        && frames.serves(publication)
        && publication.memoryBytes() < LARGEST_FRAME_BYTES) {
      long now = publication.expires() ? loop.nanos() : 0;
      Frame frame = frames.frame(publication, version, qos, retain, known, now);
      if (frame.length() > maximumPacketBytes) {
        return false;
      }
      frame.copyTo(buffer.room(frame.length()), packetId);
    } else if (!encode(publication, qos, retain, duplicate, packetId, known)) {
      return false;
    }
    loop.counters().increment(Counter.MESSAGES_SENT);
    touch();
    return true;
  }

  /** Counted each time, told once until the client has read half of what waits. */
  private void drop() {
    loop.counters().increment(Counter.DROPPED_SLOW_SUBSCRIBER);
    if (!dropping) {
      dropping = true;
      events.warn(
          "client at %s reads too slowly: %d bytes wait, the limit; QoS 0 messages are dropped"
              .formatted(context.channel().remoteAddress(), buffer.unsentBytes()));
    }
  }

  private boolean encode(
      Publication publication,
      QoS qos,
      boolean retain,
      boolean duplicate,
      int packetId,
      List<Integer> identifiers) {
    PublishProperties properties =
        version.hasProperties()
            ? publication.propertiesFor(publication.expires() ? loop.nanos() : 0, identifiers)
            : PublishProperties.NONE;
    ByteBuf payload = publication.payload();
    int payloadBytes = payload.readableBytes();
    boolean byReference = payloadBytes >= BY_REFERENCE_BYTES && !pinsTooMuch(payload, payloadBytes);
    TopicName topic = publication.topic();
    int alias = aliases == null ? Publish.NO_ALIAS : aliases.known(topic);
    TopicName name = alias == Publish.NO_ALIAS ? topic : null;
    int length = PacketEncoder.publishLength(version, name, alias, qos, properties, payloadBytes);
    if (length > maximumPacketBytes) { // [MQTT-3.1.2-24]
      return false;
    }
    if (aliases != null && name != null && length + ALIAS_BYTES <= maximumPacketBytes) {
      alias = aliases.take(topic);
      length += ALIAS_BYTES;
    }
    if (!byReference) {
      PacketEncoder.encodePublish(
          version,
          name,
          alias,
          qos,
          retain,
          duplicate,
          packetId,
          properties,
          payload,
          buffer.room(length));
    } else {
      PacketEncoder.encodePublishHeader(
          version,
          name,
          alias,
          qos,
          retain,
          duplicate,
          packetId,
          properties,
          payloadBytes,
          buffer.room(length - payloadBytes));
      buffer.append(
          frames.serves(publication)
              ? frames.sharedPayload(publication, context.alloc()).retainedSlice()
              : publication.payloadReference());
    }
    return true;
  }

  /**
   * A slice keeps the whole buffer that was read; for a small part of a large one, copying is
   * cheaper.
   */
  private static boolean pinsTooMuch(ByteBuf payload, int payloadBytes) {
    ByteBuf whole = payload.unwrap();
    return whole != null && payloadBytes < whole.capacity() / 4;
  }

  boolean isWritable() {
    return buffer.unsentBytes() < HOLD_BACK_BYTES;
  }

  /**
   * Whether even answers should not be added any more: the client is not read from until it reads.
   */
  boolean isFull() {
    return buffer.unsentBytes() > unsentLimitBytes + unsentLimitBytes / 8;
  }

  /** Has the end of the turn flush, and send what waits. */
  void touch() {
    if (!touched) {
      touched = true;
      loop.atTurnEnd(turnEnd);
    }
  }

  void flush() {
    touched = false;
    buffer.flush();
    if (dropping && buffer.unsentBytes() < unsentLimitBytes / 2) {
      dropping = false;
    }
    loop.counters().add(Counter.BYTES_SENT, buffer.takeBytesWritten());
  }

  /** Sends what is left. */
  void flushLast() {
    if (context.channel().isActive()) {
      flush();
    } else {
      buffer.discard();
    }
  }
}
