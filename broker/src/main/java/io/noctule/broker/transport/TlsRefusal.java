package io.noctule.broker.transport;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.DecoderException;

/**
 * The first handler of a port without TLS: says what is wrong where a client begins with TLS, since
 * the decoders behind it would complain of details. Leaves with the first bytes.
 */
final class TlsRefusal extends ChannelInboundHandlerAdapter {
  private static final int HANDSHAKE_RECORD = 22;
  private static final int MAJOR_VERSION = 3;

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (message instanceof ByteBuf first && isHandshake(first)) {
      first.release();
      context.fireExceptionCaught(
          new DecoderException(
              "the client speaks TLS, and this port does not: let it connect to the port of TLS"));
      return;
    }
    context.pipeline().remove(this);
    context.fireChannelRead(message);
  }

  /** Neither an MQTT packet nor an HTTP request begins like that. */
  private static boolean isHandshake(ByteBuf first) {
    return first.readableBytes() >= 2
        && first.getUnsignedByte(first.readerIndex()) == HANDSHAKE_RECORD
        && first.getUnsignedByte(first.readerIndex() + 1) == MAJOR_VERSION;
  }
}
