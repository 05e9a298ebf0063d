package io.noctule.conformance.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.noctule.broker.access.Admission;
import io.noctule.broker.access.Identity;
import io.noctule.broker.loop.Counter;
import io.noctule.broker.transport.ClientCertificates;
import io.noctule.broker.transport.TlsSettings;
import io.noctule.conformance.fixture.BrokerUnderTest;
import io.noctule.conformance.fixture.TestCertificates;
import io.noctule.conformance.wire.Connect;
import io.noctule.conformance.wire.Peer;
import io.noctule.conformance.wire.RawClient;
import io.noctule.conformance.wire.Version;
import io.noctule.tls.context.ClientTls;
import io.noctule.tls.context.TlsVersion;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A broker that lets nobody in without a certificate. */
class ClientCertificateTest {
  private static final Queue<Optional<String>> NAMES = new ConcurrentLinkedQueue<>();

  @RegisterExtension
  static final BrokerUnderTest BROKER =
      new BrokerUnderTest(
          builder ->
              builder
                  .tls(
                      new TlsSettings(TestCertificates::serverContext, ClientCertificates.REQUIRED))
                  .authenticator(
                      credentials -> {
                        NAMES.add(Optional.ofNullable(credentials.certificateName()));
                        return CompletableFuture.completedStage(
                            new Admission.Granted(
                                new Identity(credentials.clientId(), null, Set.of(), "")));
                      }));

  @ParameterizedTest
  @EnumSource
  void theNameOfTheCertificateIsTheClients(TlsVersion version) {
    ClientTls tls =
        TestCertificates.client()
            .version(version)
            .identity(
                TestCertificates.AUTHORITY.issueClient("greenhouse, \"1\" é", Duration.ofDays(1)));
    // Twice, so that the second handshake resumes the session of the first.
    for (int i = 0; i < 2; i++) {
      RawClient network =
          RawClient.open(BROKER.tlsPort(), socket -> TestCertificates.secure(socket, tls));
      try (Peer peer = Peer.over(network, Version.V5)) {
        assertThat(peer.connect(Connect.as("c")).reasonCode()).isZero();
      }
      assertThat(NAMES.poll()).contains("greenhouse, \"1\" é");
    }
  }

  @ParameterizedTest
  @EnumSource
  void nobodyComesInWithoutACertificate(TlsVersion version) throws Exception {
    ClientTls tls = TestCertificates.client().version(version);
    long before = BROKER.broker().counters().count(Counter.TLS_HANDSHAKES_FAILED);
    try (var events = new RecordedEvents();
        var socket = new Socket(InetAddress.getLoopbackAddress(), BROKER.tlsPort())) {
      var failure = new IOException("no failure");
      try {
        SSLSocket secured = TestCertificates.secure(socket, tls);
        // In TLS 1.3 a client is refused after it has finished.
        var _ = secured.getInputStream().read();
      } catch (IOException e) {
        failure = e;
      }
      assertThat(tls.explain(failure)).get().asString().contains("client certificate");
      await()
          .untilAsserted(
              () ->
                  assertThat(events.lines())
                      .singleElement()
                      .asString()
                      .contains("shows no certificate, and this port requires one"));
    }
    assertThat(BROKER.broker().counters().count(Counter.TLS_HANDSHAKES_FAILED) - before)
        .isEqualTo(1);
    assertThat(NAMES).as("nobody was asked to admit it").isEmpty();
  }
}
