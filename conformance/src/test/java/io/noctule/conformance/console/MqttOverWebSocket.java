package io.noctule.conformance.console;

import static org.assertj.core.api.Assertions.assertThat;

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
import io.noctule.protocol.packet.Publish;
import io.noctule.protocol.packet.Will;
import java.net.URI;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A page's connection to {@code /mqtt}, packet by packet. */
final class MqttOverWebSocket implements WebSocket.Listener, AutoCloseable {
  private static final int LIMIT_SECONDS = 10;
  private static final int LARGEST_PACKET = 1 << 20;

  private final PacketDecoder decoder =
      new PacketDecoder(PacketDecoder.Side.CLIENT, LARGEST_PACKET);
  private final ByteBuf gathered = Unpooled.buffer();
  private final BlockingQueue<Packet> packets = new LinkedBlockingQueue<>();
  private final CompletableFuture<Integer> closed = new CompletableFuture<>();
  private volatile boolean reads = true;
  private @Nullable WebSocket socket;

  private MqttOverWebSocket() {}

  static MqttOverWebSocket open(Browser browser) {
    return open(browser, browser.origin(), "mqtt");
  }

  static MqttOverWebSocket open(Browser browser, String origin, String protocol) {
    return open(browser, origin, protocol, "/mqtt");
  }

  static MqttOverWebSocket open(Browser browser, String origin, String protocol, String path) {
    var page = new MqttOverWebSocket();
    WebSocket.Builder builder = browser.client().newWebSocketBuilder().header("Origin", origin);
    if (!protocol.isEmpty()) {
      builder.subprotocols(protocol);
    }
    URI address =
        URI.create(
            (browser.address().getScheme().equals("https") ? "wss://" : "ws://")
                + browser.address().getAuthority()
                + path);
    page.socket = builder.buildAsync(address, page).join();
    return page;
  }

  /** What an attempt is answered with. */
  static HttpResponse<?> refusal(Browser browser, String origin, String protocol) {
    try (var opened = open(browser, origin, protocol)) {
      throw new AssertionError("the console let in " + opened.socket());
    } catch (CompletionException e) {
      if (e.getCause() instanceof WebSocketHandshakeException refused) {
        return refused.getResponse();
      }
      throw e;
    }
  }

  WebSocket socket() {
    WebSocket opened = socket;
    if (opened == null) {
      throw new IllegalStateException("not open");
    }
    return opened;
  }

  void send(Packet packet) {
    ByteBuf out = Unpooled.buffer();
    PacketEncoder.encode(packet, MqttVersion.MQTT_5, out);
    send(ByteBufUtil.getBytes(out));
  }

  void send(byte[] bytes) {
    socket().sendBinary(ByteBuffer.wrap(bytes), true).join();
  }

  Packet receive() throws InterruptedException {
    Packet packet = packets.poll(LIMIT_SECONDS, TimeUnit.SECONDS);
    assertThat(packet).as("a packet within %d s", LIMIT_SECONDS).isNotNull();
    return packet;
  }

  <T extends Packet> T receive(Class<T> type) throws InterruptedException {
    return type.cast(receive());
  }

  /** Connects with credentials of a liar. */
  ConnAck connect(String clientId, @Nullable Will will) throws InterruptedException {
    send(
        new Connect(
            MqttVersion.MQTT_5,
            clientId,
            false,
            60,
            will,
            RunningConsole.ADMIN,
            "guess".getBytes(StandardCharsets.UTF_8),
            new Connect.Properties(
                3600, 100, Connect.Properties.UNLIMITED, 0, false, true, List.of(), null, null)));
    return receive(ConnAck.class);
  }

  /** The close code, once the other side has closed; 1006 where it did so without one. */
  int awaitClose() throws Exception {
    return closed.get(LIMIT_SECONDS, TimeUnit.SECONDS);
  }

  boolean isClosed() {
    return closed.isDone();
  }

  @Override
  public @Nullable CompletionStage<?> onBinary(WebSocket from, ByteBuffer data, boolean last) {
    gathered.writeBytes(data);
    try {
      for (Packet packet = decoder.decode(gathered);
          packet != null;
          packet = decoder.decode(gathered)) {
        // A payload is a view of the bytes, which the next ones move.
        packets.add(packet instanceof Publish publish ? keep(publish) : packet);
      }
      gathered.discardReadBytes();
    } catch (ProtocolException e) {
      closed.completeExceptionally(e);
    }
    if (reads) {
      from.request(1);
    }
    return null;
  }

  /** From now on takes nothing, as a page does whose computer sleeps. */
  void stopReading() {
    reads = false;
  }

  private static Publish keep(Publish publish) {
    return new Publish(
        publish.topic(),
        publish.topicAlias(),
        publish.qos(),
        publish.retain(),
        publish.duplicate(),
        publish.packetId(),
        publish.properties(),
        Unpooled.copiedBuffer(publish.payload()));
  }

  @Override
  public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
    closed.complete(code);
    return null;
  }

  @Override
  public void onError(WebSocket from, Throwable failure) {
    closed.complete(1006);
  }

  @Override
  public void close() {
    if (socket != null) {
      socket.abort();
    }
  }
}
