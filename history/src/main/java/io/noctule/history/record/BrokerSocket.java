package io.noctule.history.record;

import io.noctule.tls.context.ClientTls;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import javax.net.SocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * The connection that the MQTT client uses: with TLS where it is asked for, made by the project's
 * own rules, and read in chunks, where the client would make several calls of the system for each
 * packet. Only what the client calls is passed on.
 */
final class BrokerSocket extends Socket {
  private static final int READ_BYTES = 16 * 1024;

  private final String host;
  private final @Nullable ClientTls tls;
  private final Socket plain = new Socket();
  private Socket secured = plain;
  private @Nullable InputStream input;

  private BrokerSocket(String host, @Nullable ClientTls tls) {
    this.host = host;
    this.tls = tls;
  }

  /**
   * Makes sockets for one broker.
   *
   * @param host the name that its certificate must have
   * @param tls null for connections without TLS
   */
  static SocketFactory factory(String host, @Nullable ClientTls tls) {
    return new SocketFactory() {
      @Override
      public Socket createSocket() {
        return new BrokerSocket(host, tls);
      }

      @Override
      public Socket createSocket(String toHost, int port) throws IOException {
        throw unconnectedOnly();
      }

      @Override
      public Socket createSocket(String toHost, int port, InetAddress from, int fromPort)
          throws IOException {
        throw unconnectedOnly();
      }

      @Override
      public Socket createSocket(InetAddress toHost, int port) throws IOException {
        throw unconnectedOnly();
      }

      @Override
      public Socket createSocket(InetAddress toHost, int port, InetAddress from, int fromPort)
          throws IOException {
        throw unconnectedOnly();
      }

      private SocketException unconnectedOnly() {
        return new SocketException("makes unconnected sockets only");
      }
    };
  }

  @Override
  public void connect(SocketAddress address, int timeoutMillis) throws IOException {
    plain.connect(address, timeoutMillis);
    plain.setTcpNoDelay(true);
    if (tls != null) {
      plain.setSoTimeout(timeoutMillis);
      var socket = tls.over(plain, host);
      secured = socket;
      socket.startHandshake();
    }
    input = new ChunkedInput(secured.getInputStream());
  }

  @Override
  public InputStream getInputStream() throws IOException {
    if (input == null) {
      throw new SocketException("not connected");
    }
    return input;
  }

  @Override
  public OutputStream getOutputStream() throws IOException {
    return secured.getOutputStream();
  }

  @Override
  public void setSoTimeout(int millis) throws SocketException {
    secured.setSoTimeout(millis);
  }

  @Override
  public void close() throws IOException {
    secured.close();
    plain.close();
  }

  /** Tells what is there without asking the system; the client asks before each packet. */
  private static final class ChunkedInput extends BufferedInputStream {
    private ChunkedInput(InputStream input) {
      super(input, READ_BYTES);
    }

    @Override
    public synchronized int available() {
      return count - pos;
    }
  }
}
