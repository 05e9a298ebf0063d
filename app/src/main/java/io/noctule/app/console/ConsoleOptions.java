package io.noctule.app.console;

import io.noctule.app.command.CommandFailure;
import io.noctule.console.ConsoleConfig;
import io.noctule.console.ConsoleService;
import io.noctule.console.mqtt.BrokerCredentials;
import io.noctule.console.mqtt.BrokerEndpoint;
import io.noctule.console.session.People;
import io.noctule.history.query.History;
import io.noctule.tls.context.ServerTls;
import io.noctule.tls.pem.Identity;
import io.noctule.tls.pem.PemException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where a console listens; filled by picocli. */
public final class ConsoleOptions {
  private static final int LARGEST_PORT = 65_535;

  @Option(
      names = "--http",
      paramLabel = "N",
      description = "port of the console's page; 0: any free one (8080)")
  private @Nullable Integer port;

  @Option(
      names = "--http-host",
      paramLabel = "ADDRESS",
      description = "address that the console listens on; 0.0.0.0: all (${DEFAULT-VALUE})")
  private String host = ConsoleConfig.LOOPBACK;

  @Option(
      names = "--allow-host",
      paramLabel = "NAME",
      description =
          "a name by which a proxy on this machine calls the console; repeatable (localhost)")
  private List<String> allowedHosts = new ArrayList<>();

  @Option(
      names = "--http-cert",
      paramLabel = "FILE",
      description = "certificate of the console, which then speaks HTTPS (PEM); needs --http-key")
  private @Nullable Path certificate;

  @Option(
      names = "--http-key",
      paramLabel = "FILE",
      description = "private key of --http-cert (PEM, not encrypted)")
  private @Nullable Path key;

  /** Nothing asked for: port 8080 on loopback. */
  public ConsoleOptions() {}

  /** Whether a port was asked for, so that no other will do. */
  public boolean choosesPort() {
    return port != null;
  }

  /**
   * Starts a console.
   *
   * @param history null where nothing is recorded
   * @throws CommandFailure where an option has no sense (status 2) or the port cannot be opened (1)
   */
  public ConsoleService start(
      BrokerEndpoint broker,
      BrokerCredentials credentials,
      People people,
      @Nullable History history) {
    return start(broker, credentials, people, history, port == null ? ConsoleConfig.PORT : port);
  }

  /** Starts a console on a port in place of the one asked for; 0 for any free one. */
  public ConsoleService start(
      BrokerEndpoint broker,
      BrokerCredentials credentials,
      People people,
      @Nullable History history,
      int httpPort) {
    if (httpPort < 0 || httpPort > LARGEST_PORT) {
      throw CommandFailure.usage("--http must be from 0 to 65535, not " + httpPort);
    }
    var names = new HashSet<String>();
    allowedHosts.forEach(name -> names.add(name.toLowerCase(Locale.ROOT)));
    ConsoleConfig config =
        ConsoleConfig.of(broker, credentials, people)
            .listeningOn(host, httpPort)
            .withAllowedHosts(names)
            .withHistory(history);
    if (certificate != null || key != null) {
      config = config.withTls(tls());
    }
    try {
      return ConsoleService.start(config);
    } catch (IOException e) {
      throw new CommandFailure(String.valueOf(e.getMessage()), CommandFailure.FAILED, e);
    }
  }

  private SSLContext tls() {
    if (certificate == null || key == null) {
      throw CommandFailure.usage(
          "--http-cert and --http-key go together: the certificate and its private key");
    }
    try {
      return ServerTls.context(Identity.read(certificate, key, null), null);
    } catch (PemException e) {
      throw new CommandFailure(String.valueOf(e.getMessage()), CommandFailure.FAILED, e);
    }
  }

  /** Tells a person where the page is, and how to log in first where nobody can yet. */
  public void introduce(ConsoleService console, PrintStream out) {
    if (certificate == null && !console.listensOnLoopback()) {
      out.println(
          "warning: passwords cross the network unencrypted: --http-cert and --http-key turn HTTPS"
              + " on");
    }
    console
        .setupLink()
        .ifPresentOrElse(
            link -> out.printf("console: open %s to make the first login%n", link),
            () -> out.printf("console: %s%n", console.address()));
  }
}
