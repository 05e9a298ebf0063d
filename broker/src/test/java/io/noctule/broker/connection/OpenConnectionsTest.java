package io.noctule.broker.connection;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.noctule.broker.BrokerParts;
import io.noctule.broker.TestLimits;
import io.noctule.broker.loop.BrokerLoop;
import io.noctule.broker.loop.Counter;
import io.noctule.protocol.packet.ReasonCode;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class OpenConnectionsTest {
  private static final int CONNECT_TIMEOUT_SECONDS = 10;

  private final ChannelHandler handler = new ChannelInboundHandlerAdapter();
  private final EmbeddedChannel channel = new EmbeddedChannel(handler);
  private final BrokerParts parts = BrokerParts.on(channel, TestLimits.DEFAULT.build());
  private final ConnectionServices services = parts.connections(0);
  private final OpenConnections open = services.open();

  /** A channel that nobody reads from. */
  private final class Idle implements Transport {
    @Override
    public SocketAddress remoteAddress() {
      return InetSocketAddress.createUnresolved("client", 1);
    }

    @Override
    public void proceed(int maximumPacketBytes) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void moveTo(BrokerLoop target, Runnable then) {
      throw new UnsupportedOperationException();
    }

    @Override
    public @Nullable String certificateName() {
      return null;
    }

    @Override
    public @Nullable String origin() {
      return null;
    }

    @Override
    public void finish() {}

    @Override
    public ConnectionServices servicesOf(BrokerLoop loop) {
      return services;
    }
  }

  private final Logger events = (Logger) LoggerFactory.getLogger("io.noctule.broker.events");

  @BeforeEach
  void expectEvents() {
    events.setLevel(Level.OFF);
  }

  @AfterEach
  void restoreLog() {
    events.setLevel(null);
  }

  private Connection connection() {
    return new Connection(channel.pipeline().context(handler), new Idle(), services);
  }

  private static void close(Connection connection) {
    connection.close(ReasonCode.SUCCESS, "the test wants it");
  }

  @Test
  void everyConnectionIsThereUntilItIsClosed() {
    List<Connection> all = List.of(connection(), connection(), connection(), connection());
    assertThat(open.size()).isEqualTo(4);
    close(all.get(1));
    close(all.get(1));
    close(all.get(3));
    List<Connection> left = new ArrayList<>();
    open.forEach(left::add);

    assertThat(left).containsExactlyInAnyOrder(all.get(0), all.get(2));
    close(all.get(0));
    close(all.get(2));
    assertThat(open.size()).isZero();
    assertThat(parts.count(Counter.CONNECTIONS_OPENED)).isEqualTo(4);
    assertThat(parts.count(Counter.CONNECTIONS_CLOSED)).isEqualTo(4);
  }

  @Test
  void aConnectionThatIsOnItsWayToAnotherLoopIsLeftAlone() {
    Connection moving = connection();
    Connection staying = connection();
    moving.leavingLoop();
    open.remove(moving);
    assertThat(open.size()).isOne();
    assertThat(moving.openIndex()).isEqualTo(Connection.NOT_OPEN);
    moving.movedTo(services);
    assertThat(open.size()).isEqualTo(2);
    close(staying);
    close(moving);

    assertThat(open.size()).isZero();
  }

  @Test
  void connectionsMayCloseWhileTheyAreCalled() {
    for (int i = 0; i < 5; i++) {
      connection();
    }
    open.forEach(OpenConnectionsTest::close);

    assertThat(open.size()).isZero();
  }

  @Test
  void whoSendsNoConnectPacketInTimeIsClosed() {
    open.start(services.sessions().loop());
    Connection early = connection();
    parts.loops().advance(1, TimeUnit.SECONDS);
    Connection late = connection();
    for (int second = 1; second < CONNECT_TIMEOUT_SECONDS; second++) {
      parts.loops().advance(1, TimeUnit.SECONDS);
    }
    assertThat(early.isOver()).isFalse();
    parts.loops().advance(1, TimeUnit.SECONDS);
    assertThat(early.isOver()).isTrue();
    assertThat(late.isOver()).isFalse();
    parts.loops().advance(1, TimeUnit.SECONDS);

    assertThat(late.isOver()).isTrue();
    assertThat(open.size()).isZero();
  }

  @Test
  void severalMayCloseInOneLook() {
    open.start(services.sessions().loop());
    for (int i = 0; i < 5; i++) {
      connection();
    }
    for (int second = 0; second <= CONNECT_TIMEOUT_SECONDS; second++) {
      parts.loops().advance(1, TimeUnit.SECONDS);
    }

    assertThat(open.size()).isZero();
  }
}
