package io.noctule.conformance.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.noctule.access.Access;
import io.noctule.app.console.KnownPeople;
import io.noctule.app.console.OwnBrokerCredentials;
import io.noctule.broker.Broker;
import io.noctule.broker.BrokerConfig;
import io.noctule.console.ConsoleConfig;
import io.noctule.console.ConsoleService;
import io.noctule.console.mqtt.BrokerEndpoint;
import io.noctule.history.HistoryService;
import io.noctule.history.HistorySettings;
import io.noctule.history.record.RecorderSettings;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The page in Debian's Chromium, against a broker with history and console as {@code noctule
 * broker} runs them. What is tried stands in {@code src/test/js/console/page.test.mjs}.
 */
class PageTest {
  private static final Path PROGRAMS = Path.of("src/test/js").toAbsolutePath();
  private static final String HOST = "127.0.0.1";
  private static final int PATIENCE_MINUTES = 8;

  @TempDir Path folder;

  @Test
  void doesWhatAPersonExpects() throws Exception {
    assertThat(ConsoleService.class.getResource("/page/index.html"))
        .as("the page, which Maven builds in module console where Node.js 20.19 or newer is there")
        .isNotNull();
    assertThat(PROGRAMS.resolve("node_modules/playwright-core"))
        .as("packages of npm, which ./test installs (npm ci in conformance/src/test/js)")
        .exists();
    try (Access access = Access.open(folder);
        Broker broker = broker(access);
        HistoryService history = history(broker);
        ConsoleService console = console(access, broker, history)) {
      assertPasses(
          Map.of(
              "NOCTULE_CONSOLE", console.address().toString(),
              "NOCTULE_SETUP", console.setupLink().orElseThrow().toString(),
              "NOCTULE_MQTT_PORT", Integer.toString(broker.mqttPort())));
    }
  }

  private static Broker broker(Access access) throws Exception {
    Broker broker =
        Broker.start(
            BrokerConfig.builder()
                .host(HOST)
                .port(0)
                .sysIntervalSeconds(1)
                .authenticator(access.authenticator())
                .authorizer(access.authorizer())
                .build());
    access.onChange(broker::reviewClients);
    return broker;
  }

  private HistoryService history(Broker broker) throws Exception {
    var settings =
        new RecorderSettings(
            HOST, broker.mqttPort(), null, null, null, RecorderSettings.ALL_READINGS);
    return HistoryService.start(HistorySettings.of(settings, folder));
  }

  private static ConsoleService console(Access access, Broker broker, HistoryService history)
      throws Exception {
    return ConsoleService.start(
        ConsoleConfig.of(
                BrokerEndpoint.plain(HOST, broker.mqttPort()),
                new OwnBrokerCredentials(access),
                new KnownPeople(access))
            .listeningOn(HOST, 0)
            .withHistory(history.history()));
  }

  /** Runs the program to its end, and fails with all that it says where it does. */
  private void assertPasses(Map<String, String> environment) throws Exception {
    var builder =
        new ProcessBuilder("node", "--test", "--test-force-exit", "console/page.test.mjs")
            .directory(PROGRAMS.toFile())
            .redirectErrorStream(true)
            // The browser's profile goes with the test, however it ends.
            .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
    builder.environment().putAll(environment);
    builder.environment().put("TMPDIR", Files.createDirectory(folder.resolve("tmp")).toString());
    Process program = builder.start();
    try {
      CompletableFuture<String> output =
          CompletableFuture.supplyAsync(
              () -> {
                try (var reader = program.inputReader(StandardCharsets.UTF_8)) {
                  return String.join("\n", reader.readAllLines());
                } catch (java.io.IOException e) {
                  return "output broken off: " + e;
                }
              },
              command -> Thread.ofVirtual().start(command));
      boolean ended = program.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES);
      if (!ended) {
        end(program);
      }
      assertThat(ended).as("ends in time; said: %s", output.join()).isTrue();
      assertThat(program.exitValue()).as("%s", output.join()).isZero();
    } finally {
      end(program);
    }
  }

  private static void end(Process program) {
    program.descendants().forEach(ProcessHandle::destroyForcibly);
    program.destroyForcibly();
  }
}
