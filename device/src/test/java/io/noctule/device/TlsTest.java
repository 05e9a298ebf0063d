package io.noctule.device;

import static org.assertj.core.api.Assertions.assertThat;

import io.noctule.device.testing.Mosquitto;
import io.noctule.tls.authority.CertificateAuthority;
import io.noctule.tls.context.ClientTls;
import io.noctule.tls.context.TlsVersion;
import io.noctule.tls.context.Trust;
import io.noctule.tls.pem.Identity;
import io.noctule.tls.pem.PemFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Devices beside a mosquitto that speaks TLS. */
class TlsTest {
  private static final int PATIENCE_SECONDS = 20;
  private static final List<String> HERE = List.of("localhost", "127.0.0.1");

  private final CertificateAuthority authority =
      CertificateAuthority.create("test", Clock.systemUTC());
  private final ClientTls trusting = ClientTls.of(Trust.of(List.of(authority.certificate())));

  @TempDir private Path folder;

  private Mosquitto start(Identity server, boolean needsClient) throws IOException {
    PemFiles.writeCertificates(folder.resolve("ca.crt"), List.of(authority.certificate()));
    PemFiles.writeCertificates(folder.resolve("server.crt"), server.chain());
    PemFiles.writeKey(folder.resolve("server.key"), server.key());
    return Mosquitto.startTls(folder, needsClient);
  }

  private static DeviceBuilder device(Mosquitto broker, ClientTls tls) {
    return Device.builder().broker("localhost", broker.port()).tls(tls);
  }

  /** What a device is told that cannot connect. */
  private static ConnectFailure failure(DeviceBuilder builder) throws Exception {
    var failure = new CompletableFuture<ConnectFailure>();
    try (Device device = builder.onConnectFailure(failure::complete).build()) {
      device.connect();
      return failure.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }
  }

  private static void assertLasting(ConnectFailure failure, String... words) {
    assertThat(failure.text()).contains(words);
    assertThat(failure.canHeal()).as("somebody has to change something").isFalse();
  }

  @ParameterizedTest
  @EnumSource(value = ProtocolVersion.class)
  void messagesComeAndGo(ProtocolVersion version) throws Exception {
    var received = new CompletableFuture<String>();
    try (Mosquitto broker = start(authority.issueServer(HERE), false);
        Device device =
            device(broker, trusting)
                .version(version)
                .subscribe("test", 1)
                .onMessage((_, message) -> received.complete(message.display()))
                .build()) {
      device.connect();
      device.connected().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      device.publish("test", "hello", 1, false).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      assertThat(received.get(PATIENCE_SECONDS, TimeUnit.SECONDS)).isEqualTo("hello");
    }
  }

  @ParameterizedTest
  @EnumSource
  void aCertificateOpensABrokerThatRequiresOne(TlsVersion version) throws Exception {
    ClientTls known =
        trusting
            .version(version)
            .identity(authority.issueClient("greenhouse-1", Duration.ofDays(1)));
    try (Mosquitto broker = start(authority.issueServer(HERE), true)) {
      try (Device device = device(broker, known).build()) {
        device.connect();
        device.connected().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      }
      assertThat(broker.log()).anyMatch(line -> line.contains("u'greenhouse-1'"));
      assertLasting(
          failure(device(broker, trusting.version(version))),
          "client certificate",
          "(cert and key)");
      ClientTls foreign =
          trusting
              .version(version)
              .identity(
                  CertificateAuthority.create("other", Clock.systemUTC())
                      .issueClient("stranger", Duration.ofDays(1)));
      assertLasting(failure(device(broker, foreign)), "this client's certificate");
    }
  }

  @Test
  void aBrokerOfAnotherAuthorityIsNotTrusted() throws Exception {
    try (Mosquitto broker = start(authority.issueServer(HERE), false)) {
      ClientTls other =
          ClientTls.of(
              Trust.of(
                  List.of(CertificateAuthority.create("other", Clock.systemUTC()).certificate())));
      assertLasting(failure(device(broker, other)), "not trusted here", "(cafile)");
      assertLasting(
          failure(Device.builder().broker("mqtts://localhost:" + broker.port())),
          "not trusted here",
          "(cafile)");
    }
  }

  @Test
  void aBrokerByAnotherNameIsNotTrustedUnlessAskedFor() throws Exception {
    try (Mosquitto broker = start(authority.issueServer(List.of("pi.local")), false)) {
      assertLasting(failure(device(broker, trusting)), "is for pi.local, not for 'localhost'");
      try (Device device = device(broker, trusting.withoutHostNameCheck()).build()) {
        device.connect();
        device.connected().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      }
    }
  }

  @Test
  void aBrokerWhoseCertificateHasExpiredIsNotTrusted() throws Exception {
    var longAgo =
        new CertificateAuthority(
            authority.identity(),
            Clock.fixed(Instant.now().minus(Duration.ofDays(1000)), ZoneOffset.UTC));
    try (Mosquitto broker = start(longAgo.issueServer(HERE), false)) {
      assertLasting(failure(device(broker, trusting)), "'localhost' expired on", "renew it");
    }
  }

  @Test
  void aPortWithoutTlsIsRecognised() throws Exception {
    try (Mosquitto broker = Mosquitto.start()) {
      ConnectFailure failure = failure(device(broker, trusting));
      assertThat(failure.text()).contains("TLS");
    }
  }
}
