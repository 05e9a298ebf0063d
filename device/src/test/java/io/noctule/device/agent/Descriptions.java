package io.noctule.device.agent;

import io.noctule.device.BrokerAddress;
import io.noctule.device.description.ActionDescription;
import io.noctule.device.description.BrokerDescription;
import io.noctule.device.description.BufferDescription;
import io.noctule.device.description.DeviceDescription;
import io.noctule.device.description.Sampling;
import io.noctule.device.description.SensorDescription;
import io.noctule.device.description.SensorSource;
import io.noctule.device.description.TimeFormat;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import tools.jackson.databind.node.JsonNodeFactory;

/** Devices of the tests. */
final class Descriptions {
  private Descriptions() {}

  /** With two simulated sensors. */
  static DeviceDescription device(
      String id, int port, double intervalSeconds, ActionDescription... actions) {
    Map<String, SensorDescription> sensors = new LinkedHashMap<>();
    sensors.put("temperature", sensor("°C", intervalSeconds));
    sensors.put("humidity", sensor("%", intervalSeconds));
    return device(id, port, sensors, actions);
  }

  static DeviceDescription device(
      String id, int port, Map<String, SensorDescription> sensors, ActionDescription... actions) {
    return new DeviceDescription(
        id,
        new BrokerDescription(new BrokerAddress("127.0.0.1", port), null, null, null),
        DeviceDescription.defaultTopic(id),
        TimeFormat.ISO,
        BufferDescription.DEFAULT,
        sensors,
        List.of(actions),
        JsonNodeFactory.instance.objectNode());
  }

  private static SensorDescription sensor(String unit, double intervalSeconds) {
    return new SensorDescription(
        new SensorSource.Simulated(
            SensorSource.Simulated.Shape.NOISE, 10, 30, Duration.ofMinutes(1), 1),
        unit,
        new Sampling(intervalSeconds, 0, OptionalDouble.empty(), true));
  }
}
