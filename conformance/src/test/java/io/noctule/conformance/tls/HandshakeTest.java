package io.noctule.conformance.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.noctule.broker.loop.Counter;
import io.noctule.broker.transport.ClientCertificates;
import io.noctule.broker.transport.TlsSettings;
import io.noctule.conformance.fixture.BrokerUnderTest;
import io.noctule.conformance.fixture.TestCertificates;
import io.noctule.conformance.wire.Bytes;
import io.noctule.conformance.wire.Connect;
import io.noctule.conformance.wire.Peer;
import io.noctule.conformance.wire.RawClient;
import io.noctule.conformance.wire.Version;
import io.noctule.tls.authority.CertificateAuthority;
import io.noctule.tls.context.ClientTls;
import io.noctule.tls.context.TlsVersion;
import io.noctule.tls.context.Trust;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Handshakes with a broker that wants certificates of its clients, where they have one. */
class HandshakeTest {
  @RegisterExtension
  static final BrokerUnderTest BROKER =
      new BrokerUnderTest(
          builder ->
              builder.tls(
                  new TlsSettings(TestCertificates::serverContext, ClientCertificates.OPTIONAL)));

  private final RecordedEvents events = new RecordedEvents();
  private long failedBefore;

  @BeforeEach
  void countFailures() {
    failedBefore = failed();
  }

  @AfterEach
  void stopRecording() {
    events.close();
  }

  private static long failed() {
    return BROKER.broker().counters().count(Counter.TLS_HANDSHAKES_FAILED);
  }

  private static Peer connect(ClientTls tls, String clientId) {
    RawClient network =
        RawClient.open(BROKER.tlsPort(), socket -> TestCertificates.secure(socket, tls));
    Peer peer = Peer.over(network, Version.V5);
    assertThat(peer.connect(Connect.as(clientId)).reasonCode()).isZero();
    return peer;
  }

  private static Socket plain() throws Exception {
    return new Socket(InetAddress.getLoopbackAddress(), BROKER.tlsPort());
  }

  /** One line, with where the client came from, and one count. */
  private void assertTold(String level, String... words) {
    await()
        .untilAsserted(
            () ->
                assertThat(events.lines())
                    .filteredOn(line -> line.contains(" closed: "))
                    .singleElement()
                    .asString()
                    .startsWith(level + " connection from 127.0.0.1:")
                    .contains(words));
    assertThat(failed() - failedBefore).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource
  void bothVersionsAreSpoken(TlsVersion version) {
    try (Peer peer = connect(TestCertificates.client().version(version), "c")) {
      peer.expectNothingBeforePong();
    }
    assertThat(failed()).isEqualTo(failedBefore);
  }

  /** A hello of a client that knows nothing newer, in bytes, since the JDK has forgotten how to. */
  @ParameterizedTest
  @ValueSource(strings = {"0301", "0302"})
  void olderVersionsAreRefused(String version) {
    String suites = "c009c00ac013c014002f0035";
    String groups = "000a00040002001700" + "0b00020100";
    String body = version + "00".repeat(32) + "00" + "000c" + suites + "0100" + "000e" + groups;
    byte[] hello =
        Bytes.hex("160301%04x01%06x%s".formatted(body.length() / 2 + 4, body.length() / 2, body));
    try (RawClient old = RawClient.open(BROKER.tlsPort())) {
      old.send(hello);
      byte[] alert = old.readAll().getBytes(StandardCharsets.ISO_8859_1);
      assertThat(alert[0]).as("an alert").isEqualTo((byte) 21);
      assertThat(alert[6]).as("protocol_version").isEqualTo((byte) 70);
    }
    assertTold("WARN", "the client speaks neither TLS 1.2 nor TLS 1.3");
  }

  @Test
  void plainTextIsToldApart() throws Exception {
    try (RawClient lost = RawClient.open(BROKER.tlsPort())) {
      lost.send(Connect.as("lost").encode(Version.V3_1_1));
      lost.readAll();
    }
    assertTold("WARN", "does not speak TLS, as this port does");
  }

  @Test
  void tlsOnThePortWithoutIsToldApart() throws Exception {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), BROKER.port())) {
      ClientTls tls = TestCertificates.client();
      assertThatThrownBy(() -> TestCertificates.secure(socket, tls))
          .isInstanceOf(IOException.class)
          .satisfies(e -> assertThat(tls.explain(e)).get().asString().contains("port without TLS"));
    }
    await()
        .untilAsserted(
            () ->
                assertThat(events.lines())
                    .singleElement()
                    .asString()
                    .contains("the client speaks TLS, and this port does not"));
  }

  @Test
  void aClientThatDoesNotTrustTheBrokerIsToldToTheOperator() throws Exception {
    ClientTls stranger =
        ClientTls.of(
            Trust.of(List.of(CertificateAuthority.create("x", Clock.systemUTC()).certificate())));
    try (Socket socket = plain()) {
      assertThatThrownBy(() -> TestCertificates.secure(socket, stranger))
          .isInstanceOf(SSLException.class);
    }
    assertTold("WARN", "does not accept the broker's certificate");
  }

  @Test
  void aClientWithAnExpiredCertificateIsRefusedByItsName() throws Exception {
    ClientTls expired =
        TestCertificates.client()
            .identity(TestCertificates.longAgo().issueClient("old-one", Duration.ofDays(30)));
    try (Socket socket = plain()) {
      assertThatThrownBy(
              () -> {
                var secured = TestCertificates.secure(socket, expired);
                assertThat(secured.getInputStream().read()).isEqualTo(0);
              })
          .isInstanceOf(IOException.class);
    }
    assertTold("WARN", "the client was refused: the certificate of 'old-one' expired on");
  }

  @Test
  void aClientOfAnotherAuthorityIsRefused() throws Exception {
    ClientTls foreign =
        TestCertificates.client()
            .identity(
                CertificateAuthority.create("elsewhere", Clock.systemUTC())
                    .issueClient("stranger", Duration.ofDays(30)));
    try (Socket socket = plain()) {
      assertThatThrownBy(
              () -> {
                var secured = TestCertificates.secure(socket, foreign);
                assertThat(secured.getInputStream().read()).isEqualTo(0);
              })
          .isInstanceOf(IOException.class);
    }
    assertTold("WARN", "'stranger', is signed by 'Noctule CA elsewhere", "not trusted here");
  }

  @Test
  void aClientThatJustLeavesIsNoFault() throws Exception {
    plain().close();
    assertTold("INFO", "the client left during the TLS handshake");
  }

  @Test
  void aTakenConnectionIsOpenToThoseWithoutACertificate() {
    try (Peer peer = connect(TestCertificates.client(), "anonymous")) {
      peer.expectNothingBeforePong();
    }
  }
}
