package io.noctule.broker.connection;

import io.netty.util.NetUtil;
import io.noctule.broker.loop.BrokerLoop;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/** What a connection asks of the channel that carries it. On the channel's loop. */
public interface Transport {
  /** Where the client is. */
  SocketAddress remoteAddress();

  /** The same for a person: host and port where there are such. */
  default String remoteText() {
    return remoteAddress() instanceof InetSocketAddress remote
        ? NetUtil.toSocketAddressString(remote)
        : String.valueOf(remoteAddress());
  }

  /** The common name of the client's TLS certificate; null where it has none. */
  @Nullable String certificateName();

  /** The origin that a browser has told of the page that connects; null where it told none. */
  @Nullable String origin();

  /**
   * The handshake is over: packets up to this size are read from now on, those already read first.
   */
  void proceed(int maximumPacketBytes);

  /**
   * Moves the channel to another loop.
   *
   * @param then run on that loop, not at all where the channel was closed on the way
   */
  void moveTo(BrokerLoop target, Runnable then);

  /**
   * Ends our side: nothing more is sent or taken. Closing at once would take the last packet from a
   * client that is still sending, since its bytes would be answered by a reset; so the output ends
   * first, and what still comes is read and thrown away for a moment. A client that does not read
   * is not waited for.
   */
  void finish();

  /** What connections on another loop work with. */
  ConnectionServices servicesOf(BrokerLoop loop);
}
