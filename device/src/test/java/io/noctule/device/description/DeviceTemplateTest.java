package io.noctule.device.description;

import static org.assertj.core.api.Assertions.assertThat;

import io.noctule.device.sensor.SystemSensor;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The file that --init writes. */
class DeviceTemplateTest {
  private static final DescriptionReader READER =
      new DescriptionReader(Map.of(), ConditionSyntax.ANY);

  @Test
  void worksAsItIsOnThisMachine() throws Exception {
    DeviceDescription device = read(DeviceTemplate.text("a-1", SystemSensor.available()));

    assertThat(device.id()).isEqualTo("a-1");
    assertThat(device.topic()).isEqualTo("sensor_data/a-1");
    assertThat(device.sensors()).containsKeys("cpu_load", "memory_used", "demo_temperature");
    assertThat(device.actions()).isEmpty();
  }

  @Test
  void worksOnAMachineThatTellsAllOrNothing() throws Exception {
    assertThat(read(DeviceTemplate.text("a", EnumSet.allOf(SystemMetric.class))).sensors().keySet())
        .containsExactly(
            "cpu_load", "cpu_temperature", "memory_used", "disk_used", "demo_temperature");
    assertThat(read(DeviceTemplate.text("a", List.of())).sensors().keySet())
        .containsExactly("demo_temperature");
  }

  @Test
  void takesAnyId() throws Exception {
    for (String id : List.of("it's", "a: b", "- x", "a${NAME}", "\"", "007", "ä %1$s")) {
      assertThat(read(DeviceTemplate.text(id, List.of())).id()).isEqualTo(id);
    }
  }

  @Test
  void whatItShowsInCommentsWorksToo() throws Exception {
    String text =
        DeviceTemplate.text("a", List.of())
            .lines()
            .map(line -> line.matches(" *# +(- )?[a-z_]+:.*") ? line.replaceFirst("# ", "") : line)
            .filter(line -> !line.contains("password_file") && !line.contains("does not tell"))
            .collect(java.util.stream.Collectors.joining("\n"));

    DeviceDescription device = read(text);

    assertThat(device.sensors()).containsKeys("cpu_temperature", "board_temperature", "users");
    assertThat(device.broker().tls()).isNotNull();
    assertThat(device.buffer().maxAge()).isPresent();
    assertThat(device.actions()).hasSize(1);
  }

  private static DeviceDescription read(String text) throws DescriptionException {
    return READER.read(text, "device.yaml", Path.of("/etc"));
  }
}
