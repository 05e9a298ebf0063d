package io.noctule.app.client;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.noctule.app.command.CommandFailure;
import io.noctule.app.command.ReasonText;
import io.noctule.protocol.codec.PacketDecoder;
import io.noctule.protocol.codec.PacketEncoder;
import io.noctule.protocol.codec.ProtocolException;
import io.noctule.protocol.packet.ConnAck;
import io.noctule.protocol.packet.Connect;
import io.noctule.protocol.packet.Disconnect;
import io.noctule.protocol.packet.MqttVersion;
import io.noctule.protocol.packet.Packet;
import io.noctule.protocol.packet.PingReq;
import io.noctule.protocol.packet.PingResp;
import io.noctule.protocol.packet.ReasonCode;
import io.noctule.tls.context.ClientTls;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * A connection to a broker over a blocking socket. One thread reads; any thread writes. The reading
 * thread also sends the pings, so a client that connects with a keep-alive has to read.
 */
final class MqttClient implements AutoCloseable {
  private static final int CONNECT_TIMEOUT_MILLIS = 10_000;
  private static final int CHUNK_BYTES = 1 << 16;

  /**
   * How long the broker may take to close after DISCONNECT, so that nothing on the way to it is
   * lost.
   */
  private static final int GOODBYE_MILLIS = 1000;

  private final Socket socket;
  private final OutputStream out;
  private final Connect connect;
  private final DebugOutput debug;
  private final PacketDecoder decoder =
      new PacketDecoder(PacketDecoder.Side.CLIENT, Integer.MAX_VALUE);
  private final byte[] chunk = new byte[CHUNK_BYTES];
  private final ReentrantLock writing = new ReentrantLock();
  private ConnAck connAck = ConnAck.refused(ReasonCode.UNSPECIFIED_ERROR);

  /** Bytes that have come and are not decoded yet. Of the reading thread. */
  private final ByteBuf in = Unpooled.buffer();

  /** Packets encoded and not sent yet. Guarded by {@link #writing}. */
  private final ByteBuf pending = Unpooled.buffer();

  private long keepAliveNanos;
  private volatile long lastSentNanos = System.nanoTime();

  /**
   * When the ping that the broker has not answered yet was sent; 0: there is none. Of the reading
   * thread.
   */
  private long pingSentNanos;

  private volatile boolean ending;

  private MqttClient(Socket socket, Connect connect, DebugOutput debug) throws IOException {
    this.socket = socket;
    this.connect = connect;
    this.debug = debug;
    out = socket.getOutputStream();
    decoder.version(connect.version());
  }

  /**
   * Connects and waits for the broker's answer.
   *
   * @param tls null to connect without
   * @param debug told of each packet
   * @throws CommandFailure where the host is unknown, nobody answers, the two do not agree about
   *     TLS or the broker refuses
   * @throws IOException where the connection breaks
   */
  static MqttClient connect(
      String host, int port, @Nullable ClientTls tls, Connect connect, DebugOutput debug)
      throws IOException {
    if (tls == null) {
      return connect(open(host, port), host, port, connect, debug);
    }
    try {
      return connect(secure(open(host, port), host, tls), host, port, connect, debug);
    } catch (IOException e) {
      // In TLS 1.3 the broker may refuse a certificate as late as in place of its CONNACK.
      Optional<String> why = tls.explain(e);
      if (why.isEmpty()) {
        throw e;
      }
      throw new CommandFailure(
          "no connection to %s:%d: %s".formatted(host, port, why.get()), CommandFailure.FAILED, e);
    }
  }

  private static Socket secure(Socket connected, String host, ClientTls tls) throws IOException {
    try {
      connected.setSoTimeout(CONNECT_TIMEOUT_MILLIS);
      SSLSocket secured = tls.over(connected, host);
      secured.startHandshake();
      return secured;
    } catch (IOException | RuntimeException e) {
      connected.close();
      throw e;
    }
  }

  private static MqttClient connect(
      Socket socket, String host, int port, Connect connect, DebugOutput debug) throws IOException {
    try {
      var client = new MqttClient(socket, connect, debug);
      client.shakeHands(host, port);
      return client;
    } catch (IOException | RuntimeException e) {
      socket.close();
      throw e;
    }
  }

  private static Socket open(String host, int port) throws IOException {
    IOException failure = new IOException("no address");
    // Names such as localhost stand for several addresses; a broker need not listen on all.
    for (InetAddress address : addresses(host)) {
      var socket = new Socket();
      try {
        socket.setTcpNoDelay(true);
        socket.connect(new InetSocketAddress(address, port), CONNECT_TIMEOUT_MILLIS);
        return socket;
      } catch (IOException e) {
        socket.close();
        failure = e;
      }
    }
    throw CommandFailure.noConnection(host, port, failure);
  }

  private static InetAddress[] addresses(String host) {
    try {
      return InetAddress.getAllByName(host);
    } catch (UnknownHostException e) {
      throw new CommandFailure("unknown host " + host, CommandFailure.FAILED, e);
    }
  }

  private void shakeHands(String host, int port) throws IOException {
    socket.setSoTimeout(CONNECT_TIMEOUT_MILLIS);
    send(connect);
    Packet answer;
    try {
      answer = receive();
    } catch (SocketTimeoutException e) {
      throw new CommandFailure(
          "%s:%d does not answer as an MQTT broker".formatted(host, port),
          CommandFailure.FAILED,
          e);
    }
    if (!(answer instanceof ConnAck ack)) {
      throw CommandFailure.failed("%s:%d does not answer as a broker".formatted(host, port));
    }
    if (ack.reasonCode() != ReasonCode.SUCCESS) {
      throw CommandFailure.failed(
          "the broker refused the connection: "
              + ReasonText.of(ack.reasonCode(), ack.properties().reasonString()));
    }
    connAck = ack;
    Integer asked = ack.properties().serverKeepAliveSeconds();
    keepAliveNanos =
        Duration.ofSeconds(asked == null ? connect.keepAliveSeconds() : asked).toNanos();
    // Twice per keep-alive is soon enough to ping and to notice that nothing answers.
    socket.setSoTimeout((int) Duration.ofNanos(keepAliveNanos / 2).toMillis());
  }

  MqttVersion version() {
    return connect.version();
  }

  /** What the broker said when it accepted the connection. */
  ConnAck connAck() {
    return connAck;
  }

  /** Sends a packet and all that are pending. Any thread. */
  void send(Packet packet) throws IOException {
    sendLater(packet);
    flush();
  }

  /** Encodes a packet, to be sent by {@link #flush} or with the next. Any thread. */
  void sendLater(Packet packet) throws IOException {
    writing.lock();
    try {
      debug.packet("sending", packet);
      PacketEncoder.encode(packet, connect.version(), pending);
      if (pending.readableBytes() >= CHUNK_BYTES) {
        flush();
      }
    } finally {
      writing.unlock();
    }
  }

  /** Sends what is pending. Any thread. */
  void flush() throws IOException {
    writing.lock();
    try {
      if (pending.isReadable()) {
        pending.readBytes(out, pending.readableBytes());
        pending.clear();
        lastSentNanos = System.nanoTime();
      }
    } finally {
      writing.unlock();
    }
  }

  /**
   * The next packet that has come already; null where there is none, or none whole. Reading thread.
   */
  @Nullable Packet poll() throws IOException {
    try {
      Packet packet = decoder.decode(in);
      while (packet instanceof PingResp) {
        debug.packet("received", packet);
        pingSentNanos = 0;
        packet = decoder.decode(in);
      }
      if (packet != null) {
        debug.packet("received", packet);
      }
      return packet;
    } catch (ProtocolException e) {
      throw new CommandFailure(
          "the broker sent a malformed packet: " + e.getMessage(), CommandFailure.FAILED, e);
    }
  }

  /**
   * Waits for the next packet. Reading thread. The payload of a PUBLISH is valid until the next
   * call.
   *
   * @return null after {@link #disconnect}
   * @throws IOException where the connection is lost
   */
  @Nullable Packet receive() throws IOException {
    Packet packet = poll();
    while (packet == null && !ending) {
      if (!read()) {
        return null;
      }
      packet = poll();
    }
    return ending ? null : packet;
  }

  private boolean read() throws IOException {
    in.discardReadBytes();
    try {
      pingIfDue();
      int count = socket.getInputStream().read(chunk);
      if (count < 0) {
        if (ending) {
          return false;
        }
        throw new IOException("the broker closed the connection");
      }
      in.writeBytes(chunk, 0, count);
    } catch (SocketTimeoutException e) {
      if (keepAliveNanos == 0) {
        throw e;
      }
    } catch (IOException e) {
      if (!ending) {
        throw e;
      }
      return false;
    }
    return true;
  }

  /** [MQTT-3.1.2-20]. */
  private void pingIfDue() throws IOException {
    if (keepAliveNanos == 0) {
      return;
    }
    long nowNanos = System.nanoTime();
    if (pingSentNanos != 0 && nowNanos - pingSentNanos > keepAliveNanos) {
      throw new IOException("the broker does not answer any more");
    }
    if (pingSentNanos == 0 && nowNanos - lastSentNanos >= keepAliveNanos / 2) {
      send(PingReq.INSTANCE);
      pingSentNanos = nowNanos;
    }
  }

  /**
   * Says goodbye, so that the broker drops the will; {@link #receive} then ends. Any thread, more
   * than once.
   */
  void disconnect(Disconnect goodbye) {
    writing.lock();
    try {
      if (!ending) {
        ending = true;
        send(goodbye);
        socket.shutdownOutput();
        socket.setSoTimeout(GOODBYE_MILLIS);
      }
    } catch (IOException e) {
      debug.note("the connection was gone before the goodbye: " + e.getMessage());
    } finally {
      writing.unlock();
    }
  }

  /**
   * Closes; after a {@link #disconnect} once the broker has taken all that was sent. Reading
   * thread.
   */
  @Override
  public void close() {
    try {
      if (ending) {
        long startNanos = System.nanoTime();
        while (System.nanoTime() - startNanos < Duration.ofMillis(GOODBYE_MILLIS).toNanos()
            && socket.getInputStream().read(chunk) >= 0) {
          // What still comes is of no interest; closing with it unread would reset the connection.
        }
      }
    } catch (IOException e) {
      debug.note("the broker did not close cleanly: " + e.getMessage());
    } finally {
      try {
        socket.close();
      } catch (IOException e) {
        debug.note("closing failed: " + e.getMessage());
      }
    }
  }
}
