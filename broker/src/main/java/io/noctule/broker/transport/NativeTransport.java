package io.noctule.broker.transport;

import io.netty.channel.IoHandlerFactory;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;

/**
 * How the machine's sockets are reached: epoll on Linux, Java's NIO elsewhere.
 *
 * @param name for the operator
 * @param ioHandler makes the event loops
 * @param serverChannel makes listening sockets
 */
public record NativeTransport(
    String name, IoHandlerFactory ioHandler, Class<? extends ServerChannel> serverChannel) {

  /** The fastest that works here. */
  public static NativeTransport best() {
    return Epoll.isAvailable()
        ? new NativeTransport("epoll", EpollIoHandler.newFactory(), EpollServerSocketChannel.class)
        : new NativeTransport("nio", NioIoHandler.newFactory(), NioServerSocketChannel.class);
  }
}
