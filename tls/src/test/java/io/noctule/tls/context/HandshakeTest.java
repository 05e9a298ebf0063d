package io.noctule.tls.context;

import static org.assertj.core.api.Assertions.assertThat;

import io.noctule.tls.authority.CertificateAuthority;
import io.noctule.tls.pem.Identity;
import io.noctule.tls.pem.PemFiles;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Handshakes over real sockets; what the client is told when they fail. */
class HandshakeTest {
  private static final int PATIENCE_MILLIS = 20_000;
  private static final List<String> HERE = List.of("localhost", "127.0.0.1");

  private final CertificateAuthority authority =
      CertificateAuthority.create("test", Clock.systemUTC());
  private final Trust trust = Trust.of(List.of(authority.certificate()));

  /** An authority whose certificates were made years ago. */
  private static CertificateAuthority authorityOf(Instant then, CertificateAuthority same) {
    return new CertificateAuthority(same.identity(), Clock.fixed(then, ZoneOffset.UTC));
  }

  /** What both sides made of a handshake and of one byte in each direction. */
  private record Outcome(
      @Nullable SSLSession client,
      @Nullable Exception clientFailure,
      @Nullable Exception serverFailure) {
    String protocol() {
      return client == null ? "none: " + clientFailure : client.getProtocol();
    }
  }

  private static Outcome shakeHands(
      Identity server, @Nullable Trust clients, ClientTls tls, String host) throws Exception {
    SSLContext context = ServerTls.context(server, clients);
    try (var listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      var accepted = CompletableFuture.supplyAsync(() -> serve(listener, context, clients != null));
      SSLSession session = null;
      Exception failure = null;
      try (var socket = new Socket(InetAddress.getLoopbackAddress(), listener.getLocalPort());
          SSLSocket secured = tls.over(socket, host)) {
        secured.setSoTimeout(PATIENCE_MILLIS);
        secured.startHandshake();
        secured.getOutputStream().write(1);
        if (secured.getInputStream().read() == 2) {
          session = secured.getSession();
        }
      } catch (IOException e) {
        failure = e;
      }
      return new Outcome(session, failure, accepted.get());
    }
  }

  private static @Nullable Exception serve(
      ServerSocket listener, SSLContext context, boolean needsClient) {
    try (Socket accepted = listener.accept()) {
      accepted.setSoTimeout(PATIENCE_MILLIS);
      var socket =
          (SSLSocket)
              context
                  .getSocketFactory()
                  .createSocket(accepted, new ByteArrayInputStream(new byte[0]), false);
      socket.setNeedClientAuth(needsClient);
      try {
        socket.startHandshake();
        var _ = socket.getInputStream().read();
        socket.getOutputStream().write(2);
        return null;
      } catch (IOException e) {
        // Closing with unread bytes would reset the connection and may take the alert along.
        accepted.shutdownOutput();
        var _ = accepted.getInputStream().readAllBytes();
        return e;
      }
    } catch (IOException e) {
      return e;
    }
  }

  private static void assertExplained(ClientTls tls, Outcome outcome, String... words) {
    assertThat(outcome.clientFailure()).isNotNull();
    assertThat(tls.explain(new RuntimeException(outcome.clientFailure())).orElseThrow())
        .contains(words);
  }

  @ParameterizedTest
  @EnumSource
  void speaksBothVersions(TlsVersion version) throws Exception {
    Outcome outcome =
        shakeHands(
            authority.issueServer(HERE), null, ClientTls.of(trust).version(version), "localhost");
    assertThat(outcome.protocol()).isEqualTo(version.protocol());
  }

  @Test
  void prefersTheNewVersionAndGoodCipherSuites() throws Exception {
    ClientTls tls = ClientTls.of(trust);
    Outcome outcome = shakeHands(authority.issueServer(HERE), null, tls, "127.0.0.1");
    assertThat(outcome.protocol()).isEqualTo("TLSv1.3");
    assertThat(tls.cipherSuites())
        .contains("TLS_AES_128_GCM_SHA256", "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256")
        .noneMatch(suite -> suite.contains("_CBC_"));
  }

  @Test
  void refusesAnUnknownAuthority() throws Exception {
    var other = CertificateAuthority.create("other", Clock.systemUTC());
    ClientTls tls = ClientTls.of(trust);
    assertExplained(
        tls,
        shakeHands(other.issueServer(HERE), null, tls, "localhost"),
        "'localhost', is signed by 'Noctule CA other",
        "not trusted here: give the certificate of the broker's authority (cafile)");
    ClientTls system = ClientTls.of(Trust.system());
    assertExplained(
        system, shakeHands(authority.issueServer(HERE), null, system, "localhost"), "not trusted");
  }

  @Test
  void refusesAnotherHost() throws Exception {
    Identity server = authority.issueServer(List.of("pi.local", "192.0.2.1"));
    ClientTls tls = ClientTls.of(trust);
    assertExplained(
        tls,
        shakeHands(server, null, tls, "localhost"),
        "is for pi.local, 192.0.2.1, not for 'localhost'");
    assertThat(shakeHands(server, null, tls.withoutHostNameCheck(), "localhost").client())
        .isNotNull();
  }

  @Test
  void refusesWhatIsNotValidNow() throws Exception {
    ClientTls tls = ClientTls.of(trust);
    Instant longAgo = Instant.now().minus(Duration.ofDays(1000));
    Identity expired = authorityOf(longAgo, authority).issueServer(HERE);
    assertThat(expired.problem(Instant.now())).get().asString().contains("expired on");
    assertExplained(
        tls,
        shakeHands(expired, null, tls, "localhost"),
        "the certificate of 'localhost' expired on",
        "renew it");
    Identity early =
        authorityOf(Instant.now().plus(Duration.ofDays(10)), authority).issueServer(HERE);
    assertExplained(
        tls, shakeHands(early, null, tls, "localhost"), "is not valid before", "the clock here");
  }

  @Test
  void aServersOwnCertificateCanBeTrustedWhileItIsValid() throws Exception {
    Identity server = authority.issueServer(HERE);
    ClientTls tls = ClientTls.of(Trust.of(server.chain()));
    assertThat(shakeHands(server, null, tls, "localhost").client()).isNotNull();
    Identity expired =
        authorityOf(Instant.now().minus(Duration.ofDays(1000)), authority).issueServer(HERE);
    ClientTls pinned = ClientTls.of(Trust.of(expired.chain()));
    assertExplained(pinned, shakeHands(expired, null, pinned, "localhost"), "expired on");
  }

  @ParameterizedTest
  @EnumSource
  void clientsShowTheirCertificate(TlsVersion version) throws Exception {
    Identity server = authority.issueServer(HERE);
    ClientTls anonymous = ClientTls.of(trust).version(version);
    ClientTls known = anonymous.identity(authority.issueClient("greenhouse-1", Duration.ofDays(1)));
    assertThat(shakeHands(server, trust, known, "localhost").client()).isNotNull();
    assertExplained(
        anonymous,
        shakeHands(server, trust, anonymous, "localhost"),
        "requires a client certificate",
        "(cert and key)");
  }

  @ParameterizedTest
  @EnumSource
  void serversRefuseClientsOfAnotherAuthorityOrTime(TlsVersion version) throws Exception {
    Identity server = authority.issueServer(HERE);
    ClientTls anonymous = ClientTls.of(trust).version(version);
    ClientTls expired =
        anonymous.identity(
            authorityOf(Instant.now().minus(Duration.ofDays(100)), authority)
                .issueClient("old", Duration.ofDays(10)));
    Outcome late = shakeHands(server, trust, expired, "localhost");
    assertExplained(
        expired, late, "refused this client's certificate", "the certificate of 'old' expired on");
    assertThat(late.serverFailure()).hasRootCauseInstanceOf(Exception.class);
    assertThat(late.serverFailure()).hasStackTraceContaining("the certificate of 'old' expired on");

    ClientTls foreign =
        anonymous.identity(
            CertificateAuthority.create("other", Clock.systemUTC())
                .issueClient("stranger", Duration.ofDays(1)));
    Outcome strange = shakeHands(server, trust, foreign, "localhost");
    assertExplained(
        foreign, strange, "'stranger'", "signed by an authority that the broker trusts");
    assertThat(strange.serverFailure())
        .hasStackTraceContaining(
            "the client's certificate, 'stranger', is signed by 'Noctule CA other");
  }

  @Test
  void aServersCertificateDoesNotMakeAClient() throws Exception {
    Identity server = authority.issueServer(HERE);
    ClientTls wrong = ClientTls.of(trust).identity(server);
    Outcome outcome = shakeHands(server, trust, wrong, "localhost");
    assertThat(outcome.client()).isNull();
    assertThat(outcome.serverFailure()).hasStackTraceContaining("is not accepted");
  }

  @Test
  void saysWhereNobodySpeaksTls() throws Exception {
    try (var plain = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      var answered =
          CompletableFuture.runAsync(
              () -> {
                try (Socket accepted = plain.accept()) {
                  accepted
                      .getOutputStream()
                      .write(
                          "HTTP/1.1 400 Bad request\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                } catch (IOException e) {
                  throw new IllegalStateException(e);
                }
              });
      ClientTls tls = ClientTls.of(trust);
      Exception failure = new IOException("none");
      try (var socket = new Socket(InetAddress.getLoopbackAddress(), plain.getLocalPort());
          SSLSocket secured = tls.over(socket, "localhost")) {
        secured.setSoTimeout(PATIENCE_MILLIS);
        secured.startHandshake();
      } catch (IOException e) {
        failure = e;
      }
      answered.join();
      assertThat(tls.explain(failure)).get().asString().contains("does not speak TLS");
    }
    assertThat(ClientTls.of(trust).explain(new ConnectException("Connection refused"))).isEmpty();
    assertThat(ClientTls.of(trust).explain(new SocketException("Connection reset")))
        .get()
        .asString()
        .contains("closed the connection", "may want a client certificate");
  }

  @Test
  void readsFiles(@TempDir Path folder) throws Exception {
    PemFiles.writeCertificates(folder.resolve("ca.crt"), List.of(authority.certificate()));
    Identity client = authority.issueClient("a", Duration.ofDays(1));
    PemFiles.writeCertificates(folder.resolve("a.crt.txt"), client.chain());
    PemFiles.writeKey(folder.resolve("a.key"), client.key());
    for (Trust trusted : List.of(Trust.file(folder.resolve("ca.crt")), Trust.folder(folder))) {
      ClientTls tls =
          ClientTls.of(trusted)
              .identity(folder.resolve("a.crt.txt"), folder.resolve("a.key"), null);
      assertThat(shakeHands(authority.issueServer(HERE), trust, tls, "localhost").client())
          .isNotNull();
    }
  }
}
