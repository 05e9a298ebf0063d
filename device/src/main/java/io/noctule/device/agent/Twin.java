package io.noctule.device.agent;

import io.noctule.device.description.DeviceConfiguration;
import io.noctule.device.description.TimeFormat;
import io.noctule.device.sensor.ReadingJson;
import io.noctule.device.sensor.SensorState;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What a device reports of itself, as JSON for its retained topic {@code twin/ID}. */
final class Twin {
  private Twin() {}

  static String topic(String id) {
    return "twin/" + id;
  }

  /**
   * The report of a moment.
   *
   * @param states of the sensors by name; those that are missing were not read yet
   */
  static ObjectNode toJson(
      DeviceFacts facts,
      Addresses addresses,
      DeviceConfiguration configuration,
      Optional<Change> change,
      Map<String, SensorState> states,
      Instant now) {
    ObjectNode json =
        JsonNodeFactory.instance
            .objectNode()
            .put("time", time(now))
            .put("client", facts.id())
            .put("client_ip", addresses.towardsBroker());
    addresses.all().forEach(json.putArray("addresses")::add);
    json.put("version", facts.version())
        .put("java", facts.java())
        .put("os", facts.os())
        .put("since", time(facts.since()));
    json.set("configuration", configuration.toJson());
    change.ifPresent(last -> json.set("change", last.toJson()));
    ObjectNode sensors = json.putObject("sensors");
    configuration
        .sensors()
        .forEach(
            (name, sensor) ->
                sensors.set(
                    name, sensor(sensor.unit(), states.getOrDefault(name, SensorState.NEW))));
    return json;
  }

  private static ObjectNode sensor(String unit, SensorState state) {
    ObjectNode json = JsonNodeFactory.instance.objectNode().put("unit", unit);
    Double value = state.value();
    json.set(
        "value", value == null ? JsonNodeFactory.instance.nullNode() : ReadingJson.number(value));
    Instant time = state.time();
    return json.put("time", time == null ? null : time(time)).put("error", state.error());
  }

  static String time(Instant time) {
    return TimeFormat.ISO.format(time, ZoneOffset.UTC);
  }
}
