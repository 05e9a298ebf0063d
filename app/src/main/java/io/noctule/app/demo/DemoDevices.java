package io.noctule.app.demo;

import io.noctule.device.Device;
import io.noctule.device.host.Hello;
import io.noctule.device.host.LocalAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The two devices of the demo: one greets, one measures, and each listens to the other. Their
 * publishing runs on one thread of their own.
 */
final class DemoDevices implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(DemoDevices.class);
  static final String HELLO_TOPIC = "test";
  static final String SENSOR_NAME = "greenhouse";
  static final String SENSOR_TOPIC = "sensor_data/" + SENSOR_NAME;
  static final Duration INTERVAL = Duration.ofSeconds(2);
  private static final String HELLO = "Hello";
  private static final Duration CONNECT_LIMIT = Duration.ofSeconds(10);
  private static final Duration LAST_MESSAGES = Duration.ofSeconds(1);

  private final String host;
  private final Clock clock;
  private final MessageBoard board;
  private final Device greeter;
  private final Device sensor;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("demo-devices").factory());

  // Of the timer's thread.
  private double temperature = 21;
  private double humidity = 55;

  DemoDevices(String host, int port, Clock clock, MessageBoard board) {
    this.host = host;
    this.clock = clock;
    this.board = board;
    greeter =
        Device.builder()
            .broker(host, port)
            .id("demo-greeter")
            .subscribe("sensor_data/#", 1)
            .onMessage((_, message) -> board.received(message))
            .build();
    sensor =
        Device.builder()
            .broker(host, port)
            .id("demo-" + SENSOR_NAME)
            .subscribe(HELLO_TOPIC, 1)
            .onMessage((_, message) -> board.received(message))
            .build();
  }

  /**
   * Connects both, then has them publish: the greeter at once, the sensor between two greetings.
   *
   * @throws java.util.concurrent.CompletionException where they do not get a connection
   */
  void start() {
    greeter.connect();
    sensor.connect();
    greeter.connected().orTimeout(CONNECT_LIMIT.toMillis(), TimeUnit.MILLISECONDS).join();
    sensor.connected().orTimeout(CONNECT_LIMIT.toMillis(), TimeUnit.MILLISECONDS).join();
    long period = INTERVAL.toMillis();
    var _ = timer.scheduleAtFixedRate(this::greet, 0, period, TimeUnit.MILLISECONDS);
    var _ = timer.scheduleAtFixedRate(this::measure, period / 2, period, TimeUnit.MILLISECONDS);
  }

  /** Publishes no more, and waits a moment for what is on its way. */
  void finish() throws InterruptedException {
    timer.shutdown();
    if (!timer.awaitTermination(LAST_MESSAGES.toMillis(), TimeUnit.MILLISECONDS)
        || !board.awaitAll(LAST_MESSAGES)) {
      LOG.warn("some of the last messages have not arrived");
    }
  }

  private void greet() {
    publish(greeter, HELLO_TOPIC, Hello.now(clock, host, HELLO).toJson(), 0);
  }

  private void measure() {
    var random = ThreadLocalRandom.current();
    temperature += random.nextDouble(-0.3, 0.3);
    humidity = Math.clamp(humidity + random.nextDouble(-1, 1), 0, 100);
    ObjectNode reading =
        JsonNodeFactory.instance
            .objectNode()
            .put("time", OffsetDateTime.now(clock).truncatedTo(ChronoUnit.MILLIS).toString())
            .put("client", SENSOR_NAME)
            .put("client_ip", LocalAddress.towards(host).getHostAddress())
            .put("temperature", Math.round(temperature * 100) / 100.0)
            .put("humidity", Math.round(humidity * 10) / 10.0);
    publish(sensor, SENSOR_TOPIC, reading, 1);
  }

  private void publish(Device device, String topic, ObjectNode message, int qos) {
    byte[] payload = message.toString().getBytes(StandardCharsets.UTF_8);
    board.sending(topic, payload);
    // What becomes of it shows on the board.
    var _ = device.publish(topic, payload, qos, false);
  }

  @Override
  public void close() {
    timer.shutdownNow();
    greeter.close();
    sensor.close();
  }
}
