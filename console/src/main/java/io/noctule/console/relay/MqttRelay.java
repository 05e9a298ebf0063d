package io.noctule.console.relay;

import io.helidon.common.buffers.BufferData;
import io.helidon.http.Headers;
import io.helidon.http.HttpPrologue;
import io.helidon.websocket.WsListener;
import io.helidon.websocket.WsSession;
import io.helidon.websocket.WsUpgradeException;
import io.noctule.console.mqtt.BrokerCredentials;
import io.noctule.console.mqtt.BrokerEndpoint;
import io.noctule.console.session.Login;
import io.noctule.console.session.LoginSession;
import io.noctule.console.session.Sessions;
import io.noctule.protocol.codec.ProtocolException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One page's MQTT connection: its bytes go to the broker and the broker's to it, but for the
 * CONNECT packet, which gets the person's credentials.
 *
 * <p>Each way has a thread that reads, writes and only then reads again, so that a slow reader on
 * one end slows down the other; nothing is kept but one buffer of {@value #BUFFER_BYTES} bytes, and
 * the page's one frame. The server's thread of the connection carries the page's bytes, one of ours
 * the broker's, and another waits for the end.
 */
final class MqttRelay implements WsListener {
  private static final Logger LOG = LoggerFactory.getLogger(MqttRelay.class);

  private static final int BUFFER_BYTES = 16 * 1024;
  private static final Duration CONNECT_LIMIT = Duration.ofSeconds(10);
  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(2);

  private static final String NO_LONGER = "no longer an administrator";

  private static final int NORMAL = 1000;
  private static final int NOT_ACCEPTABLE = 1003;
  private static final int POLICY = 1008;
  private static final int TRY_AGAIN = 1013;

  private final BrokerEndpoint endpoint;
  private final BrokerCredentials credentials;
  private final Login login;
  private final Sessions sessions;
  private final RelayLimits limits;
  private final CountDownLatch connected = new CountDownLatch(1);
  private final AtomicBoolean ended = new AtomicBoolean();

  /** One object, so that it can be taken back. */
  private final Runnable loginEnded = this::loginEnded;

  private volatile @Nullable LoginSession session;
  private volatile @Nullable WsSession page;
  private volatile @Nullable Thread pageThread;
  private volatile @Nullable Socket broker;

  /** Of the page's thread; null once the packet was sent. */
  private @Nullable ConnectRewriter connect;

  MqttRelay(
      BrokerEndpoint endpoint,
      BrokerCredentials credentials,
      Login login,
      Sessions sessions,
      RelayLimits limits) {
    this.endpoint = endpoint;
    this.credentials = credentials;
    this.login = login;
    this.sessions = sessions;
    this.limits = limits;
  }

  @Override
  public Optional<Headers> onHttpUpgrade(HttpPrologue prologue, Headers headers) {
    LoginSession found =
        login.find(headers).orElseThrow(() -> new WsUpgradeException("the login has just ended"));
    // The gate has asked, but goes by the path as it is written.
    if (!RelayGate.admits(credentials, found)) {
      throw new WsUpgradeException("only administrators may use the account for all");
    }
    session = found;
    return Optional.of(RelayGate.answer());
  }

  @Override
  public void onOpen(WsSession opened) {
    LoginSession login = required(session);
    if (!limits.enters(login)) {
      opened.close(TRY_AGAIN, "too many connections of pages");
      opened.terminate();
      return;
    }
    page = opened;
    pageThread = Thread.currentThread();
    connect =
        new ConnectRewriter(login.person().name(), () -> credentials.forPerson(login.person()));
    Thread.ofVirtual().name("noctule-relay-end").start(() -> awaitEnd(Thread.currentThread()));
    login.onEnd(loginEnded);
  }

  @Override
  public void onMessage(WsSession from, String text, boolean last) {
    from.close(NOT_ACCEPTABLE, "MQTT needs binary frames");
    end();
  }

  @Override
  public void onMessage(WsSession from, BufferData buffer, boolean last) {
    byte[] bytes = new byte[buffer.available()];
    int _ = buffer.read(bytes, 0, bytes.length);
    LoginSession login = required(session);
    sessions.use(login);
    if (!RelayGate.admits(credentials, login)) {
      endSoon(NO_LONGER);
      return;
    }
    try {
      if (connect == null) {
        send(bytes);
      } else {
        begin(connect, from, bytes);
      }
    } catch (ProtocolException e) {
      from.close(POLICY, e.getMessage());
      end();
    } catch (IOException e) {
      LOG.debug("console: a relay to {} ended", endpoint, e);
      from.close(TRY_AGAIN, "no connection to the broker");
      end();
    }
  }

  private void send(byte[] bytes) throws IOException {
    Socket to = broker;
    if (to == null) {
      throw new IOException("the relay has ended");
    }
    to.getOutputStream().write(bytes);
  }

  private void begin(ConnectRewriter rewriter, WsSession from, byte[] bytes)
      throws IOException, ProtocolException {
    Optional<byte[]> first = rewriter.take(bytes);
    if (first.isEmpty()) {
      return;
    }
    connect = null;
    Socket to = endpoint.connect();
    broker = to;
    if (ended.get()) {
      to.close();
      return;
    }
    connected.countDown();
    to.getOutputStream().write(first.get());
    Thread.ofVirtual().name("noctule-relay").start(() -> carryToPage(to, from));
  }

  private void carryToPage(Socket from, WsSession to) {
    byte[] buffer = new byte[BUFFER_BYTES];
    try (InputStream in = from.getInputStream()) {
      for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
        if (!RelayGate.admits(credentials, required(session))) {
          endSoon(NO_LONGER);
          return;
        }
        to.send(BufferData.create(Arrays.copyOf(buffer, length)), true);
      }
      to.close(NORMAL, "the broker has closed the connection");
    } catch (IOException | RuntimeException e) {
      // Either end has gone, which is how connections end; the other is closed next.
      LOG.debug("console: a relay from {} ended", endpoint, e);
      if (!ended.get()) {
        endSoon("no connection to the broker");
      }
    } finally {
      end();
    }
  }

  /** Helidon does not tell where the page goes without a word, but its thread then ends. */
  private void awaitEnd(Thread self) {
    Thread served = required(pageThread);
    try {
      if (!connected.await(CONNECT_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
        endSoon("no CONNECT packet within %d s".formatted(CONNECT_LIMIT.toSeconds()));
      }
      served.join();
    } catch (InterruptedException _) {
      self.interrupt();
    } finally {
      end();
      LoginSession login = required(session);
      login.forget(loginEnded);
      limits.leaves(login);
    }
  }

  @Override
  public void onClose(WsSession closed, int status, String reason) {
    end();
  }

  @Override
  public void onError(WsSession failed, Throwable failure) {
    LOG.debug("console: a relay failed", failure);
    end();
  }

  private void loginEnded() {
    endSoon("the login has ended");
  }

  /** Closes the broker's end; its thread sees to the rest. Any thread. */
  private void end() {
    ended.set(true);
    connected.countDown();
    Socket to = broker;
    if (to != null) {
      try {
        to.close();
      } catch (IOException e) {
        LOG.debug("console: closing a relay failed", e);
      }
    }
  }

  /** Closes both ends without waiting for either. */
  private void endSoon(String reason) {
    Thread.ofVirtual().name("noctule-relay-close").start(() -> endNow(reason));
  }

  /**
   * Closes the broker's end, and the page's politely where it still reads. One that does not holds
   * up the polite way, and is cut off.
   */
  private void endNow(String reason) {
    end();
    WsSession to = required(page);
    Thread served = required(pageThread);
    Thread polite = Thread.ofVirtual().start(() -> closePolitely(to, reason));
    try {
      var _ = polite.join(CLOSE_LIMIT) && served.join(CLOSE_LIMIT);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } finally {
      // Closes the socket, and so frees whoever waits for it.
      served.interrupt();
    }
  }

  private static void closePolitely(WsSession to, String reason) {
    try {
      to.close(POLICY, reason);
    } catch (RuntimeException e) {
      LOG.debug("console: a page was gone before it was told", e);
    }
  }

  private static <T> T required(@Nullable T value) {
    if (value == null) {
      throw new IllegalStateException("the relay is not open");
    }
    return value;
  }
}
