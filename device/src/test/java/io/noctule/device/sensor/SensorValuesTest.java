package io.noctule.device.sensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.noctule.device.description.SensorSource;
import io.noctule.device.description.SensorSource.Simulated.Shape;
import io.noctule.device.description.SystemMetric;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files, values of this machine, and made-up ones. */
class SensorValuesTest {
  @TempDir Path folder;

  // --- Files

  @Test
  void readsTheNumberInAFile() throws Exception {
    Path file = folder.resolve("temp");
    Files.writeString(file, "48312\n");

    assertThat(file(file, null).read()).isEqualTo(48.312, within(1e-9));

    Files.writeString(file, "72 01 4b : crc=e1 YES\n72 01 4b t=-23125\n");
    assertThat(file(file, Pattern.compile("t=(-?\\d+)")).read()).isEqualTo(-23.125, within(1e-9));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "1 2", "NaN", "Infinity", "0x1F", "1d", "1,5", "--1", "1e"})
  void whatIsNoNumberIsRefused(String text) throws Exception {
    Path file = folder.resolve("temp");
    Files.writeString(file, text);

    assertThatThrownBy(() -> file(file, null).read())
        .isInstanceOf(SensorException.class)
        .hasMessage(
            "%s: must be a number, was '%s'; a pattern picks it out of more text", file, text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "-1.5", "+2.", ".5", "1e3", "1E-3"})
  void takesNumbersAsTheyAreWritten(String text) throws Exception {
    assertThat(NumberText.find(text, null)).isEqualTo(Double.parseDouble(text));
  }

  @Test
  void tellsWhyAFileHasNoNumber() throws Exception {
    Path file = folder.resolve("temp");
    assertThatThrownBy(() -> file(file, null).read()).hasMessage(file + ": there is no such file");
    assertThatThrownBy(() -> file(folder, null).read()).hasMessage(folder + ": is a folder");
    Files.writeString(file, "a".repeat(100));
    assertThatThrownBy(() -> file(file, Pattern.compile("t=(\\d+)")).read())
        .hasMessage("%s: the pattern t=(\\d+) finds nothing in '%s...'", file, "a".repeat(37));
  }

  @Test
  void anEndlessFileIsReadAsFarAsItsBound() {
    assertThatThrownBy(() -> file(Path.of("/dev/zero"), null).read())
        .isInstanceOf(SensorException.class);
  }

  private static FileSensor file(Path path, @org.jspecify.annotations.Nullable Pattern pattern) {
    return new FileSensor(
        new SensorSource.OfFile(path, new SensorSource.Linear(0.001, 0), pattern));
  }

  // --- This machine

  @ParameterizedTest
  @EnumSource(value = SystemMetric.class, mode = EnumSource.Mode.EXCLUDE, names = "CPU_TEMPERATURE")
  void readsValuesOfThisMachine(SystemMetric metric) throws Exception {
    Sensor sensor = SystemSensor.of(new SensorSource.OfSystem(metric, Path.of("/")));
    for (int i = 0; i < 2; i++) {
      double value = sensor.read();
      assertThat(value).isFinite().isNotNegative();
      if (metric.unit().equals("%")) {
        assertThat(value).isLessThanOrEqualTo(100);
      }
    }
    assertThat(SystemSensor.available()).contains(metric);
  }

  @Test
  void aTemperatureIsReadOrMissedWithAReason() {
    Sensor sensor =
        SystemSensor.of(new SensorSource.OfSystem(SystemMetric.CPU_TEMPERATURE, Path.of("/")));
    if (SystemSensor.available().contains(SystemMetric.CPU_TEMPERATURE)) {
      assertThat(outcome(sensor).value()).isBetween(1.0, 150.0);
    } else {
      assertThat(outcome(sensor).error())
          .isEqualTo("this machine does not tell the temperature of its processor");
    }
  }

  private static ReadOutcome outcome(Sensor sensor) {
    return ReadOutcome.of(new SensorRead(1, "a", sensor, false), java.time.InstantSource.system());
  }

  @Test
  void aMissingFileSystemIsToldOf() {
    Path nowhere = folder.resolve("nowhere");
    for (SystemMetric metric : List.of(SystemMetric.DISK_FREE, SystemMetric.DISK_USED_PERCENT)) {
      Sensor sensor = SystemSensor.of(new SensorSource.OfSystem(metric, nowhere));
      assertThat(outcome(sensor).error()).isEqualTo(nowhere + ": there is no such file or folder");
    }
  }

  @Test
  void aRateIsWhatACounterGrewByInATime() throws Exception {
    var bytes = new AtomicLong(5_000);
    var nanos = new AtomicLong();
    var rate = new NetworkRate(bytes::get, 1_000, nanos::get);
    assertThat(rate.read()).isNotNegative();

    bytes.set(25_000);
    nanos.set(Duration.ofSeconds(4).toNanos());
    assertThat(rate.read()).isEqualTo(5);

    bytes.set(10);
    nanos.set(Duration.ofSeconds(8).toNanos());
    assertThat(rate.read()).isZero();
  }

  // --- Made up

  @ParameterizedTest
  @EnumSource(Shape.class)
  void madeUpValuesStayInRangeAndAreTheSameForASeed(Shape shape) {
    List<Double> values = simulated(shape, 42);

    assertThat(values).allSatisfy(value -> assertThat(value).isBetween(18.0, 24.0));
    assertThat(simulated(shape, 42)).isEqualTo(values);
    assertThat(simulated(shape, 43)).isNotEqualTo(values);
    assertThat(values.stream().distinct().count()).isGreaterThan(30);
    // Rounded to hundredths, as 6 degrees have 600 of them.
    assertThat(values)
        .allSatisfy(
            value -> assertThat(value * 100).isCloseTo(Math.rint(value * 100), within(1e-6)));
  }

  @Test
  void aSineComesBackAfterAPeriodAndAWalkMovesInSmallSteps() {
    List<Double> sine = simulated(Shape.SINE, 1);
    assertThat(sine.get(60)).isCloseTo(sine.get(0), within(0.011));
    assertThat(sine.stream().mapToDouble(d -> d).max().orElse(0)).isCloseTo(24, within(0.05));

    List<Double> walk = simulated(Shape.WALK, 1);
    for (int i = 1; i < walk.size(); i++) {
      assertThat(Math.abs(walk.get(i) - walk.get(i - 1))).isLessThan(2.5);
    }
  }

  /** 200 values, one each second. */
  private static List<Double> simulated(Shape shape, long seed) {
    var nanos = new AtomicLong();
    var sensor =
        new SimulatedSensor(
            new SensorSource.Simulated(shape, 18, 24, Duration.ofSeconds(60), seed), nanos::get);
    List<Double> values = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      values.add(sensor.read());
      nanos.addAndGet(Duration.ofSeconds(1).toNanos());
    }
    return values;
  }
}
