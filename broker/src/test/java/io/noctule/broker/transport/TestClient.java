package io.noctule.broker.transport;

import static io.noctule.protocol.packet.Connect.Properties.NEVER_EXPIRES;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.embedded.EmbeddedChannel;
import io.noctule.broker.BrokerParts;
import io.noctule.broker.TestLimits;
import io.noctule.protocol.codec.PacketDecoder;
import io.noctule.protocol.codec.PacketEncoder;
import io.noctule.protocol.codec.ProtocolException;
import io.noctule.protocol.packet.ConnAck;
import io.noctule.protocol.packet.Connect;
import io.noctule.protocol.packet.MqttVersion;
import io.noctule.protocol.packet.Packet;
import io.noctule.protocol.packet.Publish;
import io.noctule.protocol.packet.QoS;
import io.noctule.protocol.packet.Subscribe;
import io.noctule.protocol.topic.TopicFilter;
import java.util.ArrayList;
import java.util.List;

/**
 * A client at the end of a channel without a network: what it sends is handled at once, what it
 * gets lies there. The network takes all that is flushed.
 */
final class TestClient {
  static final String CLIENT_ID = "client";

  private final EmbeddedChannel channel = new EmbeddedChannel();
  private final BrokerParts parts;
  private final PacketDecoder decoder =
      new PacketDecoder(PacketDecoder.Side.CLIENT, Integer.MAX_VALUE);
  private final ByteBuf received = Unpooled.buffer();

  private TestClient(int topicAliasMaximum, long maximumPacketBytes) {
    parts = BrokerParts.on(channel, TestLimits.DEFAULT.build());
    channel.config().setWriteBufferWaterMark(new WriteBufferWaterMark(64 * 1024, 128 * 1024));
    channel
        .pipeline()
        .addLast(
            new MqttChannelHandler(
                _ -> parts.loops().get(0),
                loop -> parts.connections(loop.index()),
                TestLimits.DEFAULT.build(),
                Listener.Kind.TCP,
                null));
    Connect.Properties properties =
        new Connect.Properties(
            NEVER_EXPIRES,
            65_535,
            maximumPacketBytes,
            topicAliasMaximum,
            false,
            true,
            List.of(),
            null,
            null);
    send(new Connect(MqttVersion.MQTT_5, CLIENT_ID, true, 0, null, null, null, properties));
    expect(ConnAck.class);
  }

  /** A client that has been accepted. */
  static TestClient connected() {
    return new TestClient(0, Connect.Properties.UNLIMITED);
  }

  /** A client with limits that has been accepted. */
  static TestClient connected(int topicAliasMaximum, long maximumPacketBytes) {
    return new TestClient(topicAliasMaximum, maximumPacketBytes);
  }

  BrokerParts parts() {
    return parts;
  }

  EmbeddedChannel channel() {
    return channel;
  }

  /** Sends packets in one piece. */
  void send(Packet... packets) {
    ByteBuf bytes = channel.alloc().buffer();
    for (Packet packet : packets) {
      PacketEncoder.encode(packet, MqttVersion.MQTT_5, bytes);
    }
    channel.writeInbound(bytes);
  }

  void subscribe(String filter, QoS qos) {
    send(
        new Subscribe(
            1,
            Subscribe.NO_IDENTIFIER,
            List.of(),
            List.of(Subscribe.Request.of(TopicFilter.of(filter), qos))));
  }

  private void expect(Class<? extends Packet> type) {
    List<Packet> packets = take();
    if (packets.size() != 1 || !type.isInstance(packets.getFirst())) {
      throw new AssertionError("got " + packets + " rather than one " + type.getSimpleName());
    }
  }

  /** What has come since the last call; a payload is valid until the next one. */
  List<Packet> take() {
    parts.loops().run();
    received.discardReadBytes();
    for (ByteBuf bytes = channel.readOutbound(); bytes != null; bytes = channel.readOutbound()) {
      received.writeBytes(bytes);
      bytes.release();
    }
    List<Packet> packets = new ArrayList<>();
    try {
      for (Packet packet = decoder.decode(received);
          packet != null;
          packet = decoder.decode(received)) {
        packets.add(packet);
      }
    } catch (ProtocolException e) {
      throw new AssertionError("the broker sent something wrong", e);
    }
    return packets;
  }

  /** The messages that have come since the last call. */
  List<Publish> takeMessages() {
    return take().stream().filter(Publish.class::isInstance).map(Publish.class::cast).toList();
  }

  /** Leaves, so that the channel and all buffers are closed. */
  void close() {
    channel.finishAndReleaseAll();
    received.release();
  }
}
