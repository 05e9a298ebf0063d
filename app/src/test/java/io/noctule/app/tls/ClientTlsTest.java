package io.noctule.app.tls;

import static org.assertj.core.api.Assertions.assertThat;

import io.noctule.app.CommandRun;
import io.noctule.tls.authority.CertificateAuthority;
import io.noctule.tls.pem.Identity;
import io.noctule.tls.pem.PemFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The tools beside a mosquitto that speaks TLS, and what they say when they cannot connect. */
class ClientTlsTest {
  private final CertificateAuthority authority =
      CertificateAuthority.create("test", Clock.systemUTC());
  private final Identity server = authority.issueServer(List.of("localhost", "127.0.0.1"));

  @TempDir private Path folder;

  private String path(String name) {
    return folder.resolve(name).toString();
  }

  private String[] client(String name, CertificateAuthority signer) throws IOException {
    Identity client = signer.issueClient(name, Duration.ofDays(10));
    PemFiles.writeCertificates(folder.resolve(name + ".crt"), client.chain());
    PemFiles.writeKey(folder.resolve(name + ".key"), client.key());
    return new String[] {"--cert", path(name + ".crt"), "--key", path(name + ".key")};
  }

  private static CertificateAuthority before(CertificateAuthority authority, int days) {
    return new CertificateAuthority(
        authority.identity(),
        Clock.fixed(Instant.now().minus(Duration.ofDays(days)), ZoneOffset.UTC));
  }

  private CommandRun pub(TlsMosquitto broker, String... options) {
    String[] usual = {"pub", "-p", broker.port(), "-t", "kept", "-m", "hello", "-q", "1", "-r"};
    return CommandRun.of(
        Stream.concat(Stream.of(usual), Stream.of(options)).toArray(String[]::new));
  }

  private static void assertFailed(CommandRun run, String... words) {
    assertThat(run.err()).contains(words).hasLineCount(1);
    assertThat(run.status()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"tlsv1.2", "tlsv1.3"})
  void pubAndSubSpeakTls(String version) throws Exception {
    try (TlsMosquitto broker = TlsMosquitto.start(folder, authority, server, false)) {
      CommandRun sent = pub(broker, "--cafile", path("ca.crt"), "--tls-version", version);
      assertThat(sent).isEqualTo(new CommandRun(0, "", ""));
      CommandRun received =
          CommandRun.of(
              "sub",
              "-L",
              "mqtts://localhost:" + broker.port() + "/kept",
              "--cafile",
              path("ca.crt"),
              "--tls-version",
              version,
              "-C",
              "1");
      assertThat(received).isEqualTo(new CommandRun(0, "hello\n", ""));
    }
  }

  /** More than one record of TLS, and the end right behind it. */
  @Test
  void nothingIsLostAtTheEnd() throws Exception {
    try (TlsMosquitto broker = TlsMosquitto.start(folder, authority, server, false)) {
      Path large = Files.writeString(folder.resolve("large"), "x".repeat(300_000));
      CommandRun sent =
          CommandRun.of(
              "pub",
              "-p",
              broker.port(),
              "--cafile",
              path("ca.crt"),
              "-t",
              "large",
              "-r",
              "-f",
              large.toString());
      assertThat(sent).isEqualTo(new CommandRun(0, "", ""));
      CommandRun received =
          CommandRun.of(
              "sub", "-p", broker.port(), "--cafile", path("ca.crt"), "-t", "large", "-C", "1");
      assertThat(received.out().strip()).hasSize(300_000);
    }
  }

  @Test
  void benchSpeaksTls() throws Exception {
    try (TlsMosquitto broker = TlsMosquitto.start(folder, authority, server, false)) {
      CommandRun run =
          CommandRun.of(
              "bench",
              "fan-out",
              "-p",
              broker.port(),
              "--cafile",
              path("ca.crt"),
              "--subscribers",
              "3",
              "--rate",
              "500",
              "--seconds",
              "0.3",
              "--warmup",
              "0.1");
      assertThat(run.err()).isEmpty();
      assertThat(run.status()).isZero();
      assertThat(run.out()).contains("over TLS");
      assertFailed(
          CommandRun.of("bench", "pairs", "-p", broker.port(), "--tls"), "not trusted here");
    }
  }

  @Test
  void aDeviceSpeaksTls() throws Exception {
    try (TlsMosquitto broker = TlsMosquitto.start(folder, authority, server, false)) {
      CommandRun run =
          CommandRun.of(
              "device",
              "--broker",
              "localhost:" + broker.port(),
              "--cafile",
              path("ca.crt"),
              "--once");
      assertThat(run.err()).isEmpty();
      assertThat(run.status()).isZero();
      CommandRun refused =
          CommandRun.of("device", "--broker", "mqtts://localhost:" + broker.port(), "--once");
      assertThat(refused.err()).contains("not trusted here", "(cafile)");
      assertThat(refused.status()).isEqualTo(1);
    }
  }

  @Test
  void aCertificateIsShownWhereItIsRequired() throws Exception {
    try (TlsMosquitto broker = TlsMosquitto.start(folder, authority, server, true)) {
      String[] trusting = {"--cafile", path("ca.crt")};
      assertThat(pub(broker, with(trusting, client("known", authority))).err()).isEmpty();
      assertFailed(pub(broker, trusting), "client certificate", "(cert and key)");
      CommandRun foreign =
          pub(
              broker,
              with(
                  trusting,
                  client("stranger", CertificateAuthority.create("x", Clock.systemUTC()))));
      assertFailed(foreign, "this client's certificate");
      CommandRun late = pub(broker, with(trusting, client("late", before(authority, 100))));
      assertThat(late.err().lines())
          .hasSize(2)
          .first()
          .asString()
          .startsWith("warning: the certificate of 'late' expired on");
      assertThat(late.status()).isEqualTo(1);
    }
  }

  private static String[] with(String[] first, String[] second) {
    return Stream.concat(Stream.of(first), Stream.of(second)).toArray(String[]::new);
  }

  @Test
  void saysWhyABrokerIsNotTrusted() throws Exception {
    try (TlsMosquitto broker = TlsMosquitto.start(folder, authority, server, false)) {
      assertFailed(
          pub(broker, "--tls"),
          "no connection to localhost:" + broker.port(),
          "is signed by 'Noctule CA test",
          "not trusted here: give the certificate of the broker's authority (cafile)");
    }
    Identity elsewhere = authority.issueServer(List.of("pi.local"));
    try (TlsMosquitto broker = TlsMosquitto.start(folder, authority, elsewhere, false)) {
      assertFailed(pub(broker, "--cafile", path("ca.crt")), "is for pi.local, not for 'localhost'");
      CommandRun insecure = pub(broker, "--cafile", path("ca.crt"), "--insecure");
      assertThat(insecure.status()).isZero();
      assertThat(insecure.err()).startsWith("warning: --insecure: whoever has a certificate");
    }
    Identity expired = before(authority, 1000).issueServer(List.of("localhost"));
    try (TlsMosquitto broker = TlsMosquitto.start(folder, authority, expired, false)) {
      assertFailed(
          pub(broker, "--cafile", path("ca.crt")), "'localhost' expired on", "has to renew it");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "--cert a.crt, --cert and --key go together",
    "--insecure, --insecure needs TLS",
    "--tls-version tlsv1.3, --tls-version needs TLS",
    "--tls --tls-version tlsv1.1, must be tlsv1.2 or tlsv1.3",
    "--cafile a --capath b, exclude each other",
    "--tls --cafile a, leave one of them out"
  })
  void optionsMustFitTogether(String options, String message) {
    for (String command : List.of("pub -t a -n", "bench", "device --once")) {
      CommandRun run = CommandRun.of((command + " " + options).split(" "));
      assertThat(run.err()).contains(message);
      assertThat(run.status()).isEqualTo(2);
    }
  }

  @Test
  void filesMustBeUsable() {
    CommandRun run = CommandRun.of("pub", "-t", "a", "-n", "--cafile", path("none.crt"));
    assertFailed(run, path("none.crt") + " does not exist");
  }
}
