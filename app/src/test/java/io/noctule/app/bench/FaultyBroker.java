package io.noctule.app.bench;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.noctule.protocol.codec.PacketDecoder;
import io.noctule.protocol.codec.PacketEncoder;
import io.noctule.protocol.codec.ProtocolException;
import io.noctule.protocol.packet.ConnAck;
import io.noctule.protocol.packet.Connect;
import io.noctule.protocol.packet.MqttVersion;
import io.noctule.protocol.packet.Packet;
import io.noctule.protocol.packet.Publish;
import io.noctule.protocol.packet.ReasonCode;
import io.noctule.protocol.packet.ReasonProperties;
import io.noctule.protocol.packet.SubAck;
import io.noctule.protocol.packet.Subscribe;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Passes messages of QoS 0 to all who have subscribed to anything, and makes one kind of mistake.
 */
final class FaultyBroker implements AutoCloseable {
  private final ServerSocket server;
  private final Fault fault;
  private final Map<Socket, OutputStream> subscribers = new ConcurrentHashMap<>();

  /** What is done wrong, to the message of a number. */
  enum Fault {
    NONE,
    LOSE_THE_TENTH,
    REPEAT_THE_TENTH,
    SWAP_THE_TENTH_WITH_THE_NEXT,
    CLOSE_AT_THE_TENTH
  }

  FaultyBroker(Fault fault) throws IOException {
    this.fault = fault;
    server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::accept);
  }

  int port() {
    return server.getLocalPort();
  }

  @Override
  public void close() throws IOException {
    server.close();
  }

  private void accept() {
    try {
      while (true) {
        Socket socket = server.accept();
        Thread.ofVirtual().start(() -> serve(socket));
      }
    } catch (SocketException e) {
      // Closed: the test is over.
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void serve(Socket socket) {
    var decoder = new PacketDecoder(PacketDecoder.Side.SERVER, 1 << 20);
    ByteBuf in = Unpooled.buffer();
    int published = 0;
    byte[] held = {};
    try (socket) {
      OutputStream out = socket.getOutputStream();
      byte[] chunk = new byte[4096];
      for (int n = socket.getInputStream().read(chunk); n >= 0; ) {
        in.writeBytes(chunk, 0, n);
        Packet packet = decoder.decode(in);
        while (packet != null) {
          switch (packet) {
            case Connect _ ->
                out.write(
                    bytes(new ConnAck(false, ReasonCode.SUCCESS, ConnAck.Properties.DEFAULT)));
            case Subscribe subscribe -> {
              subscribers.put(socket, out);
              out.write(
                  bytes(
                      new SubAck(
                          subscribe.packetId(),
                          ReasonProperties.NONE,
                          List.of(ReasonCode.SUCCESS))));
            }
            case Publish publish -> {
              published++;
              held = forward(bytes(publish), published, held);
            }
            default -> {
              // Nothing else is of interest here.
            }
          }
          packet = decoder.decode(in);
        }
        in.discardReadBytes();
        n = socket.getInputStream().read(chunk);
      }
    } catch (IOException | ProtocolException e) {
      subscribers.remove(socket);
    }
  }

  /** Sends a message on, or not; returns what is held back until the next. */
  private byte[] forward(byte[] message, int number, byte[] held) throws IOException {
    boolean tenth = number == 10;
    switch (fault) {
      case LOSE_THE_TENTH -> {
        if (!tenth) {
          deliver(message);
        }
      }
      case REPEAT_THE_TENTH -> {
        deliver(message);
        if (tenth) {
          deliver(message);
        }
      }
      case SWAP_THE_TENTH_WITH_THE_NEXT -> {
        if (tenth) {
          return message;
        }
        deliver(message);
        if (held.length > 0) {
          deliver(held);
        }
      }
      case CLOSE_AT_THE_TENTH -> {
        if (tenth) {
          for (Socket socket : subscribers.keySet()) {
            socket.close();
          }
        }
        deliver(message);
      }
      case NONE -> deliver(message);
    }
    return new byte[0];
  }

  private void deliver(byte[] message) throws IOException {
    for (OutputStream subscriber : subscribers.values()) {
      subscriber.write(message);
    }
  }

  private static byte[] bytes(Packet packet) {
    ByteBuf buffer = Unpooled.buffer();
    PacketEncoder.encode(packet, MqttVersion.MQTT_3_1_1, buffer);
    byte[] bytes = new byte[buffer.readableBytes()];
    buffer.readBytes(bytes);
    return bytes;
  }
}
