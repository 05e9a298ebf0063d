package io.noctule.app.tls;

import io.noctule.broker.transport.ClientCertificates;
import io.noctule.broker.transport.TlsSettings;
import io.noctule.tls.authority.LocalCertificates;
import io.noctule.tls.authority.LocalNames;
import io.noctule.tls.context.ServerTls;
import io.noctule.tls.context.Trust;
import io.noctule.tls.pem.CertificateFacts;
import io.noctule.tls.pem.Identity;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * The certificate that a broker shows. Once an hour it looks whether there is a newer one: files
 * that somebody has renewed, or its own, which it renews itself; new connections get it without a
 * restart.
 */
public final class BrokerTls implements AutoCloseable {
  private static final String FOLDER = "tls";
  private static final int LOOK_AGAIN_HOURS = 1;

  private final Files files;
  private final ClientCertificates clients;
  private final Clock clock;
  private final Consumer<String> tell;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("noctule-certificates").daemon().factory());

  // Read by event loops, written by the timer.
  private volatile SSLContext context;

  // Of the timer, and of the thread that starts it.
  private Identity identity;
  private @Nullable String toldProblem;

  /**
   * Where certificates come from.
   *
   * @param certificate of the broker, with its chain; null: its own is made
   * @param key of the certificate
   * @param keyPassword null where the key is not encrypted
   * @param clientAuthorities sign certificates of clients; null: the broker's own authority
   * @param data the data folder, asked for where something of its own is needed
   */
  @SuppressWarnings("ArrayRecordComponent") // A secret that is used, never compared.
  record Files(
      @Nullable Path certificate,
      @Nullable Path key,
      char @Nullable [] keyPassword,
      @Nullable Path clientAuthorities,
      Supplier<Path> data) {
    LocalCertificates own(Clock clock) throws IOException {
      return LocalCertificates.open(folder(data.get()), clock);
    }

    Identity identity(Clock clock) throws IOException {
      return certificate == null || key == null
          ? own(clock).server(LocalNames.current())
          : Identity.read(certificate, key, keyPassword);
    }

    Trust clients(Clock clock) throws IOException {
      return Trust.file(clientAuthorities == null ? own(clock).authorityFile() : clientAuthorities);
    }
  }

  private BrokerTls(
      Files files,
      ClientCertificates clients,
      Clock clock,
      Consumer<String> tell,
      Identity identity)
      throws IOException {
    this.files = files;
    this.clients = clients;
    this.clock = clock;
    this.tell = tell;
    this.identity = identity;
    this.context = contextOf(identity);
  }

  /** The folder of certificates within a data folder. */
  static Path folder(Path data) {
    return data.resolve(FOLDER);
  }

  /**
   * Reads or makes what is needed.
   *
   * @param tell told what clients need, and what is wrong later
   * @throws IOException where a file cannot be used
   */
  static BrokerTls start(
      Files files, ClientCertificates clients, Clock clock, Consumer<String> tell)
      throws IOException {
    if (files.certificate() == null) {
      LocalCertificates own = files.own(clock);
      tell.accept(
          "TLS: %s %s (SHA-256 %s)"
              .formatted(
                  own.isNew()
                      ? "made a certificate authority of its own; clients need its certificate,"
                      : "clients need the certificate of its authority,",
                  own.authorityFile(),
                  CertificateFacts.of(own.authority().certificate()).fingerprint()));
    }
    var tls = new BrokerTls(files, clients, clock, tell, files.identity(clock));
    tls.tellProblem();
    var _ =
        tls.timer.scheduleWithFixedDelay(
            tls::refresh, LOOK_AGAIN_HOURS, LOOK_AGAIN_HOURS, TimeUnit.HOURS);
    return tls;
  }

  private SSLContext contextOf(Identity shown) throws IOException {
    return ServerTls.context(
        shown, clients == ClientCertificates.NONE ? null : files.clients(clock));
  }

  /** What the broker needs. */
  public TlsSettings settings() {
    return new TlsSettings(() -> context, clients);
  }

  /** Takes a newer certificate where there is one. On the timer. */
  void refresh() {
    try {
      Identity fresh = files.identity(clock);
      if (!fresh.certificate().equals(identity.certificate())) {
        context = contextOf(fresh);
        identity = fresh;
        tell.accept(
            "TLS: new connections get the certificate that is valid until %s"
                .formatted(
                    CertificateFacts.text(CertificateFacts.of(fresh.certificate()).notAfter())));
      }
      tellProblem();
    } catch (IOException | RuntimeException e) {
      // The present certificate stays; thrown, it would end the timer.
      tellOnce("TLS: the certificate cannot be read again: " + e.getMessage());
    }
  }

  private void tellProblem() {
    identity.problem(clock.instant()).ifPresent(problem -> tellOnce("TLS: warning: " + problem));
  }

  private void tellOnce(String problem) {
    if (!problem.equals(toldProblem)) {
      toldProblem = problem;
      tell.accept(problem);
    }
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
