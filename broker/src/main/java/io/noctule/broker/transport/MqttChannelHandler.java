package io.noctule.broker.transport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolHandler.HandshakeComplete;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.util.ReferenceCountUtil;
import io.noctule.broker.connection.Connection;
import io.noctule.broker.connection.ConnectionServices;
import io.noctule.broker.connection.Transport;
import io.noctule.broker.limits.Limits;
import io.noctule.broker.loop.BrokerLoop;
import io.noctule.broker.loop.Counter;
import io.noctule.protocol.codec.PacketDecoder;
import io.noctule.protocol.codec.ProtocolException;
import io.noctule.protocol.packet.Packet;
import io.noctule.protocol.packet.ReasonCode;
import java.io.IOException;
import java.net.SocketAddress;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The last handler of a channel: decodes in place and hands packets to the connection, one after
 * another, as long as it takes them.
 *
 * <p>Reading pauses while the handshake is undecided, while another loop is far behind, and while
 * the client leaves its answers unread.
 */
final class MqttChannelHandler extends ChannelInboundHandlerAdapter implements Transport {
  private static final Logger LOG = LoggerFactory.getLogger(MqttChannelHandler.class);
  private static final int LAST_WORDS_SECONDS = 2;

  private final Function<Channel, BrokerLoop> loopOf;
  private final Function<BrokerLoop, ConnectionServices> servicesOf;
  private final Listener.Kind kind;
  private final PacketDecoder decoder;
  private final @Nullable SslHandler security;
  private @Nullable ChannelHandlerContext context;
  private @Nullable Connection connection;
  private @Nullable InboundBuffer inbound;
  private @Nullable String certificateName;
  private @Nullable String origin;
  private boolean acceptsBytes;
  private boolean decoding;
  private boolean congested;
  private boolean outputFull;
  private boolean inputEnded;
  private boolean finished;

  MqttChannelHandler(
      Function<Channel, BrokerLoop> loopOf,
      Function<BrokerLoop, ConnectionServices> servicesOf,
      Limits limits,
      Listener.Kind kind,
      @Nullable SslHandler security) {
    this.loopOf = loopOf;
    this.servicesOf = servicesOf;
    this.kind = kind;
    this.security = security;
    this.decoder = new PacketDecoder(PacketDecoder.Side.SERVER, limits.connectPacketBytes());
    this.acceptsBytes = !kind.isWebSocket();
  }

  @Override
  public void handlerAdded(ChannelHandlerContext added) {
    context = added;
    inbound = new InboundBuffer(added.alloc());
    if (added.channel().isActive() && security == null) {
      open(added);
    }
  }

  @Override
  public void channelActive(ChannelHandlerContext active) {
    if (security == null) {
      open(active);
    }
  }

  private void open(ChannelHandlerContext opened) {
    if (connection == null) {
      connection = new Connection(opened, this, servicesOf.apply(loopOf.apply(opened.channel())));
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext reading, Object message) {
    Connection current = connection;
    InboundBuffer buffer = inbound;
    if (current == null || buffer == null || current.isOver()) {
      ReferenceCountUtil.release(message);
      return;
    }
    if (!acceptsBytes || !(message instanceof ByteBuf read)) {
      // What came around the WebSocket handshake is not MQTT.
      ReferenceCountUtil.release(message);
      onForeignProtocol(reading, "bytes that are no WebSocket frame");
      reading.close();
      return;
    }
    current.onRead(read.readableBytes());
    buffer.add(read, decoder.expectedBytes());
    decode(current, buffer);
  }

  private void decode(Connection current, InboundBuffer buffer) {
    if (decoding) {
      return; // Called back by a packet of the loop below, which goes on by itself.
    }
    decoding = true;
    try {
      decodeAll(current, buffer);
    } catch (ProtocolException fault) {
      current.onFault(fault, decoder.version());
    } catch (RuntimeException e) {
      LOG.error("a packet could not be handled; its connection is closed", e);
      current.close(ReasonCode.UNSPECIFIED_ERROR, "the broker failed");
    } finally {
      decoding = false;
    }
    if (current.isOver()) {
      buffer.discard();
    } else {
      buffer.trim();
      noteCongestion(current);
    }
    updateReading();
  }

  private void decodeAll(Connection current, InboundBuffer buffer) throws ProtocolException {
    boolean any = false;
    outputFull = false;
    while (current.takesPackets()) {
      if (current.isOutputFull()) {
        outputFull = true;
        break;
      }
      Packet packet = decoder.decode(buffer.bytes());
      if (packet == null) {
        break;
      }
      any = true;
      current.handle(packet);
    }
    if (any) {
      current.onSignOfLife();
    }
  }

  private void noteCongestion(Connection current) {
    ChannelHandlerContext here = context;
    if (here == null || congested || !current.takesPackets()) {
      return;
    }
    BrokerLoop loop = loopOf.apply(here.channel());
    if (loop.isCongested()) {
      congested = true;
      loop.whenRelieved(
          () -> {
            congested = false;
            current.onSignOfLife();
            updateReading();
          });
    }
  }

  private void updateReading() {
    Connection current = connection;
    ChannelHandlerContext here = context;
    // Nothing is left to read behind the peer's end, and Netty 4.2.18 would fail to try: epoll has
    // dropped a socket that is neither read from nor watched for that end.
    if (current != null && here != null && !inputEnded) {
      boolean reads = current.isOver() || (current.takesPackets() && !congested && !outputFull);
      here.channel().config().setAutoRead(reads);
    }
  }

  @Override
  public void proceed(int maximumPacketBytes) {
    decoder.maximumPacketSize(maximumPacketBytes);
    if (context != null && context.pipeline().get(StrangerLimit.NAME) != null) {
      context.pipeline().remove(StrangerLimit.NAME);
    }
    decodeRest();
  }

  private void decodeOn() {
    if (connection != null && inbound != null && !connection.isOver()) {
      decode(connection, inbound);
    }
  }

  /** The client had sent these packets before it ended: they are taken first. */
  private void decodeRest() {
    decodeOn();
    if (inputEnded && !outputFull && connection != null) {
      connection.onChannelClosed();
    }
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext changed) {
    Connection current = connection;
    if (current == null || !changed.channel().isWritable()) {
      return;
    }
    current.onWritable();
    if (outputFull) {
      // Later, since this may be called from within a write.
      loopOf.apply(changed.channel()).execute(this::decodeRest);
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext triggered, Object event) {
    switch (event) {
      case HandshakeComplete upgrade -> {
        List<String> origins = upgrade.requestHeaders().getAll(HttpHeaderNames.ORIGIN);
        origin = origins.isEmpty() ? null : String.join(" ", origins); // Two are none of ours.
        acceptsBytes = true;
      }
      case SslHandshakeCompletionEvent handshake -> onSecured(triggered, handshake);
      case ChannelInputShutdownEvent _ -> onInputEnded(triggered);
      // The client's end of TLS. Once the broker has ended its own, it stands for nothing.
      case SslCloseCompletionEvent _ when !finished -> onInputEnded(triggered);
      default -> {}
    }
    triggered.fireUserEventTriggered(event);
  }

  private void onSecured(ChannelHandlerContext secured, SslHandshakeCompletionEvent handshake) {
    if (handshake.isSuccess() && security != null) {
      certificateName = TlsPipeline.clientName(security.engine().getSession());
      open(secured);
      return;
    }
    ConnectionServices services = servicesOf.apply(loopOf.apply(secured.channel()));
    services.sessions().loop().counters().increment(Counter.TLS_HANDSHAKES_FAILED);
    HandshakeFailure failure = HandshakeFailure.of(handshake.cause());
    String event = "connection from " + remoteText() + " closed: " + failure.text();
    if (failure.isFault()) {
      services.events().warn(event);
    } else {
      services.events().info(event);
    }
  }

  private void onInputEnded(ChannelHandlerContext ended) {
    inputEnded = true;
    Connection current = connection;
    if (finished || current == null) {
      ended.close();
    } else if (current.takesPackets() && !outputFull) {
      current.onChannelClosed();
    }
  }

  @Override
  public void moveTo(BrokerLoop target, Runnable then) {
    ChannelHandlerContext here = context;
    if (here == null) {
      return;
    }
    Channel channel = here.channel();
    channel.config().setAutoRead(false);
    channel
        .deregister()
        .addListener(
            left -> {
              if (left.isSuccess()) {
                arriveAt(target, channel, then);
              } else {
                channel.close();
              }
            });
  }

  private static void arriveAt(BrokerLoop target, Channel channel, Runnable then) {
    target
        .eventLoop()
        .register(channel)
        .addListener(
            arrived -> {
              if (arrived.isSuccess()) {
                target.execute(then);
              } else {
                LOG.debug("a connection was lost on its way to {}", target, arrived.cause());
                channel.unsafe().closeForcibly();
              }
            });
  }

  @Override
  public void finish() {
    ChannelHandlerContext here = context;
    if (here == null || finished) {
      return;
    }
    finished = true;
    Channel channel = here.channel();
    if (!channel.isActive() || inputEnded) {
      here.close();
      return;
    }
    updateReading();
    Object last =
        kind.isWebSocket() && acceptsBytes
            ? new CloseWebSocketFrame(WebSocketCloseStatus.NORMAL_CLOSURE)
            : Unpooled.EMPTY_BUFFER;
    ChannelFuture ended = here.writeAndFlush(last);
    if (security != null) {
      ended = security.closeOutbound(); // Else the client would take the end for an attack.
    }
    ended.addListener(
        _ -> {
          if (channel instanceof DuplexChannel duplex) {
            duplex.shutdownOutput();
          }
        });
    var deadline =
        channel.eventLoop().schedule(() -> here.close(), LAST_WORDS_SECONDS, TimeUnit.SECONDS);
    channel.closeFuture().addListener(_ -> deadline.cancel(false));
  }

  @Override
  public SocketAddress remoteAddress() {
    ChannelHandlerContext here = context;
    if (here == null) {
      throw new IllegalStateException("no channel yet");
    }
    return here.channel().remoteAddress();
  }

  @Override
  public @Nullable String certificateName() {
    return certificateName;
  }

  @Override
  public @Nullable String origin() {
    return origin;
  }

  @Override
  public ConnectionServices servicesOf(BrokerLoop loop) {
    return servicesOf.apply(loop);
  }

  @Override
  public void channelInactive(ChannelHandlerContext inactive) {
    end();
  }

  /** The only call for a channel that closes while it is between two loops. */
  @Override
  public void handlerRemoved(ChannelHandlerContext removed) {
    end();
  }

  private void end() {
    if (connection != null) {
      connection.onChannelClosed();
    }
    if (inbound != null) {
      inbound.discard();
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext failed, Throwable cause) {
    switch (cause) {
      case IOException _ -> {} // The network's fault, which its end tells.
      case DecoderException _ when security != null && connection == null -> {} // Told already.
      case DecoderException fault -> onForeignProtocol(failed, String.valueOf(fault.getMessage()));
      // Ours, so it must be seen; the connection alone pays for it.
      default -> LOG.error("a connection failed and is closed", cause);
    }
    failed.close();
  }

  /** Anybody can send what is neither WebSocket nor MQTT: no more than an event. */
  private void onForeignProtocol(ChannelHandlerContext foreign, String what) {
    servicesOf
        .apply(loopOf.apply(foreign.channel()))
        .events()
        .warn("connection from " + foreign.channel().remoteAddress() + " closed: " + what);
  }
}
