package io.noctule.broker.transport;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.handler.ssl.SslHandler;
import io.noctule.broker.connection.ConnectionServices;
import io.noctule.broker.limits.Limits;
import io.noctule.broker.loop.BrokerLoop;
import io.noctule.broker.loop.LoopGroup;
import io.noctule.broker.observe.EventLog;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** An open port. Closing it keeps the connections that it has accepted. */
public final class Listener implements AutoCloseable {
  // A connection counts as unwritable above the high mark and as writable again below the low one.
  private static final WriteBufferWaterMark WATER_MARKS =
      new WriteBufferWaterMark(64 * 1024, 128 * 1024);
  private static final int BACKLOG = 4096;

  /** What listens on the port. */
  public enum Kind {
    /** MQTT right over TCP. */
    TCP,
    /** MQTT in WebSocket frames. */
    WEB_SOCKET,
    /** MQTT over TLS. */
    TLS,
    /** MQTT in WebSocket frames over TLS. */
    WEB_SOCKET_TLS;

    boolean isWebSocket() {
      return this == WEB_SOCKET || this == WEB_SOCKET_TLS;
    }

    boolean isTls() {
      return this == TLS || this == WEB_SOCKET_TLS;
    }
  }

  /**
   * What a listener needs from the broker.
   *
   * @param accepting accepts connections
   * @param serving runs them
   * @param loops the broker's view of {@code serving}
   * @param servicesOf what the connections of a loop work with
   * @param limits in force
   * @param events for the operator
   * @param transport of this machine
   * @param openConnections of all listeners together
   * @param tls of listeners that speak it; null where there are none
   */
  public record Environment(
      EventLoopGroup accepting,
      EventLoopGroup serving,
      LoopGroup loops,
      Function<BrokerLoop, ConnectionServices> servicesOf,
      Limits limits,
      EventLog events,
      NativeTransport transport,
      AtomicInteger openConnections,
      @Nullable TlsSettings tls) {}

  private final Channel channel;

  private Listener(Channel channel) {
    this.channel = channel;
  }

  /**
   * Opens a port. Blocks until it is open.
   *
   * @param host null for all addresses
   * @param port 0 for any free one
   * @throws IOException naming address and port, where it cannot be opened
   */
  public static Listener open(Kind kind, @Nullable String host, int port, Environment environment)
      throws IOException {
    InetSocketAddress address =
        host == null ? new InetSocketAddress(port) : new InetSocketAddress(host, port);
    if (kind.isTls() && environment.tls() == null) {
      throw new IllegalArgumentException("a listener for TLS needs TLS settings");
    }
    if (address.isUnresolved()) {
      throw new IOException("cannot listen on " + host + ":" + port + ": unknown host");
    }
    ServerBootstrap bootstrap =
        new ServerBootstrap()
            .group(environment.accepting(), environment.serving())
            .channel(environment.transport().serverChannel())
            .option(ChannelOption.SO_BACKLOG, BACKLOG)
            .option(ChannelOption.SO_REUSEADDR, true)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childOption(ChannelOption.SO_KEEPALIVE, true)
            // Else a client that sends and closes at once would be cut off in the middle of its
            // handshake.
            .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
            .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, WATER_MARKS)
            .childHandler(
                new ChannelInitializer<>() {
                  @Override
                  protected void initChannel(Channel child) {
                    initialize(child, kind, environment);
                  }
                });
    var bound = bootstrap.bind(address).awaitUninterruptibly();
    if (!bound.isSuccess()) {
      throw new IOException(
          "cannot listen on %s: %s".formatted(describe(host, port), reason(bound.cause())),
          bound.cause());
    }
    return new Listener(bound.channel());
  }

  private static String reason(Throwable cause) {
    String message = String.valueOf(cause.getMessage());
    return message.contains("in use") ? "the port is in use by another program" : message;
  }

  private static String describe(@Nullable String host, int port) {
    return host == null ? "port " + port : host + ":" + port;
  }

  private static void initialize(Channel child, Kind kind, Environment environment) {
    AtomicInteger open = environment.openConnections();
    if (open.incrementAndGet() > environment.limits().connections()) {
      open.decrementAndGet();
      environment
          .events()
          .warn("connection from " + child.remoteAddress() + " refused: the limit is reached");
      child.close();
      return;
    }
    child.closeFuture().addListener(_ -> open.decrementAndGet());
    TlsSettings tls = environment.tls();
    SslHandler security =
        kind.isTls() && tls != null
            ? TlsPipeline.addTo(child.pipeline(), tls, environment.limits())
            : null;
    if (security == null) {
      child.pipeline().addLast("tlsRefusal", new TlsRefusal());
    }
    if (kind.isWebSocket()) {
      WebSocketPipeline.addTo(
          child.pipeline(),
          environment.limits(),
          security == null ? 0 : TlsPipeline.handshakeSeconds(environment.limits()));
    }
    child
        .pipeline()
        .addLast(
            "mqtt",
            new MqttChannelHandler(
                channel -> environment.loops().of(channel.eventLoop()),
                environment.servicesOf(),
                environment.limits(),
                kind,
                security));
  }

  /** The port that is open. */
  public int port() {
    return ((InetSocketAddress) channel.localAddress()).getPort();
  }

  /** The address that is open. */
  public InetSocketAddress address() {
    return (InetSocketAddress) channel.localAddress();
  }

  @Override
  public void close() {
    channel.close().awaitUninterruptibly();
  }
}
