package io.noctule.broker.transport;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.MessageToMessageCodec;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import java.util.List;

/**
 * Binary frames to bytes and back. Packets and frames are not aligned [MQTT-6.0.0-2]; text frames
 * close the connection [MQTT-6.0.0-1].
 */
final class WebSocketCodec extends MessageToMessageCodec<WebSocketFrame, ByteBuf> {

  private boolean closing;

  WebSocketCodec() {
    super(WebSocketFrame.class, ByteBuf.class);
  }

  @Override
  protected void encode(ChannelHandlerContext context, ByteBuf bytes, List<Object> out) {
    if (bytes.isReadable()) {
      out.add(new BinaryWebSocketFrame(bytes.retain()));
    } else {
      out.add(bytes.retain()); // A marker whose promise tells that all before it is written.
    }
  }

  @Override
  protected void decode(ChannelHandlerContext context, WebSocketFrame frame, List<Object> out) {
    if (closing) {
      return;
    }
    switch (frame) {
      case BinaryWebSocketFrame binary -> out.add(binary.content().retain());
      case ContinuationWebSocketFrame more -> out.add(more.content().retain());
      case TextWebSocketFrame _ -> {
        closing = true;
        context
            .writeAndFlush(
                new CloseWebSocketFrame(
                    WebSocketCloseStatus.INVALID_MESSAGE_TYPE, "MQTT needs binary frames"))
            .addListener(ChannelFutureListener.CLOSE);
      }
      default -> {} // Ping, pong and close are answered before they come here.
    }
  }
}
