package io.noctule.broker.connection;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.socket.DuplexChannel;
import io.noctule.broker.loop.BrokerLoop;
import io.noctule.broker.loop.Counter;
import io.noctule.broker.loop.TurnEnd;
import io.noctule.broker.message.Frame;
import io.noctule.broker.message.FrameCache;
import io.noctule.broker.message.Publication;
import io.noctule.protocol.codec.PacketEncoder;
import io.noctule.protocol.packet.Connect;
import io.noctule.protocol.packet.MqttVersion;
import io.noctule.protocol.packet.Packet;
import io.noctule.protocol.packet.PublishProperties;
import io.noctule.protocol.packet.QoS;
import io.noctule.protocol.topic.TopicName;
import java.util.List;
import java.util.concurrent.TimeUnit;
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
  private static final int LAST_WORDS_SECONDS = 2;
  private static final int ANY_SMALL_PACKET_BYTES = 64;

  private final ChannelHandlerContext context;
  private final BrokerLoop loop;
  private final FrameCache frames;
  private final TurnEnd turnEnd;
  private final long unsentLimitBytes;
  private final OutboundBuffer buffer;
  private boolean touched;

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

  void send(Packet packet) {
    send(packet, version);
  }

  void send(Packet packet, MqttVersion form) {
    ByteBuf out = buffer.room(ANY_SMALL_PACKET_BYTES);
    PacketEncoder.encode(packet, form, out);
    touch();
  }

  boolean sendPublish(
      Publication publication,
      QoS qos,
      boolean retain,
      boolean duplicate,
      int packetId,
      List<Integer> identifiers) {
    if (qos == QoS.AT_MOST_ONCE && buffer.unsentBytes() > unsentLimitBytes) {
      loop.counters().increment(Counter.DROPPED_SLOW_SUBSCRIBER);
      return true;
    }
    List<Integer> known = version.hasProperties() ? identifiers : List.of();
    int payloadBytes = publication.payload().readableBytes();
    if (payloadBytes < BY_REFERENCE_BYTES
        && aliases == null
        && !duplicate
        && frames.serves(publication)) {
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
    // With the whole name, since an alias that is then not sent must not be taken.
    int length =
        PacketEncoder.publishLength(version, publication.topic(), 0, qos, properties, payloadBytes);
    if (length > maximumPacketBytes) { // [MQTT-3.1.2-24]
      return false;
    }
    TopicName topic = publication.topic();
    int alias = 0;
    if (aliases != null) {
      alias = aliases.aliasOf(topic);
      topic = aliases.isKnown() ? null : topic;
      length = PacketEncoder.publishLength(version, topic, alias, qos, properties, payloadBytes);
    }
    if (payloadBytes < BY_REFERENCE_BYTES) {
      PacketEncoder.encodePublish(
          version,
          topic,
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
          topic,
          alias,
          qos,
          retain,
          duplicate,
          packetId,
          properties,
          payloadBytes,
          buffer.room(length - payloadBytes));
      buffer.append(payload.retainedSlice());
    }
    return true;
  }

  boolean isWritable() {
    return buffer.unsentBytes() < HOLD_BACK_BYTES;
  }

  private void touch() {
    if (!touched) {
      touched = true;
      loop.atTurnEnd(turnEnd);
    }
  }

  void flush() {
    touched = false;
    buffer.flush();
    loop.counters().add(Counter.BYTES_SENT, buffer.takeBytesWritten());
  }

  /**
   * Sends what is left and closes the channel. Closing at once would take the last packet from a
   * client that is still sending, since its bytes would be answered by a reset: so our side ends
   * first, and what still comes is read and thrown away for a moment. A client that does not read
   * is not waited for.
   */
  void flushAndClose() {
    if (!context.channel().isActive()) {
      buffer.discard();
      context.close();
      return;
    }
    flush();
    context.channel().config().setAutoRead(true);
    context
        .writeAndFlush(Unpooled.EMPTY_BUFFER)
        .addListener(
            _ -> {
              if (context.channel() instanceof DuplexChannel duplex) {
                duplex.shutdownOutput();
              }
            });
    var deadline = loop.schedule(context::close, LAST_WORDS_SECONDS, TimeUnit.SECONDS);
    context.channel().closeFuture().addListener(_ -> deadline.cancel(false));
  }
}
