package io.noctule.device.description;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What is in force on a device: {@code device.yaml} and, laid over it, what was changed at run time
 * ({@link ConfigurationPatch}). Only the differences are kept, so that a value that nobody has
 * changed follows the file. Immutable; any thread.
 */
public final class DeviceConfiguration {
  static final long FIRST_REVISION = 1;

  private final DeviceDescription description;
  private final ObjectNode overlay;
  private final long revision;
  private final String topic;
  private final Map<String, SensorDescription> sensors;
  private final ObjectNode custom;

  /**
   * Lays valid changes over a description.
   *
   * @param overlay in the form of {@link #toJson}, valid, not changed any more by the caller
   */
  DeviceConfiguration(DeviceDescription description, ObjectNode overlay, long revision) {
    this.description = description;
    this.overlay = overlay;
    this.revision = revision;
    this.topic = overlay.path("topic").stringValue(description.topic());
    JsonNode changes = overlay.path("sensors");
    var changed = new LinkedHashMap<String, SensorDescription>();
    description
        .sensors()
        .forEach(
            (name, sensor) ->
                changed.put(
                    name,
                    changes.get(name) instanceof ObjectNode change
                        ? sensor.with(SamplingKey.changed(sensor.sampling(), change))
                        : sensor));
    this.sensors = Collections.unmodifiableMap(changed);
    this.custom = effectiveCustom(description, overlay);
  }

  /** The configuration of a device that was never changed. */
  public static DeviceConfiguration of(DeviceDescription description) {
    return new DeviceConfiguration(description, JsonValues.NODES.objectNode(), FIRST_REVISION);
  }

  /**
   * The configuration with the changes that {@link #toStoredJson} has kept. Those that do not fit
   * the description any more are dropped. The revision grows where the description has changed what
   * is in force.
   */
  public static Restored restore(DeviceDescription description, JsonNode stored) {
    return StoredConfiguration.restore(description, stored);
  }

  /**
   * A configuration that was kept.
   *
   * @param configuration in force
   * @param messages which changes were dropped and why; empty when all fit
   */
  public record Restored(DeviceConfiguration configuration, List<String> messages) {
    /** Takes a copy of the messages. */
    public Restored {
      messages = List.copyOf(messages);
    }
  }

  static ObjectNode effectiveCustom(DeviceDescription description, ObjectNode overlay) {
    ObjectNode custom = description.custom();
    return overlay.get("custom") instanceof ObjectNode change
        ? JsonValues.merge(custom, change.deepCopy())
        : custom;
  }

  /** The description beneath. */
  public DeviceDescription description() {
    return description;
  }

  /** Grows by one with each change, from 1. */
  public long revision() {
    return revision;
  }

  /** Where readings go. */
  public String topic() {
    return topic;
  }

  /** The sensors by name, as they are read now. */
  public Map<String, SensorDescription> sensors() {
    return sensors;
  }

  /** The user's own keys; a copy. */
  public ObjectNode custom() {
    return custom.deepCopy();
  }

  /** What was changed, in the form of a patch; a copy. */
  ObjectNode overlay() {
    return overlay.deepCopy();
  }

  /**
   * As the device reports it: {@code revision}, {@code topic}, {@code sensors} with {@code kind},
   * {@code unit}, {@code interval}, {@code sensitivity}, {@code max_silence} where it is set and
   * {@code enabled}, and {@code custom}. Taken as a patch, it changes nothing.
   */
  public ObjectNode toJson() {
    ObjectNode json = JsonValues.NODES.objectNode().put("revision", revision).put("topic", topic);
    ObjectNode all = json.putObject("sensors");
    sensors.forEach(
        (name, sensor) ->
            all.putObject(name)
                .put("kind", sensor.source().kind())
                .put("unit", sensor.unit())
                .setAll(SamplingKey.json(sensor.sampling())));
    json.set("custom", custom());
    return json;
  }

  /** What is to be kept on disk; see {@link #restore}. */
  public ObjectNode toStoredJson() {
    return StoredConfiguration.toJson(this);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof DeviceConfiguration that
        && revision == that.revision
        && description.equals(that.description)
        && overlay.equals(that.overlay);
  }

  @Override
  public int hashCode() {
    return Long.hashCode(revision) * 31 + overlay.hashCode();
  }

  @Override
  public String toString() {
    return toJson().toString();
  }
}
