package io.noctule.device.sensor;

import static io.noctule.device.sensor.VirtualSampling.every;
import static io.noctule.device.sensor.VirtualSampling.sensors;
import static org.assertj.core.api.Assertions.assertThat;

import io.noctule.device.description.Sampling;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

/** When sensors are read and what is sent, on a virtual clock. */
class SamplingScheduleTest {
  @Test
  void sensorsThatAreDueTogetherShareAReadingInTheOrderOfTheFile() {
    var sampling = new VirtualSampling(sensors("b", every(5), "a", every(5)));
    sampling.value("a", 1);
    assertThat(sampling.told).isEmpty();
    sampling.value("b", 2);
    assertThat(sampling.takeTold()).containsExactly("0.0 {b=2.0, a=1.0}");

    sampling.passTo(5);
    sampling.value("b", 3);
    sampling.value("a", 4);
    assertThat(sampling.takeTold()).containsExactly("5.0 {b=3.0, a=4.0}");
  }

  @Test
  void intervalsMeetAtTheirCommonMultiples() {
    var sampling = new VirtualSampling(sensors("fast", every(1), "slow", every(2)));
    sampling.value("fast", 0);
    sampling.value("slow", 0);
    sampling.passTo(1.1);
    sampling.value("fast", 1);
    sampling.passTo(2);
    sampling.value("fast", 2);
    sampling.value("slow", 2);

    assertThat(sampling.told)
        .containsExactly("0.0 {fast=0.0, slow=0.0}", "1.0 {fast=1.0}", "2.0 {fast=2.0, slow=2.0}");
  }

  @Test
  void aSlowSensorDelaysNoOther() {
    var sampling = new VirtualSampling(sensors("quick", every(1), "slow", every(1)));
    sampling.value("quick", 1);
    sampling.passTo(0.2);
    assertThat(sampling.told).isEmpty();
    sampling.passTo(0.3);
    assertThat(sampling.takeTold()).containsExactly("0.0 {quick=1.0}");
    assertThat(sampling.hurried).isEqualTo(1);

    sampling.passTo(0.7);
    sampling.value("slow", 2);
    assertThat(sampling.takeTold()).containsExactly("0.7 {slow=2.0}");
  }

  @Test
  void readingsLeaveInTheOrderOfTheirTime() {
    var sampling = new VirtualSampling(sensors("quick", every(0.1), "slow", every(0.1)));
    sampling.value("quick", 1);
    sampling.passTo(0.1);
    assertThat(sampling.takeTold()).containsExactly("0.0 {quick=1.0}");
    sampling.value("slow", 2);
    sampling.value("quick", 3);

    assertThat(sampling.takeTold()).containsExactly("0.1 {slow=2.0}", "0.1 {quick=3.0}");
  }

  @Test
  void aSensorIsReadByOneAtATime() {
    var sampling = new VirtualSampling(sensors("a", every(1)));
    SensorRead first = sampling.asked.get("a");
    sampling.passTo(5);
    assertThat(sampling.asked.get("a")).isEqualTo(first);

    sampling.value("a", 1);
    sampling.passTo(6);
    assertThat(sampling.asked).containsKey("a");
  }

  @Test
  void samplesThatWereMissedAreNotMadeUpFor() {
    var sampling = new VirtualSampling(sensors("a", every(1)));
    sampling.passTo(100.5);
    sampling.value("a", 1);
    sampling.passTo(101);
    sampling.value("a", 2);

    assertThat(sampling.told).contains("101.0 {a=2.0}").hasSize(4);
  }

  @Test
  void sendsWhatHasChangedEnough() {
    var sampling = new VirtualSampling(sensors("a", every(1, 0.5)));
    double[] values = {20, 20.4, 20.5, 20.9, 20.1, 20.0, 30};
    for (int i = 0; i < values.length; i++) {
      sampling.passTo(i);
      sampling.value("a", values[i]);
    }

    assertThat(sampling.told)
        .containsExactly("0.0 {a=20.0}", "2.0 {a=20.5}", "5.0 {a=20.0}", "6.0 {a=30.0}");
  }

  @Test
  void roundingOfBinaryFractionsHidesNoChange() {
    var sampling = new VirtualSampling(sensors("a", every(1, 0.1)));
    for (int i = 0; i < 10; i++) {
      sampling.passTo(i);
      // 0.1, 0.2, 0.3…: their differences are a bit more or less than 0.1.
      sampling.value("a", i / 10.0);
    }

    assertThat(sampling.told).hasSize(10);
  }

  @Test
  void withoutSensitivityEachSampleIsSent() {
    var sampling = new VirtualSampling(sensors("a", every(1)));
    for (int i = 0; i < 3; i++) {
      sampling.passTo(i);
      sampling.value("a", 7);
    }

    assertThat(sampling.told).hasSize(3);
  }

  @Test
  void aValueThatDoesNotChangeIsStillSentNowAndThen() {
    var sampling =
        new VirtualSampling(
            sensors("a", new Sampling(1, 5, OptionalDouble.of(3), true), "b", every(1, 5)));
    for (int i = 0; i <= 60; i++) {
      sampling.passTo(i);
      sampling.value("a", 7);
      sampling.value("b", 7);
    }

    assertThat(sampling.told).hasSize(21).contains("3.0 {a=7.0}", "60.0 {a=7.0, b=7.0}");
  }

  @Test
  void tellsOnceThatASensorFailsAndOnceThatItRecovers() {
    var sampling = new VirtualSampling(sensors("a", every(1, 5), "b", every(1)));
    sampling.value("a", 1);
    sampling.value("b", 1);
    for (int i = 1; i < 5; i++) {
      sampling.passTo(i);
      sampling.failure("a", "there is no such file");
      sampling.value("b", i);
    }
    sampling.passTo(5);
    sampling.value("a", 1);
    sampling.value("b", 5);

    assertThat(sampling.told)
        .containsExactly(
            "0.0 {a=1.0, b=1.0}",
            "a: there is no such file",
            "1.0 {b=1.0}",
            "2.0 {b=2.0}",
            "3.0 {b=3.0}",
            "4.0 {b=4.0}",
            "a: well",
            "5.0 {a=1.0, b=5.0}");
  }

  @Test
  void anotherReasonIsToldOnceAMinute() {
    var sampling = new VirtualSampling(sensors("a", every(1)));
    for (int i = 0; i <= 60; i++) {
      sampling.passTo(i);
      sampling.failure("a", "reason " + i);
    }

    assertThat(sampling.told).containsExactly("a: reason 0", "a: reason 60");
    assertThat(sampling.states().get("a")).isEqualTo(new SensorState(null, null, "reason 60"));
  }

  @Test
  void aSensorThatHangsIsTold() {
    var sampling = new VirtualSampling(sensors("a", every(3600)));
    sampling.passTo(9.9);
    assertThat(sampling.told).isEmpty();
    sampling.passTo(10);
    assertThat(sampling.takeTold()).containsExactly("a: gives no answer for 10 seconds");
    sampling.passTo(100);
    sampling.value("a", 4);

    assertThat(sampling.told).containsExactly("a: well", "100.0 {a=4.0}");
  }

  @Test
  void theStateHasTheLastValueAndItsTime() {
    var sampling = new VirtualSampling(sensors("a", every(1, 100)));
    assertThat(sampling.states()).isEqualTo(Map.of("a", SensorState.NEW));
    sampling.value("a", 1);
    sampling.passTo(1);
    sampling.value("a", 2);
    sampling.passTo(2);
    sampling.failure("a", "gone");

    assertThat(sampling.states().get("a"))
        .isEqualTo(new SensorState(2.0, VirtualSampling.START.plusSeconds(1), "gone"));
  }

  @Test
  void takesAnotherIntervalWithoutLosingStep() {
    var sampling = new VirtualSampling(sensors("a", every(100), "b", every(10)));
    sampling.value("a", 0);
    sampling.value("b", 0);
    sampling.passTo(5);
    sampling.configure(sensors("a", every(10), "b", every(10)));
    assertThat(sampling.asked).isEmpty();

    sampling.passTo(10);
    sampling.value("a", 1);
    sampling.value("b", 1);
    assertThat(sampling.told).contains("10.0 {a=1.0, b=1.0}");
  }

  @Test
  void aSensorThatIsOffIsNotReadAndIsReadAtOnceWhenOn() {
    var off = new Sampling(1, 0, OptionalDouble.empty(), false);
    var sampling = new VirtualSampling(sensors("a", off));
    sampling.passTo(3.5);
    assertThat(sampling.asked).isEmpty();

    sampling.configure(sensors("a", every(1)));
    sampling.value("a", 1);
    sampling.passTo(4);
    sampling.value("a", 2);
    assertThat(sampling.takeTold()).containsExactly("3.5 {a=1.0}", "4.0 {a=2.0}");

    sampling.passTo(5);
    sampling.configure(sensors("a", off));
    sampling.value("a", 3);
    sampling.passTo(20);
    assertThat(sampling.told).isEmpty();
    assertThat(sampling.asked).isEmpty();
  }

  @Test
  void anotherSensitivityCountsFromTheLastValueSent() {
    var sampling = new VirtualSampling(sensors("a", every(1, 100)));
    sampling.value("a", 0);
    sampling.passTo(1);
    sampling.value("a", 5);
    sampling.configure(sensors("a", every(1, 6)));
    sampling.passTo(2);
    sampling.value("a", 5.5);
    sampling.passTo(3);
    sampling.value("a", 6);

    assertThat(sampling.told).containsExactly("0.0 {a=0.0}", "3.0 {a=6.0}");
  }

  @Test
  void sensorsComeAndGo() {
    var sampling = new VirtualSampling(sensors("a", every(1), "b", every(1)));
    SensorRead old = sampling.asked.get("b");
    sampling.value("a", 1);
    sampling.configure(sensors("a", every(1), "c", every(1)));
    sampling.asked.put("b", old);
    sampling.value("b", 1);
    sampling.value("c", 1);

    assertThat(sampling.told).containsExactly("0.0 {a=1.0}", "0.0 {c=1.0}");
    assertThat(sampling.states()).containsOnlyKeys("a", "c");
  }
}
