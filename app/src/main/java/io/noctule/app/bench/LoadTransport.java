package io.noctule.app.bench;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFactory;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.concurrent.TimeUnit;

/**
 * The one event loop of the generator, so that it can be pinned to one core: epoll where there is,
 * NIO else.
 *
 * @param group of one thread
 * @param channelFactory makes sockets for it
 */
record LoadTransport(EventLoopGroup group, ChannelFactory<? extends Channel> channelFactory)
    implements AutoCloseable {
  private static final long CLOSE_MILLIS = 2000;

  static LoadTransport open() {
    var threads = new DefaultThreadFactory("bench", true);
    return Epoll.isAvailable()
        ? new LoadTransport(
            new MultiThreadIoEventLoopGroup(1, threads, EpollIoHandler.newFactory()),
            EpollSocketChannel::new)
        : new LoadTransport(
            new MultiThreadIoEventLoopGroup(1, threads, NioIoHandler.newFactory()),
            NioSocketChannel::new);
  }

  @Override
  public void close() {
    group
        .shutdownGracefully(0, CLOSE_MILLIS, TimeUnit.MILLISECONDS)
        .awaitUninterruptibly(CLOSE_MILLIS);
  }
}
