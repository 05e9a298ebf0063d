package io.noctule.broker.transport;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.noctule.broker.connection.Connection;
import io.noctule.broker.connection.ConnectionServices;
import io.noctule.broker.connection.Transport;
import io.noctule.broker.limits.Limits;
import io.noctule.broker.loop.BrokerLoop;
import io.noctule.protocol.codec.PacketDecoder;
import io.noctule.protocol.codec.ProtocolException;
import io.noctule.protocol.packet.Packet;
import java.io.IOException;
import java.net.SocketAddress;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The last handler of a channel: decodes in place and hands packets to the connection, one after
 * another, as long as it takes them.
 */
final class MqttChannelHandler extends ChannelInboundHandlerAdapter implements Transport {
  private static final Logger LOG = LoggerFactory.getLogger(MqttChannelHandler.class);

  private final Function<BrokerLoop, ConnectionServices> servicesOf;
  private final PacketDecoder decoder;
  private final Function<Channel, BrokerLoop> loopOf;
  private @Nullable ChannelHandlerContext context;
  private @Nullable Connection connection;
  private @Nullable InboundBuffer inbound;
  private boolean decoding;
  private boolean pausedByCongestion;

  MqttChannelHandler(
      Function<Channel, BrokerLoop> loopOf,
      Function<BrokerLoop, ConnectionServices> servicesOf,
      Limits limits) {
    this.loopOf = loopOf;
    this.servicesOf = servicesOf;
    this.decoder = new PacketDecoder(PacketDecoder.Side.SERVER, limits.connectPacketBytes());
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
    ByteBuf read = (ByteBuf) message;
    Connection current = connection;
    InboundBuffer buffer = inbound;
    if (current == null || buffer == null || current.isOver()) {
      read.release();
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
      while (current.takesPackets()) {
        Packet packet = decoder.decode(buffer.bytes());
        if (packet == null) {
          break;
        }
        current.handle(packet);
      }
    } catch (ProtocolException fault) {
      current.onFault(fault);
    } finally {
      decoding = false;
    }
    if (current.isOver()) {
      buffer.discard();
      return;
    }
    buffer.trim();
    if (!current.takesPackets()) {
      pauseReading();
    } else {
      pauseWhileCongested();
    }
  }

  /** Nothing is read while the handshake is undecided: what is read already waits in the buffer. */
  private void pauseReading() {
    if (context != null) {
      context.channel().config().setAutoRead(false);
    }
  }

  private void pauseWhileCongested() {
    ChannelHandlerContext here = context;
    if (here == null || pausedByCongestion) {
      return;
    }
    BrokerLoop loop = loopOf.apply(here.channel());
    if (loop.isCongested()) {
      pausedByCongestion = true;
      here.channel().config().setAutoRead(false);
      loop.whenRelieved(
          () -> {
            pausedByCongestion = false;
            here.channel().config().setAutoRead(true);
          });
    }
  }

  @Override
  public void proceed(int maximumPacketBytes) {
    decoder.maximumPacketSize(maximumPacketBytes);
    ChannelHandlerContext here = context;
    Connection current = connection;
    InboundBuffer buffer = inbound;
    if (here == null || current == null || buffer == null) {
      return;
    }
    here.channel().config().setAutoRead(true);
    decode(current, buffer);
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
              if (!left.isSuccess()) {
                channel.close();
                return;
              }
              target
                  .eventLoop()
                  .register(channel)
                  .addListener(
                      arrived -> {
                        if (arrived.isSuccess()) {
                          target.execute(then);
                        } else {
                          LOG.warn("a connection could not move to {}", target, arrived.cause());
                          channel.unsafe().closeForcibly();
                        }
                      });
            });
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
  public ConnectionServices servicesOf(BrokerLoop loop) {
    return servicesOf.apply(loop);
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext changed) {
    if (connection != null && changed.channel().isWritable()) {
      connection.onWritable();
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext inactive) {
    if (connection != null) {
      connection.onChannelClosed();
    }
    if (inbound != null) {
      inbound.discard();
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext failed, Throwable cause) {
    if (!(cause instanceof IOException)) {
      // Not the network's fault, so it must be seen; the connection alone pays for it.
      LOG.error("a connection failed and is closed", cause);
    }
    failed.close();
  }
}
