package io.noctule.device.sensor;

import static io.noctule.device.sensor.VirtualSampling.every;
import static io.noctule.device.sensor.VirtualSampling.sensor;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.noctule.device.description.SensorDescription;
import io.noctule.device.description.SensorSource;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The sampler with real threads, files and programs. */
class SamplerTest {
  @TempDir Path folder;

  private static final class Listener implements SamplerListener {
    final List<Reading> readings = new CopyOnWriteArrayList<>();
    final List<String> states = new CopyOnWriteArrayList<>();

    @Override
    public void onReading(Reading reading) {
      readings.add(reading);
    }

    @Override
    public void onSensorState(String sensor, SensorState state) {
      states.add(sensor + ": " + state.error());
    }

    Optional<Double> last(String name) {
      return readings.reversed().stream()
          .filter(reading -> reading.values().containsKey(name))
          .findFirst()
          .map(reading -> reading.values().get(name));
    }
  }

  @Test
  void sensorsThatHangDelayNoOther() throws Exception {
    Map<String, SensorDescription> sensors = new LinkedHashMap<>();
    for (int i = 0; i < 5; i++) {
      Path fifo = folder.resolve("fifo" + i);
      assertThat(new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor()).isZero();
      // Nobody writes to it: even opening it waits for ever.
      sensors.put("hangs" + i, sensor(fifo.toString(), every(0.1)));
    }
    sensors.put("works", simulated());
    var listener = new Listener();

    try (var _ = Sampler.start(sensors, listener)) {
      await().until(() -> listener.readings.size() >= 10);
    }
    assertThat(listener.readings)
        .allSatisfy(reading -> assertThat(reading.values()).containsOnlyKeys("works"));
  }

  @Test
  void tellsAReasonForWhatCannotBeReadAndGoesOn() {
    Map<String, SensorDescription> sensors = new LinkedHashMap<>();
    Path missing = folder.resolve("missing");
    sensors.put("broken", sensor(missing.toString(), every(0.1)));
    sensors.put("works", simulated());
    var listener = new Listener();

    try (var sampler = Sampler.start(sensors, listener)) {
      await().until(() -> listener.readings.size() >= 5);
      assertThat(listener.states).containsExactly("broken: " + missing + ": there is no such file");
      assertThat(sampler.states().get("works"))
          .satisfies(state -> assertThat(state.value()).isNotNull());
    }
  }

  @Test
  void aSensorThatThrowsAnythingIsOnlyItself() {
    var listener = new Listener();
    SensorFactory factory =
        source ->
            source instanceof SensorSource.OfFile file && file.path().endsWith("bad")
                ? () -> {
                  throw new IllegalStateException("bug");
                }
                : () -> 1;

    try (var _ =
        Sampler.start(
            Map.of("bad", sensor("bad", every(0.1)), "good", sensor("good", every(0.1))),
            listener,
            factory,
            InstantSource.system())) {
      await().until(() -> listener.readings.size() >= 3 && !listener.states.isEmpty());
    }
    assertThat(listener.states)
        .containsExactly("bad: reading it failed: java.lang.IllegalStateException: bug");
  }

  @Test
  void valuesThatAreNoNumbersAreNeverSent() {
    var listener = new Listener();
    double[] values = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, 4};
    var reads = new AtomicInteger();

    try (var _ =
        Sampler.start(
            Map.of("a", sensor("a", every(0.1))),
            listener,
            _ -> () -> values[Math.min(3, reads.getAndIncrement())],
            InstantSource.system())) {
      await().until(() -> !listener.readings.isEmpty());
    }
    assertThat(listener.last("a")).hasValue(4.0);
    assertThat(listener.states).containsExactly("a: the value is not a finite number", "a: null");
  }

  @Test
  void isReconfiguredWhileItRuns() {
    var listener = new Listener();
    try (var sampler =
        Sampler.start(
            Map.of("a", sensor("a", every(3600))),
            listener,
            _ -> () -> 1,
            InstantSource.system())) {
      await().until(() -> listener.readings.size() == 1);
      sampler.configure(Map.of("a", sensor("a", every(0.1))));
      await().until(() -> listener.readings.size() >= 4);
    }
  }

  @Test
  void aListenerThatThrowsStopsNothing() {
    var calls = new AtomicInteger();
    var listener =
        new SamplerListener() {
          @Override
          public void onReading(Reading reading) {
            calls.incrementAndGet();
            throw new IllegalStateException("on purpose");
          }

          @Override
          public void onSensorState(String sensor, SensorState state) {}
        };
    try (var _ =
        Sampler.start(
            Map.of("a", sensor("a", every(0.1))), listener, _ -> () -> 1, InstantSource.system())) {
      await().until(() -> calls.get() >= 3);
    }
  }

  @Test
  void closingEndsTheProgramThatASensorRuns() throws Exception {
    Path pidFile = folder.resolve("pid");
    var source =
        new SensorSource.OfCommand(
            List.of("sh", "-c", "echo $$ > " + pidFile + "; sleep 1000 & wait"),
            Duration.ofSeconds(100),
            SensorSource.Linear.IDENTITY,
            null,
            null);
    var sampler =
        Sampler.start(Map.of("a", new SensorDescription(source, "", every(1))), new Listener());
    await().until(() -> pidFile.toFile().length() > 0);
    long pid = Long.parseLong(java.nio.file.Files.readString(pidFile).strip());
    List<ProcessHandle> all = new ArrayList<>();
    ProcessHandle.of(pid).ifPresent(all::add);
    ProcessHandle.of(pid).ifPresent(process -> process.descendants().forEach(all::add));

    sampler.close();

    assertThat(all).isNotEmpty();
    await().until(() -> all.stream().noneMatch(ProcessHandle::isAlive));
  }

  @Test
  void theListenerMayCloseTheSampler() throws Exception {
    var closed = new CountDownLatch(1);
    var sampler = new Sampler[1];
    var started = new CountDownLatch(1);
    sampler[0] =
        Sampler.start(
            Map.of("a", sensor("a", every(0.1))),
            new SamplerListener() {
              @Override
              public void onReading(Reading reading) {
                try {
                  started.await();
                } catch (InterruptedException e) {
                  Thread.currentThread().interrupt();
                }
                sampler[0].close();
                closed.countDown();
              }

              @Override
              public void onSensorState(String sensor, SensorState state) {}
            },
            _ -> () -> 1,
            InstantSource.system());
    started.countDown();
    closed.await();
  }

  private static SensorDescription simulated() {
    return new SensorDescription(
        new SensorSource.Simulated(
            SensorSource.Simulated.Shape.NOISE, 0, 1, Duration.ofSeconds(1), 1),
        "",
        every(0.1));
  }
}
