package io.noctule.app.tls;

import static org.assertj.core.api.Assertions.assertThat;

import io.noctule.app.CommandRun;
import io.noctule.tls.pem.CertificateFacts;
import io.noctule.tls.pem.Certificates;
import io.noctule.tls.pem.Identity;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CertCommandTest {
  @TempDir private Path data;

  private CommandRun cert(String... args) {
    String[] all = new String[args.length + 3];
    all[0] = "cert";
    System.arraycopy(args, 0, all, 1, args.length);
    all[all.length - 2] = "--data";
    all[all.length - 1] = data.toString();
    return CommandRun.of(all);
  }

  @Test
  void makesAllThatADeviceNeeds() throws Exception {
    Path out = data.resolve("for-device");
    CommandRun run = cert("client", "greenhouse-1", "--out", out.toString());
    assertThat(run.err()).isEmpty();
    assertThat(run.status()).isZero();
    assertThat(run.out()).contains("--cafile " + out.resolve("ca.crt") + " --cert ");
    Identity device =
        Identity.read(out.resolve("greenhouse-1.crt"), out.resolve("greenhouse-1.key"), null);
    CertificateFacts facts = CertificateFacts.of(device.certificate());
    assertThat(facts.subject()).isEqualTo("greenhouse-1");
    assertThat(Certificates.read(out.resolve("ca.crt")))
        .isEqualTo(Certificates.read(data.resolve("tls/ca.crt")));

    CommandRun again = cert("client", "greenhouse-1", "--out", out.toString());
    assertThat(again.err()).contains("greenhouse-1.crt exists already");
    assertThat(again.status()).isEqualTo(1);
    assertThat(cert("client", "second", "--out", out.toString()).status())
        .as("a folder for several devices")
        .isZero();
  }

  @Test
  void doesNotReplaceTheFileOfAnotherAuthority() throws Exception {
    Path out = Files.createDirectory(data.resolve("out"));
    cert("client", "a", "--out", out.toString());
    Path elsewhere = Files.createDirectory(data.resolve("elsewhere"));
    CommandRun run =
        CommandRun.of(
            "cert", "client", "b", "--out", out.toString(), "--data", elsewhere.toString());
    assertThat(run.err()).contains("ca.crt is of another authority");
    assertThat(run.status()).isEqualTo(1);
    assertThat(out.resolve("b.key")).doesNotExist();
  }

  @Test
  void showsWhatIsThere() {
    assertThat(cert("show").err())
        .contains("there are no certificates in " + data.resolve("tls"), "--tls-port");
    cert("client", "a", "--out", data.resolve("a").toString());
    assertThat(cert("show").out())
        .contains(
            data.resolve("tls/ca.crt").toString(),
            "  signed by    itself",
            "  SHA-256      ",
            "  valid        ");
    assertThat(cert("show", data.resolve("a/a.crt").toString()).out())
        .contains("  for          a\n", "  signed by    Noctule CA ");
  }

  @Test
  void refusesNamesThatAreNoFileNames() {
    assertThat(cert("client", "../a").err()).contains("a name has 1 to 64 letters");
    assertThat(cert("client", "a", "--days", "0").err()).contains("--days must be from 1 to 3652");
    assertThat(CommandRun.of("cert").err()).contains("name what to do: show, client");
  }
}
