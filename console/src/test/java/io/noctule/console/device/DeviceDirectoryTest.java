package io.noctule.console.device;

import static org.assertj.core.api.Assertions.assertThat;

import io.noctule.console.session.Person;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DeviceDirectoryTest {
  private static final Instant NOW = Instant.parse("2026-11-25T10:00:00Z");

  private final DeviceDirectory directory = new DeviceDirectory(() -> NOW);

  private record Seeing(Set<String> topics) implements Person {
    @Override
    public String name() {
      return "vera";
    }

    @Override
    public boolean isAdmin() {
      return false;
    }

    @Override
    public boolean maySee(String topic) {
      return topics.isEmpty() || topics.contains(topic);
    }

    @Override
    public boolean mayPublish(String topic) {
      return false;
    }

    @Override
    public boolean isValid() {
      return true;
    }
  }

  private static final Person ALL = new Seeing(Set.of());

  private void receive(String topic, String payload) {
    directory.received(topic, payload.getBytes(StandardCharsets.UTF_8), false);
  }

  private DeviceState device(String id) {
    return directory.find(ALL, id).orElseThrow();
  }

  @Test
  void boundsTheDevices() {
    for (int i = 0; i < DeviceDirectory.MOST_DEVICES + 5; i++) {
      receive("sensor_data/device-" + i, "1");
    }
    receive("sensor_data/" + "x".repeat(200), "1");
    assertThat(directory.seenBy(ALL)).hasSize(DeviceDirectory.MOST_DEVICES);
    assertThat(directory.leftOut()).isEqualTo(6);
  }

  @Test
  void boundsTheMetricsOfADevice() {
    for (int i = 0; i < DeviceDirectory.MOST_METRICS + 5; i++) {
      receive("sensor_data/shed", "{\"m%d\":1}".formatted(i));
    }
    receive("sensor_data/shed", "{\"m0\":2}");
    assertThat(device("shed").latest()).hasSize(DeviceDirectory.MOST_METRICS);
    assertThat(device("shed").latest().get("m0")).isEqualTo(new Measured(2, NOW));
    assertThat(directory.leftOut()).isEqualTo(5);
  }

  @Test
  void boundsTheTwinsOfAll() {
    String large = "{\"x\":\"" + "x".repeat(60_000) + "\"}";
    for (int i = 0; i < 1_000; i++) {
      receive("twin/device-" + i, large);
    }
    assertThat(directory.seenBy(ALL).stream().filter(device -> device.twin() != null).count())
        .isBetween(500L, 600L);
    // Room comes back with what is removed or becomes smaller.
    receive("twin/device-0", "");
    receive("twin/device-999", large);
    assertThat(device("device-999").twin()).isNotNull();
  }

  @Test
  void takesAPlausibleTimeOnly() {
    receive("sensor_data/shed", "{\"time\":\"2026-11-25T11:59:58+02:00\",\"a\":1}");
    receive("sensor_data/shed", "{\"time\":\"1970-01-01T00:00:00Z\",\"b\":1}");
    receive("sensor_data/shed", "{\"time\":\"2036-01-01T00:00:00Z\",\"c\":1}");
    receive("sensor_data/shed", "{\"time\":\"25/11/2026 10:00:00\",\"d\":1}");
    receive("sensor_data/shed", "{\"time\":7,\"e\":1}");
    assertThat(device("shed").latest().get("a")).isEqualTo(new Measured(1, NOW.minusSeconds(2)));
    for (String metric : Set.of("b", "c", "d", "e")) {
      assertThat(device("shed").latest().get(metric)).as(metric).isEqualTo(new Measured(1, NOW));
    }
    assertThat(device("shed").latest()).doesNotContainKey("time");
  }

  @Test
  void knowsSinceWhenADeviceIsOnlineFromItsTwin() {
    directory.received("status/shed", "online".getBytes(StandardCharsets.UTF_8), true);
    assertThat(device("shed").statusSince()).isNull();
    receive("twin/shed", "{\"since\":\"2026-11-25T09:00:00Z\"}");
    assertThat(device("shed").statusSince()).isEqualTo(Instant.parse("2026-11-25T09:00:00Z"));
    receive("status/shed", "offline");
    assertThat(device("shed").statusSince()).isEqualTo(NOW);
  }

  @Test
  void rightsAreThoseOfTheTopicThatADevicePublishesOn() {
    receive("sensor_data", "{\"client\":\"cart\",\"a\":1}");
    receive("sensor_data/shed", "{\"a\":1}");
    receive("sensor_data", "{\"client\":\"shed\",\"b\":1}");
    var plain = new Seeing(Set.of("sensor_data"));
    assertThat(directory.seenBy(plain).stream().map(DeviceState::id)).containsExactly("cart");
    var own = new Seeing(Set.of("sensor_data/shed", "sensor_data/old"));
    assertThat(directory.seenBy(own).stream().map(DeviceState::id)).containsExactly("shed");
    assertThat(directory.maySee(own, "old")).as("known by the history alone").isTrue();
    assertThat(directory.maySee(plain, "old")).isFalse();
  }
}
