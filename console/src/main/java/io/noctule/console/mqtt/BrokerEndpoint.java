package io.noctule.console.mqtt;

import com.hivemq.client.mqtt.MqttClientSslConfig;
import com.hivemq.client.mqtt.MqttClientTransportConfig;
import io.noctule.tls.context.ClientTls;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.HostnameVerifier;
import org.jspecify.annotations.Nullable;

/**
 * Where the broker listens for MQTT over TCP.
 *
 * @param host name or address; an IPv6 address without brackets
 * @param port 1 to 65535
 * @param tls null for plain TCP
 */
public record BrokerEndpoint(String host, int port, @Nullable ClientTls tls) {
  private static final int MAX_PORT = 65_535;
  private static final int CONNECT_LIMIT_MILLIS = 5_000;

  /** Takes any name, where the certificate alone is to decide. */
  private static final HostnameVerifier ANY_NAME = (_, _) -> true;

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException where one is not valid
   */
  public BrokerEndpoint {
    if (host.isEmpty()) {
      throw new IllegalArgumentException("the broker's host must not be empty");
    }
    if (port < 1 || port > MAX_PORT) {
      throw new IllegalArgumentException(
          "the broker's port must be 1 to 65535, was %d".formatted(port));
    }
  }

  /** A broker over plain TCP. */
  public static BrokerEndpoint plain(String host, int port) {
    return new BrokerEndpoint(host, port, null);
  }

  /** For the client library. */
  MqttClientTransportConfig transport() {
    var config =
        MqttClientTransportConfig.builder()
            .serverHost(host)
            .serverPort(port)
            .socketConnectTimeout(CONNECT_LIMIT_MILLIS, TimeUnit.MILLISECONDS)
            .mqttConnectTimeout(CONNECT_LIMIT_MILLIS, TimeUnit.MILLISECONDS);
    return tls == null ? config.build() : config.sslConfig(ssl(tls)).build();
  }

  private static MqttClientSslConfig ssl(ClientTls tls) {
    var config =
        MqttClientSslConfig.builder()
            .trustManagerFactory(tls.trustManagerFactory())
            .keyManagerFactory(tls.keyManagerFactory())
            .protocols(tls.protocols())
            .cipherSuites(tls.cipherSuites());
    return tls.checksHostName() ? config.build() : config.hostnameVerifier(ANY_NAME).build();
  }

  /**
   * A connection of bytes.
   *
   * @throws IOException where there is none to be had within five seconds
   */
  public Socket connect() throws IOException {
    var socket = new Socket();
    try {
      socket.connect(new InetSocketAddress(host, port), CONNECT_LIMIT_MILLIS);
      socket.setTcpNoDelay(true);
      if (tls == null) {
        return socket;
      }
      socket.setSoTimeout(CONNECT_LIMIT_MILLIS);
      var secure = tls.over(socket, host);
      secure.startHandshake();
      secure.setSoTimeout(0);
      return secure;
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  /** {@code HOST:PORT}, an IPv6 address in brackets. */
  @Override
  public String toString() {
    return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
  }
}
