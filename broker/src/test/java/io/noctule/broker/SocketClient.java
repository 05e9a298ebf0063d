package io.noctule.broker;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.noctule.protocol.codec.PacketDecoder;
import io.noctule.protocol.codec.PacketEncoder;
import io.noctule.protocol.codec.ProtocolException;
import io.noctule.protocol.packet.ConnAck;
import io.noctule.protocol.packet.Connect;
import io.noctule.protocol.packet.MqttVersion;
import io.noctule.protocol.packet.Packet;
import io.noctule.protocol.packet.QoS;
import io.noctule.protocol.packet.SubAck;
import io.noctule.protocol.packet.Subscribe;
import io.noctule.protocol.topic.TopicFilter;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.List;

/** An MQTT 5 client that does just what the test says, on the test's thread. */
final class SocketClient implements AutoCloseable {
  private static final int READ_TIMEOUT_MILLIS = 20_000;

  private final Socket socket;
  private final ByteBuf received = Unpooled.buffer();
  private final PacketDecoder decoder =
      new PacketDecoder(PacketDecoder.Side.CLIENT, Integer.MAX_VALUE);

  /** Connects and waits until it is accepted. */
  SocketClient(int port, String clientId) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(READ_TIMEOUT_MILLIS);
    socket.setTcpNoDelay(true);
    send(
        new Connect(
            MqttVersion.MQTT_5, clientId, true, 0, null, null, null, Connect.Properties.DEFAULT));
    next(ConnAck.class);
  }

  /** Subscribes and waits for the answer. */
  void subscribe(String filter, QoS qos) throws IOException {
    send(
        new Subscribe(
            1,
            Subscribe.NO_IDENTIFIER,
            List.of(),
            List.of(Subscribe.Request.of(TopicFilter.of(filter), qos))));
    next(SubAck.class);
  }

  void send(Packet packet) throws IOException {
    ByteBuf bytes = Unpooled.buffer();
    PacketEncoder.encode(packet, MqttVersion.MQTT_5, bytes);
    socket.getOutputStream().write(ByteBufUtil.getBytes(bytes));
  }

  /** The next packet, which has to be of a type; its payload is valid until the next call. */
  <P extends Packet> P next(Class<P> type) throws IOException {
    try {
      for (Packet packet = decoder.decode(received); ; packet = decoder.decode(received)) {
        if (packet != null) {
          return type.cast(packet);
        }
        received.discardReadBytes();
        if (received.writeBytes(socket.getInputStream(), 1024) < 0) {
          throw new EOFException("the broker has closed the connection");
        }
      }
    } catch (ProtocolException e) {
      throw new IOException("the broker sent something wrong", e);
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
