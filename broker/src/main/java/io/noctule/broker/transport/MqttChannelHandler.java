package io.noctule.broker.transport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolHandler.HandshakeComplete;
import io.netty.util.ReferenceCountUtil;
import io.noctule.broker.connection.Connection;
import io.noctule.broker.connection.ConnectionServices;
import io.noctule.broker.connection.Transport;
import io.noctule.broker.limits.Limits;
import io.noctule.broker.loop.BrokerLoop;
import io.noctule.protocol.codec.PacketDecoder;
import io.noctule.protocol.codec.ProtocolException;
import io.noctule.protocol.packet.Packet;
import io.noctule.protocol.packet.ReasonCode;
import java.io.IOException;
import java.net.SocketAddress;
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
  private @Nullable ChannelHandlerContext context;
  private @Nullable Connection connection;
  private @Nullable InboundBuffer inbound;
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
      Listener.Kind kind) {
    this.loopOf = loopOf;
    this.servicesOf = servicesOf;
    this.kind = kind;
    this.decoder = new PacketDecoder(PacketDecoder.Side.SERVER, limits.connectPacketBytes());
    this.acceptsBytes = kind == Listener.Kind.TCP;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext added) {
    context = added;
    inbound = new InboundBuffer(added.alloc());
    if (added.channel().isActive()) {
      open(added);
    }
  }

  @Override
  public void channelActive(ChannelHandlerContext active) {
    open(active);
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
    decodeOn();
    if (inputEnded && connection != null) {
      connection.onChannelClosed(); // After what the client had sent before has been taken.
    }
  }

  private void decodeOn() {
    if (connection != null && inbound != null && !connection.isOver()) {
      decode(connection, inbound);
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
      loopOf.apply(changed.channel()).execute(this::decodeOn);
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext triggered, Object event) {
    if (event instanceof HandshakeComplete) {
      acceptsBytes = true;
    } else if (event instanceof ChannelInputShutdownEvent) {
      inputEnded = true;
      if (finished) {
        triggered.close();
      } else if (connection != null && connection.takesPackets()) {
        connection.onChannelClosed();
      }
    }
    triggered.fireUserEventTriggered(event);
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
        kind == Listener.Kind.WEB_SOCKET && acceptsBytes
            ? new CloseWebSocketFrame(WebSocketCloseStatus.NORMAL_CLOSURE)
            : Unpooled.EMPTY_BUFFER;
    here.writeAndFlush(last)
        .addListener(
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
    return null;
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
