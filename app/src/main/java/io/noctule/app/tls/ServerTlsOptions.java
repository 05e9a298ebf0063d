package io.noctule.app.tls;

import io.noctule.app.command.CommandFailure;
import io.noctule.app.command.DataFolder;
import io.noctule.broker.BrokerConfig;
import io.noctule.broker.transport.ClientCertificates;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Option;

/** The options of a broker that listens for TLS; filled by picocli. */
public final class ServerTlsOptions {
  private static final Logger LOG = LoggerFactory.getLogger(ServerTlsOptions.class);
  private static final int LARGEST_PORT = 65_535;

  @Option(
      names = "--tls-port",
      paramLabel = "N",
      description = "port of MQTT over TLS, usually 8883; 0: any free one (no TLS)")
  private @Nullable Integer tlsPort;

  @Option(
      names = "--wss-port",
      paramLabel = "N",
      description = "port of MQTT over WebSocket over TLS; 0: any free one (no TLS)")
  private @Nullable Integer webSocketTlsPort;

  @Option(
      names = "--cert",
      paramLabel = "FILE",
      description =
          "the broker's certificate and its chain (PEM); needs --key (one of its own, made at the"
              + " first start)")
  private @Nullable Path certificate;

  @Option(
      names = "--key",
      paramLabel = "FILE",
      description =
          "private key of --cert (PEM); its password, if any, in variable "
              + ClientTlsOptions.KEY_PASSWORD_VARIABLE)
  private @Nullable Path key;

  @Option(
      names = "--client-cert",
      paramLabel = "WHICH",
      description =
          "certificates of clients, whose common name becomes the user name: none, optional or"
              + " required (none)")
  private @Nullable String clientCertificates;

  @Option(
      names = "--client-cafile",
      paramLabel = "FILE",
      description =
          "authorities that sign certificates of clients (PEM; the broker's own, see noctule cert)")
  private @Nullable Path clientAuthorities;

  /** Nothing asked for: no TLS. */
  public ServerTlsOptions() {}

  /** Whether a port of TLS is asked for. */
  public boolean isAsked() {
    return tlsPort != null || webSocketTlsPort != null;
  }

  /**
   * Reads or makes the broker's certificate and adds the ports of TLS to its configuration. Logs
   * what clients need.
   *
   * @param environment of the process, for the password of the key
   * @param data the data folder, which is made where it is needed
   * @return keeps the certificate up to date until it is closed; null where no TLS is asked for
   * @throws CommandFailure where the options do not fit together (status 2) or a file cannot be
   *     used (1)
   */
  public @Nullable BrokerTls configure(
      BrokerConfig.Builder config, Map<String, String> environment, Path data) {
    ClientCertificates clients = clientCertificates();
    check(clients);
    if (!isAsked()) {
      return null;
    }
    String password = environment.get(ClientTlsOptions.KEY_PASSWORD_VARIABLE);
    try {
      BrokerTls tls =
          BrokerTls.start(
              new BrokerTls.Files(
                  certificate,
                  key,
                  password == null ? null : password.toCharArray(),
                  clientAuthorities,
                  () -> DataFolder.of(data).create()),
              clients,
              Clock.systemUTC(),
              LOG::info);
      config
          .tls(tls.settings())
          .tlsPort(port("--tls-port", tlsPort))
          .webSocketTlsPort(port("--wss-port", webSocketTlsPort));
      return tls;
    } catch (IOException e) {
      throw new CommandFailure(String.valueOf(e.getMessage()), CommandFailure.FAILED, e);
    }
  }

  private ClientCertificates clientCertificates() {
    return switch (clientCertificates == null
        ? "none"
        : clientCertificates.toLowerCase(Locale.ROOT)) {
      case "none" -> ClientCertificates.NONE;
      case "optional" -> ClientCertificates.OPTIONAL;
      case "required" -> ClientCertificates.REQUIRED;
      default ->
          throw CommandFailure.usage(
              "--client-cert must be none, optional or required, not " + clientCertificates);
    };
  }

  private void check(ClientCertificates clients) {
    if ((certificate == null) != (key == null)) {
      throw CommandFailure.usage(
          "--cert and --key go together: the certificate and its private key");
    }
    if (clientAuthorities != null && clients == ClientCertificates.NONE) {
      throw CommandFailure.usage("--client-cafile needs --client-cert optional or required");
    }
    if (!isAsked() && (certificate != null || clients != ClientCertificates.NONE)) {
      throw CommandFailure.usage(
          "%s needs a port of TLS: --tls-port 8883"
              .formatted(certificate != null ? "--cert" : "--client-cert"));
    }
  }

  private static OptionalInt port(String option, @Nullable Integer value) {
    if (value == null) {
      return OptionalInt.empty();
    }
    if (value < 0 || value > LARGEST_PORT) {
      throw CommandFailure.usage("%s must be from 0 to 65535, not %d".formatted(option, value));
    }
    return OptionalInt.of(value);
  }
}
