package io.noctule.history.mqtt;

import io.noctule.tls.context.ClientTls;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * One connection to a broker, with a session that outlives it. One thread reads; any may
 * acknowledge, and close. Who does not read holds the broker back.
 */
public final class Subscriber implements AutoCloseable {
  private static final Duration CONNECT_PATIENCE = Duration.ofSeconds(10);
  private static final int READ_BYTES = 16 * 1024;

  private final Socket socket;
  private final PacketInput input;
  private final PacketOutput output;
  private final Duration quiet;
  private boolean sessionPresent;
  private boolean pinged;
  private int lastPacketId;

  private Subscriber(Socket socket, int payloadLimit, Duration keepAlive) throws IOException {
    this.socket = socket;
    quiet = keepAlive.dividedBy(2);
    input =
        new PacketInput(new BufferedInputStream(socket.getInputStream(), READ_BYTES), payloadLimit);
    output = new PacketOutput(socket.getOutputStream());
  }

  /**
   * Connects.
   *
   * @param host name or address, which the broker's certificate must have
   * @param tls null for a connection without TLS
   * @param keepAlive how soon either side notices that the other has vanished
   * @param payloadLimit bytes of a payload that are kept
   * @throws IOException where there is no connection, or the broker refuses it: the message tells
   *     why
   */
  public static Subscriber connect(
      String host,
      int port,
      @Nullable ClientTls tls,
      Login login,
      Duration keepAlive,
      int payloadLimit)
      throws IOException {
    var plain = new Socket();
    try {
      plain.connect(new InetSocketAddress(host, port), (int) CONNECT_PATIENCE.toMillis());
      plain.setTcpNoDelay(true);
      plain.setSoTimeout((int) CONNECT_PATIENCE.toMillis());
      var subscriber =
          new Subscriber(tls == null ? plain : secured(plain, tls, host), payloadLimit, keepAlive);
      subscriber.open(login, (int) keepAlive.toSeconds());
      return subscriber;
    } catch (IOException e) {
      plain.close();
      throw e;
    }
  }

  private static SSLSocket secured(Socket plain, ClientTls tls, String host) throws IOException {
    SSLSocket secured = tls.over(plain, host);
    secured.startHandshake();
    return secured;
  }

  private void open(Login login, int keepAliveSeconds) throws IOException {
    output.connect(login, keepAliveSeconds);
    byte[] answer;
    try {
      answer = input.connAck();
    } catch (SocketTimeoutException e) {
      throw new IOException("the broker does not answer", e);
    }
    String refusal =
        switch (answer[1]) {
          case 0 -> "";
          case 1 -> "the broker does not speak MQTT 3.1.1";
          case 2 -> "the broker refuses the client identifier " + login.clientId();
          case 3 -> "the broker is not available";
          case 4 -> "wrong user or password";
          case 5 ->
              login.user() == null
                  ? "not authorized: the broker wants a user (-u)"
                  : "user %s is not authorized, or the password is wrong".formatted(login.user());
          default -> "the broker refuses the connection with code " + answer[1];
        };
    if (!refusal.isEmpty()) {
      throw new IOException(refusal);
    }
    sessionPresent = (answer[0] & 1) != 0;
    socket.setSoTimeout((int) quiet.toMillis());
  }

  /** Whether the broker had a session of this client, with its subscriptions. */
  public boolean sessionPresent() {
    return sessionPresent;
  }

  /** Asks for messages at QoS 1; the answer comes among the packets. */
  public void subscribe(List<String> filters) throws IOException {
    output.subscribe(++lastPacketId, filters);
  }

  /** Asks for messages no longer. */
  public void unsubscribe(List<String> filters) throws IOException {
    output.unsubscribe(++lastPacketId, filters);
  }

  /**
   * Waits for the next packet, and keeps the connection alive meanwhile.
   *
   * @throws IOException where the connection has ended, or the broker has fallen silent
   */
  public Incoming next() throws IOException {
    while (true) {
      keepAlive();
      try {
        Incoming packet = input.next();
        pinged = false;
        return packet;
      } catch (SocketTimeoutException e) {
        if (pinged) {
          throw new IOException("the broker does not answer", e);
        }
        output.ping();
        pinged = true;
      }
    }
  }

  /** To be called now and then by a reader that does not read. */
  public void keepAlive() throws IOException {
    if (System.nanoTime() - output.lastNanos() > quiet.toNanos()) {
      output.ping();
    }
  }

  /** Tells the broker that it may forget these messages. */
  public void acknowledge(List<Integer> packetIds) throws IOException {
    output.acknowledge(packetIds);
  }

  /** Says goodbye where that is still possible, and ends the connection; the session stays. */
  @Override
  public void close() throws IOException {
    try (socket) {
      output.disconnect();
    }
  }
}
