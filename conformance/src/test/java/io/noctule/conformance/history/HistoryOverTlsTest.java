package io.noctule.conformance.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.noctule.conformance.fixture.BrokerUnderTest;
import io.noctule.conformance.fixture.TestCertificates;
import io.noctule.tls.authority.CertificateAuthority;
import io.noctule.tls.pem.PemFiles;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The history beside a broker that it reaches over TLS. */
@Timeout(120)
class HistoryOverTlsTest {
  @RegisterExtension static final BrokerUnderTest BROKER = new BrokerUnderTest();

  @TempDir Path folder;

  private HistoryProcess start(X509Certificate authority) throws Exception {
    Path file = folder.resolve("ca.crt");
    PemFiles.writeCertificates(file, List.of(authority));
    return HistoryProcess.start(
        BROKER.tlsPort(), folder.resolve("data"), List.of("--cafile", file.toString()));
  }

  @Test
  void itRecords() throws Exception {
    var recorded =
        new RecordedMessages("jdbc:sqlite:" + folder.resolve("data").resolve("history.db"));
    try (var sensor = new SensorPublisher(BROKER.port());
        HistoryProcess history = start(TestCertificates.AUTHORITY.certificate())) {
      history.awaitReady();
      sensor.publish(500);
      Awaitility.await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> recorded.count() == sensor.published().size());
      assertThat(recorded.payloads()).isEqualTo(sensor.published());
      history.terminate();
    }
  }

  @Test
  void itTellsOfACertificateThatItDoesNotTrust() throws Exception {
    CertificateAuthority other = CertificateAuthority.create("others", Clock.systemUTC());
    try (HistoryProcess history = start(other.certificate())) {
      Awaitility.await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> history.transcript().contains("history: no connection to 127.0.0.1:"));
      assertThat(history.transcript()).contains("certificate").doesNotContain("MqttException");
      assertThat(history.isReady()).isFalse();
    }
  }
}
