package io.noctule.broker.transport;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolConfig;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolHandler;
import io.noctule.broker.limits.Limits;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/** The handlers that make a WebSocket out of a TCP connection [MQTT-6.0.0-3] [MQTT-6.0.0-4]. */
final class WebSocketPipeline {
  private static final String SUBPROTOCOLS = "mqtt,mqttv3.1";
  private static final int LARGEST_REQUEST_BYTES = 16 * 1024;
  // One read more than is needed, with what a client sends behind its CONNECT.
  private static final long READ_AHEAD_BYTES = 64 * 1024;
  private static final long HANDSHAKE_TIMEOUT_MILLIS = 10_000;

  private WebSocketPipeline() {}

  /**
   * Adds them.
   *
   * @param secondsBefore how long something else may take before the first byte comes here
   */
  static void addTo(ChannelPipeline pipeline, Limits limits, long secondsBefore) {
    WebSocketServerProtocolConfig config =
        WebSocketServerProtocolConfig.newBuilder()
            .websocketPath("/")
            .checkStartsWith(true)
            .subprotocols(SUBPROTOCOLS)
            .handshakeTimeoutMillis(
                HANDSHAKE_TIMEOUT_MILLIS + TimeUnit.SECONDS.toMillis(secondsBefore))
            .maxFramePayloadLength(limits.maximumPacketBytes())
            .build();
    pipeline.addLast(
        StrangerLimit.NAME,
        new StrangerLimit(limits.connectPacketBytes() + LARGEST_REQUEST_BYTES + READ_AHEAD_BYTES));
    pipeline.addLast("http", new HttpServerCodec());
    pipeline.addLast("httpRequest", new HttpObjectAggregator(LARGEST_REQUEST_BYTES));
    pipeline.addLast("notWebSocket", new NotWebSocket());
    pipeline.addLast("pings", new Pings());
    pipeline.addLast("webSocket", new WebSocketServerProtocolHandler(config));
    pipeline.addLast("frames", new WebSocketCodec());
  }

  /** Answers pings, as long as the client reads the answers; RFC 6455, 5.5.3 lets the others go. */
  private static final class Pings extends ChannelInboundHandlerAdapter {
    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      if (!(message instanceof PingWebSocketFrame ping)) {
        context.fireChannelRead(message);
      } else if (context.channel().isWritable()) {
        context.writeAndFlush(new PongWebSocketFrame(ping.content()));
      } else {
        ping.release();
      }
    }
  }

  /** A browser that is pointed at the port gets a word rather than a hanging page. */
  private static final class NotWebSocket extends SimpleChannelInboundHandler<FullHttpRequest> {
    @Override
    protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
      if (request.method().equals(HttpMethod.GET)
          && request.uri().startsWith("/")
          && request
              .headers()
              .containsValue(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET, true)) {
        context.pipeline().remove(this);
        context.fireChannelRead(request.retain());
        return;
      }
      DefaultFullHttpResponse response =
          new DefaultFullHttpResponse(
              HttpVersion.HTTP_1_1,
              HttpResponseStatus.UPGRADE_REQUIRED,
              Unpooled.copiedBuffer(
                  "This port speaks MQTT over WebSocket (subprotocol mqtt).\n",
                  StandardCharsets.UTF_8));
      response
          .headers()
          .set(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET)
          .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE)
          .set(HttpHeaderNames.CONTENT_TYPE, "text/plain; charset=utf-8")
          .setInt(HttpHeaderNames.CONTENT_LENGTH, response.content().readableBytes());
      context.writeAndFlush(response).addListener(ChannelFutureListener.CLOSE);
    }
  }
}
