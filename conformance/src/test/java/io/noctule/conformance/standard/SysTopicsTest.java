package io.noctule.conformance.standard;

import static org.assertj.core.api.Assertions.assertThat;

import io.noctule.broker.Broker;
import io.noctule.broker.BrokerConfig;
import io.noctule.device.Device;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** The topics that monitoring made for mosquitto reads. */
class SysTopicsTest {
  private static final BrokerConfig CONFIG =
      BrokerConfig.builder()
          .host("127.0.0.1")
          .port(0)
          .loops(2)
          .version("1.2.3")
          .sysIntervalSeconds(1)
          .build();

  @Test
  void tellWhatTheBrokerCounts() throws Exception {
    Map<String, String> seen = new ConcurrentHashMap<>();
    try (Broker broker = Broker.start(CONFIG);
        Device watcher =
            Device.builder()
                .broker("127.0.0.1", broker.mqttPort())
                .subscribe("$SYS/#", 1)
                .onMessage((_, message) -> seen.put(message.topic(), message.display()))
                .connect();
        Device other =
            Device.builder().broker("127.0.0.1", broker.mqttPort()).subscribe("#", 1).connect()) {
      watcher.connected().get(10, TimeUnit.SECONDS);
      other.connected().get(10, TimeUnit.SECONDS);
      other.publish("kept", "1", 1, true).get(10, TimeUnit.SECONDS);

      Awaitility.await()
          .untilAsserted(
              () ->
                  assertThat(seen)
                      .containsEntry("$SYS/broker/version", "noctule version 1.2.3")
                      .containsEntry("$SYS/broker/clients/connected", "2")
                      .containsEntry("$SYS/broker/clients/total", "2")
                      .containsEntry("$SYS/broker/subscriptions/count", "2")
                      .containsEntry("$SYS/broker/publish/messages/received", "1")
                      .containsEntry("$SYS/broker/retained messages/count", "1")
                      .containsKeys(
                          "$SYS/broker/uptime",
                          "$SYS/broker/bytes/sent",
                          "$SYS/broker/load/publish/sent/15min"));
      assertThat(broker.counters().retainedMessages()).isOne();
    }
  }

  @Test
  void areOffAtIntervalZero() throws Exception {
    BrokerConfig config =
        BrokerConfig.builder().host("127.0.0.1").port(0).sysIntervalSeconds(0).build();
    Map<String, String> seen = new ConcurrentHashMap<>();
    try (Broker broker = Broker.start(config);
        Device watcher =
            Device.builder()
                .broker("127.0.0.1", broker.mqttPort())
                .subscribe("$SYS/#", 1)
                .subscribe("end", 1)
                .onMessage((_, message) -> seen.put(message.topic(), message.display()))
                .connect()) {
      watcher.connected().get(10, TimeUnit.SECONDS);
      watcher.publish("end", "1", 1, false).get(10, TimeUnit.SECONDS);
      Awaitility.await().until(() -> seen.containsKey("end"));
      assertThat(seen).containsOnlyKeys("end");
    }
  }
}
