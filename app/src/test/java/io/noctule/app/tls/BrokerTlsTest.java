package io.noctule.app.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.noctule.broker.transport.ClientCertificates;
import io.noctule.tls.authority.CertificateAuthority;
import io.noctule.tls.pem.Identity;
import io.noctule.tls.pem.PemException;
import io.noctule.tls.pem.PemFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BrokerTlsTest {
  private final CertificateAuthority authority =
      CertificateAuthority.create("test", Clock.systemUTC());
  private final List<String> told = new ArrayList<>();

  @TempDir private Path data;

  private Path certificate() {
    return data.resolve("a.crt");
  }

  private Path key() {
    return data.resolve("a.key");
  }

  private void write(Identity identity) throws Exception {
    PemFiles.writeKey(key(), identity.key());
    PemFiles.writeCertificates(certificate(), identity.chain());
  }

  private BrokerTls ofFiles(ClientCertificates clients) throws Exception {
    return BrokerTls.start(
        new BrokerTls.Files(certificate(), key(), null, null, () -> data),
        clients,
        Clock.systemUTC(),
        told::add);
  }

  @Test
  void makesItsOwnAndTellsOnce() throws Exception {
    for (int start = 0; start < 2; start++) {
      BrokerTls.start(
              new BrokerTls.Files(null, null, null, null, () -> data),
              ClientCertificates.OPTIONAL,
              Clock.systemUTC(),
              told::add)
          .close();
    }
    Path file = data.resolve("tls/ca.crt");
    assertThat(told).hasSize(2);
    assertThat(told.getFirst())
        .startsWith("TLS: made a certificate authority of its own; clients need its certificate, ")
        .containsPattern(file + " \\(SHA-256 ([0-9A-F]{2}:){31}[0-9A-F]{2}\\)");
    assertThat(told.getLast())
        .startsWith("TLS: clients need the certificate of its authority, " + file);
    assertThat(data.resolve("tls/server.key")).exists();
  }

  @Test
  void takesRenewedFilesWithoutARestart() throws Exception {
    write(authority.issueServer(List.of("localhost")));
    try (BrokerTls tls = ofFiles(ClientCertificates.NONE)) {
      SSLContext first = tls.settings().context().get();
      tls.refresh();
      assertThat(tls.settings().context().get()).as("nothing new").isSameAs(first);

      write(authority.issueServer(List.of("localhost")));
      tls.refresh();
      assertThat(tls.settings().context().get()).isNotSameAs(first);
      assertThat(told).singleElement().asString().contains("new connections get the certificate");
    }
    assertThat(data.resolve("tls")).as("nobody needs an authority of its own").doesNotExist();
  }

  @Test
  void keepsTheOldCertificateWhereTheNewOneIsNoGood() throws Exception {
    write(authority.issueServer(List.of("localhost")));
    try (BrokerTls tls = ofFiles(ClientCertificates.NONE)) {
      SSLContext first = tls.settings().context().get();
      Files.writeString(certificate(), "half a file");
      tls.refresh();
      tls.refresh();
      assertThat(tls.settings().context().get()).isSameAs(first);
      assertThat(told)
          .singleElement()
          .asString()
          .contains("cannot be read again: " + certificate() + " has no certificate in it");
    }
  }

  @Test
  void warnsOfACertificateThatIsNotValid() throws Exception {
    var longAgo =
        new CertificateAuthority(
            authority.identity(),
            Clock.fixed(Instant.now().minus(Duration.ofDays(1000)), ZoneOffset.UTC));
    write(longAgo.issueServer(List.of("localhost")));
    ofFiles(ClientCertificates.NONE).close();
    assertThat(told)
        .singleElement()
        .asString()
        .startsWith("TLS: warning: the certificate of 'localhost' expired on");
  }

  @Test
  void doesNotStartWithFilesThatDoNotFit() throws Exception {
    write(authority.issueServer(List.of("localhost")));
    PemFiles.writeKey(key(), authority.issueServer(List.of("localhost")).key());
    assertThatThrownBy(() -> ofFiles(ClientCertificates.NONE))
        .isInstanceOf(PemException.class)
        .hasMessageContaining("does not belong to the certificate in");
  }
}
