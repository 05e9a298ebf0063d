package io.noctule.broker;

import io.noctule.broker.access.Authenticator;
import io.noctule.broker.access.Authorizer;
import io.noctule.broker.access.BrokerTopicsReserved;
import io.noctule.broker.access.LocalClientsOnly;
import io.noctule.broker.access.OpenAccess;
import io.noctule.broker.limits.Limits;
import io.noctule.broker.loop.Ticker;
import io.noctule.broker.transport.TlsSettings;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * What a broker is started with. Immutable.
 *
 * @param host the address to listen on; null for all
 * @param port for MQTT over TCP; 0 for any free one
 * @param webSocketPort for MQTT over WebSocket; empty for none, 0 for any free one
 * @param tlsPort for MQTT over TLS; empty for none, 0 for any free one
 * @param webSocketTlsPort for MQTT over WebSocket over TLS; empty for none, 0 for any free one
 * @param tls of these two; null where there is neither
 * @param loops event loops, at least 1
 * @param authenticator decides who may connect
 * @param authorizer decides on topics
 * @param limits every bound
 * @param ticker the broker's time
 * @param version of the program, for {@code $SYS/broker/version}
 * @param sysIntervalSeconds how often the {@code $SYS} topics are published; 0: never
 */
public record BrokerConfig(
    @Nullable String host,
    int port,
    OptionalInt webSocketPort,
    OptionalInt tlsPort,
    OptionalInt webSocketTlsPort,
    @Nullable TlsSettings tls,
    int loops,
    Authenticator authenticator,
    Authorizer authorizer,
    Limits limits,
    Ticker ticker,
    String version,
    int sysIntervalSeconds) {

  private static final int HIGHEST_PORT = 65_535;

  /** The port that MQTT has with IANA. */
  public static final int MQTT_PORT = 1883;

  /** The port that MQTT over TLS has with IANA. */
  public static final int MQTT_TLS_PORT = 8883;

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException naming the field, the value and the range
   */
  public BrokerConfig {
    requirePort("port", port);
    webSocketPort.ifPresent(value -> requirePort("webSocketPort", value));
    tlsPort.ifPresent(value -> requirePort("tlsPort", value));
    webSocketTlsPort.ifPresent(value -> requirePort("webSocketTlsPort", value));
    if (tls == null && (tlsPort.isPresent() || webSocketTlsPort.isPresent())) {
      throw new IllegalArgumentException(
          "tlsPort and webSocketTlsPort need tls: the certificate to show");
    }
    if (loops < 1) {
      throw new IllegalArgumentException("loops must be at least 1, was " + loops);
    }
    if (sysIntervalSeconds < 0) {
      throw new IllegalArgumentException(
          "sysIntervalSeconds must be at least 0, was " + sysIntervalSeconds);
    }
  }

  private static void requirePort(String name, int value) {
    if (value < 0 || value > HIGHEST_PORT) {
      throw new IllegalArgumentException(
          "%s must be 0 to %d, was %d".formatted(name, HIGHEST_PORT, value));
    }
  }

  /** All defaults: port 1883 on all addresses, clients of this machine only. */
  public static Builder builder() {
    return new Builder();
  }

  /** Collects what differs from the defaults. */
  public static final class Builder {
    private @Nullable String host;
    private int port = MQTT_PORT;
    private OptionalInt webSocketPort = OptionalInt.empty();
    private OptionalInt tlsPort = OptionalInt.empty();
    private OptionalInt webSocketTlsPort = OptionalInt.empty();
    private @Nullable TlsSettings tls;
    private int loops = Runtime.getRuntime().availableProcessors();
    private @Nullable Authenticator authenticator;
    private Authorizer authorizer = new BrokerTopicsReserved();
    private Limits limits = Limits.defaults();
    private Ticker ticker = Ticker.SYSTEM;
    private String version = "development";
    private int sysIntervalSeconds = 10;

    private Builder() {}

    /** The address to listen on; null for all. */
    public Builder host(@Nullable String value) {
      host = value;
      return this;
    }

    /** The port for MQTT over TCP; 0 for any free one. */
    public Builder port(int value) {
      port = value;
      return this;
    }

    /** The port for MQTT over WebSocket; 0 for any free one. */
    public Builder webSocketPort(int value) {
      webSocketPort = OptionalInt.of(value);
      return this;
    }

    /** The port for MQTT over WebSocket; empty for none. */
    public Builder webSocketPort(OptionalInt value) {
      webSocketPort = value;
      return this;
    }

    /** The port for MQTT over TLS; empty for none, 0 for any free one. Needs {@link #tls}. */
    public Builder tlsPort(OptionalInt value) {
      tlsPort = value;
      return this;
    }

    /**
     * The port for MQTT over WebSocket over TLS; empty for none, 0 for any free one. Needs {@link
     * #tls}.
     */
    public Builder webSocketTlsPort(OptionalInt value) {
      webSocketTlsPort = value;
      return this;
    }

    /** The certificate of the TLS ports, and what is asked of clients. */
    public Builder tls(@Nullable TlsSettings value) {
      tls = value;
      return this;
    }

    /** How many event loops run connections. */
    public Builder loops(int value) {
      loops = value;
      return this;
    }

    /** Whether everybody is let in rather than clients of this machine only. */
    public Builder open(boolean value) {
      authenticator = value ? new OpenAccess() : null;
      return this;
    }

    /** Who decides who may connect. */
    public Builder authenticator(Authenticator value) {
      authenticator = value;
      return this;
    }

    /** Who decides on topics. */
    public Builder authorizer(Authorizer value) {
      authorizer = value;
      return this;
    }

    /** Every bound. */
    public Builder limits(Limits value) {
      limits = value;
      return this;
    }

    /** The broker's time. */
    public Builder ticker(Ticker value) {
      ticker = value;
      return this;
    }

    /** The program's version, as {@code $SYS/broker/version} tells it. */
    public Builder version(String value) {
      version = value;
      return this;
    }

    /** How often the {@code $SYS} topics are published, in seconds; 0: never. Default: 10. */
    public Builder sysIntervalSeconds(int value) {
      sysIntervalSeconds = value;
      return this;
    }

    /**
     * The configuration.
     *
     * @throws IllegalArgumentException naming the field, the value and the range
     */
    public BrokerConfig build() {
      return new BrokerConfig(
          host,
          port,
          webSocketPort,
          tlsPort,
          webSocketTlsPort,
          tls,
          loops,
          authenticator == null ? new LocalClientsOnly() : authenticator,
          authorizer,
          limits,
          ticker,
          version,
          sysIntervalSeconds);
    }
  }
}
