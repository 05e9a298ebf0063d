package io.noctule.broker.transport;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/**
 * Closes a connection that sends more than HTTP upgrade and CONNECT can take before it is accepted.
 * A WebSocket frame may be as large as the largest packet; without this a stranger could have the
 * broker gather one.
 */
final class StrangerLimit extends ChannelInboundHandlerAdapter {
  /** In the pipeline; taken out when the client is accepted. */
  static final String NAME = "strangerLimit";

  private long bytesLeft;

  StrangerLimit(long maximumBytes) {
    bytesLeft = maximumBytes;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (message instanceof ByteBuf bytes) {
      bytesLeft -= bytes.readableBytes();
      if (bytesLeft < 0) {
        bytes.release();
        context.close();
        return;
      }
    }
    context.fireChannelRead(message);
  }
}
