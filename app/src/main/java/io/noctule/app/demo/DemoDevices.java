package io.noctule.app.demo;

import io.noctule.app.command.CommandFailure;
import io.noctule.app.command.ProgramVersion;
import io.noctule.device.Device;
import io.noctule.device.action.Condition;
import io.noctule.device.agent.Agent;
import io.noctule.device.agent.AgentEvent;
import io.noctule.device.agent.AgentException;
import io.noctule.device.agent.AgentOptions;
import io.noctule.device.description.DescriptionException;
import io.noctule.device.description.DescriptionReader;
import io.noctule.device.description.DeviceDescription;
import io.noctule.device.host.Hello;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The devices of the demo: four that are described in files as anybody's devices are, one that
 * greets, and one that shows on the terminal what all of them send.
 */
final class DemoDevices implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(DemoDevices.class);

  /** What a device is, in the words of the terminal. */
  record Kind(String id, String words) {}

  static final List<Kind> DESCRIBED =
      List.of(
          new Kind("greenhouse", "measures temperature and humidity"),
          new Kind("weather", "measures wind, sunlight and pressure"),
          new Kind("this-machine", "measures processor, memory and disk"),
          new Kind("lamp", "obeys ON and OFF on the topic test"));
  static final String HELLO_TOPIC = "test";
  static final Duration HELLO_INTERVAL = Duration.ofSeconds(5);

  private static final List<String> SHOWN =
      List.of(HELLO_TOPIC, "sensor_data/#", "sensor_data", "config_change/#", "status/+");

  /** So many greetings and one of them switches the lamp. */
  private static final int GREETINGS_A_SWITCH = 4;

  private static final Duration CONNECT_LIMIT = Duration.ofSeconds(10);
  private static final Duration LAST_MESSAGES = Duration.ofSeconds(1);

  private final String host;
  private final int port;
  private final Clock clock;
  private final MessageBoard board;
  private final Device terminal;
  private final Device greeter;
  private final List<Agent> agents = new ArrayList<>();
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("demo-greeter").factory());

  // Of the timer's thread.
  private int greetings;

  DemoDevices(String host, int port, Clock clock, MessageBoard board) {
    this.host = host;
    this.port = port;
    this.clock = clock;
    this.board = board;
    var showing =
        Device.builder()
            .broker(host, port)
            .id("demo-terminal")
            .onMessage((_, message) -> board.received(message));
    SHOWN.forEach(filter -> showing.subscribe(filter, 1));
    terminal = showing.build();
    greeter = Device.builder().broker(host, port).id("demo-greeter").build();
  }

  /**
   * Connects all: first the terminal, so that it misses nothing.
   *
   * @param folder where the devices keep what they have not sent
   * @throws java.util.concurrent.CompletionException where there is no connection
   * @throws CommandFailure where a device cannot be started
   */
  void start(Path folder) {
    connect(terminal);
    connect(greeter);
    var _ =
        timer.scheduleAtFixedRate(this::greet, 0, HELLO_INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
    var reader =
        new DescriptionReader(
            Map.of("BROKER_HOST", host, "BROKER_PORT", String.valueOf(port)), Condition::parse);
    var options = AgentOptions.of(folder, ProgramVersion.text());
    for (Kind kind : DESCRIBED) {
      try {
        agents.add(Agent.start(description(reader, kind.id()), options, this::onEvent));
      } catch (AgentException | DescriptionException | IOException e) {
        throw new CommandFailure(
            "the device %s does not start: %s".formatted(kind.id(), e.getMessage()),
            CommandFailure.FAILED,
            e);
      }
    }
  }

  private static void connect(Device device) {
    device.connect();
    device.connected().orTimeout(CONNECT_LIMIT.toMillis(), TimeUnit.MILLISECONDS).join();
  }

  private static DeviceDescription description(DescriptionReader reader, String id)
      throws IOException, DescriptionException {
    String name = id + ".yaml";
    try (InputStream in = DemoDevices.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IOException("the program lacks its file " + name);
      }
      return reader.read(
          new String(in.readAllBytes(), StandardCharsets.UTF_8),
          name,
          Path.of("").toAbsolutePath());
    }
  }

  private void onEvent(AgentEvent event) {
    switch (event) {
      case AgentEvent.Measured measured ->
          board.sending(measured.topic(), measured.payload().getBytes(StandardCharsets.UTF_8));
      case AgentEvent.Problem problem -> LOG.warn("{}", problem.text());
      case AgentEvent.SensorChange change when change.error() != null ->
          LOG.warn("sensor {}: {}", change.sensor(), change.error());
      default -> LOG.debug("{}", event);
    }
  }

  /** Publishes no more, and waits a moment for what is on its way. */
  void finish() throws InterruptedException {
    timer.shutdown();
    agents.forEach(Agent::close);
    if (!timer.awaitTermination(LAST_MESSAGES.toMillis(), TimeUnit.MILLISECONDS)
        || !board.awaitAll(LAST_MESSAGES)) {
      LOG.warn("some of the last messages have not arrived");
    }
  }

  private void greet() {
    String word =
        greetings % GREETINGS_A_SWITCH != GREETINGS_A_SWITCH - 1
            ? "Hello"
            : greetings / GREETINGS_A_SWITCH % 2 == 0 ? "ON" : "OFF";
    greetings++;
    ObjectNode message = Hello.now(clock, host, word).toJson();
    byte[] payload = message.toString().getBytes(StandardCharsets.UTF_8);
    board.sending(HELLO_TOPIC, payload);
    // What becomes of it shows on the board.
    var _ = greeter.publish(HELLO_TOPIC, payload, 0, false);
  }

  @Override
  public void close() {
    timer.shutdownNow();
    agents.forEach(Agent::close);
    greeter.close();
    terminal.close();
  }
}
