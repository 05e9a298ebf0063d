package io.noctule.tls.authority;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.noctule.tls.pem.CertificateFacts;
import io.noctule.tls.pem.Identity;
import java.io.IOException;
import java.net.NetworkInterface;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalCertificatesTest {
  private static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");
  private static final List<String> NAMES = List.of("localhost", "pi.local", "192.0.2.7", "::1");

  @TempDir private Path data;
  private Path folder;

  @BeforeEach
  void chooseFolder() {
    folder = data.resolve("tls");
  }

  private LocalCertificates openAfter(Duration later) throws IOException {
    return LocalCertificates.open(folder, Clock.fixed(NOW.plus(later), ZoneOffset.UTC));
  }

  private static List<String> canonical() {
    return List.of("localhost", "pi.local", "192.0.2.7", "0:0:0:0:0:0:0:1");
  }

  @Test
  void makesAnAuthorityOnceAndKeepsIt() throws IOException {
    LocalCertificates first = openAfter(Duration.ZERO);
    LocalCertificates second = openAfter(Duration.ofDays(300));
    assertThat(first.isNew()).isTrue();
    assertThat(second.isNew()).isFalse();
    assertThat(second.authority().certificate()).isEqualTo(first.authority().certificate());
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
        .isEqualTo("rwx------");
    assertThat(
            PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("ca.key"))))
        .isEqualTo("rw-------");
    assertThat(data.toFile().list()).containsExactly("tls");
  }

  @Test
  void theServersCertificateHasItsNamesAndStays() throws IOException {
    Identity server = openAfter(Duration.ZERO).server(canonical());
    CertificateFacts facts = CertificateFacts.of(server.certificate());
    assertThat(facts.names()).containsExactlyElementsOf(canonical());
    assertThat(facts.subject()).isEqualTo("localhost");
    assertThat(facts.issuer()).startsWith("Noctule CA ");
    assertThat(Duration.between(NOW, facts.notAfter())).isEqualTo(Duration.ofDays(398));
    assertThat(openAfter(Duration.ofDays(367)).server(canonical()).certificate())
        .isEqualTo(server.certificate());
    assertThat(openAfter(Duration.ZERO).server(List.of("localhost")).certificate())
        .as("names that are no longer needed are no reason for a new one")
        .isEqualTo(server.certificate());
  }

  @Test
  void theServersCertificateIsRenewedAMonthBeforeItsEnd() throws IOException {
    Identity server = openAfter(Duration.ZERO).server(NAMES);
    Identity renewed = openAfter(Duration.ofDays(369)).server(NAMES);
    assertThat(renewed.certificate()).isNotEqualTo(server.certificate());
    assertThat(CertificateFacts.of(renewed.certificate()).problem(NOW.plus(Duration.ofDays(700))))
        .isEmpty();
  }

  @Test
  void theServersCertificateIsMadeAnewForANewAddress() throws IOException {
    Identity server = openAfter(Duration.ZERO).server(canonical());
    Identity other = openAfter(Duration.ZERO).server(List.of("localhost", "192.0.2.8"));
    assertThat(other.certificate()).isNotEqualTo(server.certificate());
    assertThat(CertificateFacts.of(other.certificate()).names()).contains("192.0.2.8");
  }

  @Test
  void aServersFileThatIsDamagedOrOfAnotherAuthorityIsReplaced() throws IOException {
    Identity server = openAfter(Duration.ZERO).server(canonical());
    Files.writeString(folder.resolve("server.key"), "torn");
    Identity second = openAfter(Duration.ZERO).server(canonical());
    assertThat(second.certificate()).isNotEqualTo(server.certificate());
    Files.delete(folder.resolve("ca.key"));
    Files.delete(folder.resolve("ca.crt"));
    LocalCertificates another = openAfter(Duration.ZERO);
    assertThat(another.isNew()).isTrue();
    assertThat(another.server(canonical()).certificate()).isNotEqualTo(second.certificate());
  }

  @Test
  void anAuthorityThatHasLostAFileIsNotReplacedInSilence() throws IOException {
    openAfter(Duration.ZERO);
    Path key = folder.resolve("ca.key");
    Files.delete(key);
    assertThatThrownBy(() -> openAfter(Duration.ZERO))
        .hasMessageStartingWith(key + " does not exist, though its counterpart does: restore it");
    assertThat(key).doesNotExist();
  }

  @Test
  void anAuthorityThatHasExpiredSaysWhatToDo() throws IOException {
    openAfter(Duration.ZERO);
    assertThatThrownBy(() -> openAfter(CertificateAuthority.LIFE.plusDays(1)))
        .hasMessageContaining("expired on 2036-05-31")
        .hasMessageContaining("Remove the folder " + folder);
  }

  @Test
  void aClientsCertificateBearsItsName() throws IOException {
    CertificateAuthority authority = openAfter(Duration.ZERO).authority();
    CertificateFacts facts =
        CertificateFacts.of(
            authority
                .issueClient("greenhouse, \"1\"+", CertificateAuthority.CLIENT_LIFE)
                .certificate());
    assertThat(facts.subject()).isEqualTo("greenhouse, \"1\"+");
    assertThat(facts.names()).isEmpty();
    assertThatThrownBy(() -> authority.issueClient("x".repeat(65), Duration.ofDays(1)))
        .hasMessageContaining("1 to 64 characters");
  }

  @Test
  void nothingOutlivesTheAuthority() throws IOException {
    CertificateAuthority authority = openAfter(Duration.ZERO).authority();
    assertThat(authority.issueClient("a", Duration.ofDays(10_000)).certificate().getNotAfter())
        .isEqualTo(authority.certificate().getNotAfter());
  }

  @Test
  void knowsTheNamesOfThisMachine() throws IOException {
    List<String> names = LocalNames.current();
    assertThat(names).contains("localhost", "127.0.0.1", "0:0:0:0:0:0:0:1");
    assertThat(NetworkInterface.networkInterfaces().flatMap(NetworkInterface::inetAddresses))
        .allSatisfy(
            address ->
                assertThat(names).contains(address.getHostAddress().replaceFirst("%.*", "")));
    Identity server = openAfter(Duration.ZERO).server(names);
    assertThat(CertificateFacts.of(server.certificate()).names())
        .as("all of them can stand in a certificate, and are found again")
        .containsExactlyElementsOf(names);
  }
}
