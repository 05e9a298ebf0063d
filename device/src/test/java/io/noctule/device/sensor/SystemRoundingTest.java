package io.noctule.device.sensor;

import static org.assertj.core.api.Assertions.assertThat;

import io.noctule.device.description.SensorSource;
import io.noctule.device.description.SystemMetric;
import java.math.BigDecimal;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SystemRoundingTest {
  @ParameterizedTest
  @EnumSource(
      value = SystemMetric.class,
      names = {"MEMORY_USED", "MEMORY_USED_PERCENT", "DISK_USED_PERCENT", "CPU_LOAD"})
  void whatTheMachineTellsHasTwoDecimals(SystemMetric metric) throws SensorException {
    double value = SystemSensor.of(new SensorSource.OfSystem(metric, Path.of("/"))).read();

    assertThat(BigDecimal.valueOf(value).stripTrailingZeros().scale()).isLessThanOrEqualTo(2);
  }
}
