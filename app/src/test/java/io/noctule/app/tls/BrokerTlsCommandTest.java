package io.noctule.app.tls;

import static org.assertj.core.api.Assertions.assertThat;

import io.noctule.app.CommandRun;
import io.noctule.app.RunningCommand;
import io.noctule.tls.pem.CertificateFacts;
import io.noctule.tls.pem.Certificates;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code noctule broker} with TLS, its own certificate, and mosquitto's tools. */
class BrokerTlsCommandTest {
  @TempDir private Path data;

  private RunningCommand start(String... more) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                "broker",
                "--host",
                "127.0.0.1",
                "--port",
                "0",
                "--no-console",
                "--no-history",
                "--data",
                data.toString()));
    command.addAll(Arrays.asList(more));
    return RunningCommand.start(command.toArray(new String[0]));
  }

  /** The value of a key in the ready line, without the host. */
  private static String port(String ready, String key) {
    String address =
        Stream.of(ready.split(" "))
            .filter(part -> part.startsWith(key + "="))
            .findFirst()
            .orElseThrow(() -> new AssertionError(key + " is missing in " + ready));
    return address.substring(address.lastIndexOf(':') + 1);
  }

  private String file(String name) {
    return data.resolve(name).toString();
  }

  /** What one of mosquitto's tools prints, standard error included, and its status. */
  private static String mosquitto(String... command) throws IOException, InterruptedException {
    Process tool = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(tool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return output + tool.waitFor();
  }

  @Test
  void mosquittosToolsSpeakTlsWithIt() throws Exception {
    RunningCommand broker = start("--tls-port", "0", "--wss-port", "0");
    String ready = broker.nextLine();
    assertThat(ready).matches("ready mqtt=\\S+ mqtts=\\S+ wss=\\S+");
    String port = port(ready, "mqtts");
    String ca = file("tls/ca.crt");
    assertThat(
            mosquitto(
                "mosquitto_pub", "-p", port, "--cafile", ca, "-t", "a", "-m", "x", "-q", "1", "-r"))
        .isEqualTo("0");
    assertThat(
            mosquitto(
                "mosquitto_sub", "-p", port, "--cafile", ca, "-t", "a", "-C", "1", "-W", "20"))
        .isEqualTo("x\n0");
    assertThat(
            CommandRun.of(
                "sub", "-h", "127.0.0.1", "-p", port, "--cafile", ca, "-t", "a", "-C", "1"))
        .isEqualTo(new CommandRun(0, "x\n", ""));
    assertThat(CertificateFacts.of(Certificates.read(data.resolve("tls/server.crt")).getFirst()))
        .extracting(CertificateFacts::names)
        .asInstanceOf(InstanceOfAssertFactories.LIST)
        .contains("localhost", "127.0.0.1");
    assertThat(broker.end()).isZero();
  }

  @Test
  void theReadyLineForProgramsHasAllPorts() throws Exception {
    RunningCommand broker = start("--tls-port", "0", "--ws-port", "0", "--wss-port", "0", "--json");
    assertThat(broker.nextLine())
        .matches(
            "\\{\"ready\":\\{\"mqtt\":\"\\S+\",\"mqtts\":\"\\S+\",\"ws\":\"\\S+\",\"wss\":\"\\S+\"}}");
    assertThat(broker.end()).isZero();
  }

  @Test
  void devicesComeInByTheCertificatesThatCertMakes() throws Exception {
    String device = file("device");
    CommandRun made =
        CommandRun.of("cert", "client", "greenhouse-1", "--out", device, "--data", data.toString());
    assertThat(made.status()).isZero();
    assertThat(
            CommandRun.of("user", "add", "greenhouse-1", "--no-password", "--data", data.toString())
                .status())
        .isZero();
    RunningCommand broker = start("--tls-port", "0", "--client-cert", "required");
    String port = port(broker.nextLine(), "mqtts");
    String ca = file("device/ca.crt");
    String[] identity = {
      "--cert", file("device/greenhouse-1.crt"), "--key", file("device/greenhouse-1.key")
    };
    String[] pub = {"pub", "-p", port, "--cafile", ca, "-q", "1", "-m", "1", "-t"};

    CommandRun own =
        CommandRun.of(with(pub, with(new String[] {"sensor_data/greenhouse-1"}, identity)));
    assertThat(own).isEqualTo(new CommandRun(0, "", ""));
    CommandRun without = CommandRun.of(with(pub, new String[] {"sensor_data/greenhouse-1"}));
    assertThat(without.err()).contains("client certificate");
    assertThat(without.status()).isEqualTo(1);
    CommandRun others =
        CommandRun.of(
            with(pub, with(new String[] {"config_change/greenhouse-2", "-V", "5"}, identity)));
    assertThat(others.err() + others.status())
        .as("its name is its user name, and the rules are asked")
        .contains("not authorized")
        .endsWith("1");
    assertThat(broker.end()).isZero();
  }

  private static String[] with(String[] first, String[] second) {
    return Stream.concat(Stream.of(first), Stream.of(second)).toArray(String[]::new);
  }

  @Test
  void optionsMustFitTogether() {
    assertRefused("--cert needs a port of TLS", "--cert", "a", "--key", "b");
    assertRefused("--client-cert needs a port of TLS", "--client-cert", "required");
    assertRefused("--cert and --key go together", "--tls-port", "0", "--cert", "a");
    assertRefused("must be none, optional or required", "--tls-port", "0", "--client-cert", "yes");
    assertRefused("--client-cafile needs --client-cert", "--tls-port", "0", "--client-cafile", "a");
    assertRefused("--tls-port must be from 0 to 65535", "--tls-port", "-1");
  }

  private void assertRefused(String message, String... options) {
    CommandRun run =
        CommandRun.of(
            with(
                new String[] {
                  "broker", "--port", "0", "--no-console", "--no-history", "--data", data.toString()
                },
                options));
    assertThat(run.err()).contains(message);
    assertThat(run.status()).isEqualTo(2);
  }

  @Test
  void aFileThatIsNoCertificateEndsTheStart() {
    CommandRun run =
        CommandRun.of(
            "broker",
            "--port",
            "0",
            "--no-console",
            "--no-history",
            "--data",
            data.toString(),
            "--tls-port",
            "0",
            "--cert",
            file("none.crt"),
            "--key",
            file("none.key"));
    assertThat(run.err()).contains(file("none.crt") + " does not exist");
    assertThat(run.status()).isEqualTo(1);
  }
}
