package io.noctule.device.description;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A change of the configuration at run time: a JSON merge patch (RFC 7396), checked and applied as
 * a whole or refused as a whole. A pure function.
 *
 * <p>Takes {@code {"sensors":{"temperature":{"interval":2}}}}, the same by the sensor's name at the
 * top, {@code interval}, {@code sensitivity}, {@code max_silence}, {@code enabled} and {@code
 * frequency} (in Hz, instead of an interval) at the top for all sensors, {@code topic}, {@code
 * custom}, {@code change_id} and {@code revision} (refused unless it is the one in force). What is
 * said of one sensor beats what is said of all. Null goes back to what {@code device.yaml} says.
 * {@code time}, {@code client} and {@code client_ip}, which tell who sent it, are not looked at.
 */
public final class ConfigurationPatch {
  /** A longer patch is refused unread. */
  public static final int MAX_BYTES = 64 << 10;

  private static final int MAX_REASONS = 20;
  private static final int MAX_CHANGE_ID_LENGTH = 128;
  private static final String FREQUENCY = "frequency";

  private static final Set<String> SENDER_KEYS = Set.of("time", "client", "client_ip");

  /** Of {@code device.yaml}, and closed to the network. */
  private static final Set<String> FIXED_KEYS =
      Set.of("id", "broker", "time_format", "buffer", "actions");

  private static final Set<String> FIXED_SENSOR_KEYS =
      Set.of(
          "metric", "path", "scale", "offset", "pattern", "pointer", "command", "timeout", "shape",
          "min", "max", "period", "seed");

  private static final List<String> SENSOR_KEYS =
      List.of("interval", FREQUENCY, "sensitivity", "max_silence", "enabled");

  private static final List<String> TOP_KEYS =
      List.of("sensors", "topic", "custom", "change_id", "revision");

  private final DeviceConfiguration inForce;
  private final List<String> reasons = new ArrayList<>();

  /** What the patch says of all sensors, and of each one. */
  private final ObjectNode ofAll = JsonValues.NODES.objectNode();

  private final Map<String, ObjectNode> ofEach = new LinkedHashMap<>();

  /** The patch in the one form that an overlay has. */
  private final ObjectNode change = JsonValues.NODES.objectNode();

  private ConfigurationPatch(DeviceConfiguration inForce) {
    this.inForce = inForce;
  }

  /**
   * Applies a message as it came.
   *
   * @param payload any bytes
   */
  public static PatchResult apply(DeviceConfiguration inForce, byte[] payload) {
    if (payload.length > MAX_BYTES) {
      return refused(
          "the change must have at most %d bytes, had %d".formatted(MAX_BYTES, payload.length));
    }
    try {
      return apply(inForce, JsonValues.parse(payload));
    } catch (IllegalArgumentException e) {
      return refused("the change is " + e.getMessage());
    }
  }

  /** Applies a patch. */
  public static PatchResult apply(DeviceConfiguration inForce, JsonNode patch) {
    return patch instanceof ObjectNode object
        ? new ConfigurationPatch(inForce).apply(object)
        : refused("the change must be a JSON object, was " + JsonValues.shown(patch));
  }

  private static PatchResult refused(String reason) {
    return new PatchResult.Refused(List.of(reason), Optional.empty());
  }

  private PatchResult apply(ObjectNode patch) {
    Optional<String> changeId = changeId(patch.get("change_id"));
    patch.forEachEntry(this::readTop);
    addSensors();
    if (!reasons.isEmpty()) {
      return new PatchResult.Refused(fewReasons(), changeId);
    }
    ObjectNode overlay = JsonValues.merge(inForce.overlay(), change);
    CustomKeys.violation(DeviceConfiguration.effectiveCustom(inForce.description(), overlay))
        .ifPresent(reason -> refuse("custom", reason));
    if (!reasons.isEmpty()) {
      return new PatchResult.Refused(fewReasons(), changeId);
    }
    prune(overlay, inForce.description());
    DeviceConfiguration next =
        overlay.equals(inForce.overlay())
            ? inForce
            : new DeviceConfiguration(inForce.description(), overlay, inForce.revision() + 1);
    return new PatchResult.Applied(next, changeId);
  }

  private List<String> fewReasons() {
    return reasons.size() <= MAX_REASONS ? reasons : reasons.subList(0, MAX_REASONS);
  }

  private void refuse(String path, String reason) {
    reasons.add(path + ": " + reason);
  }

  private Optional<String> changeId(@Nullable JsonNode id) {
    if (id == null || id.isNull()) {
      return Optional.empty();
    }
    String text = id.isString() || id.isNumber() ? id.asString() : "";
    if (text.isEmpty() || text.length() > MAX_CHANGE_ID_LENGTH) {
      refuse(
          "change_id",
          "must be a text of 1 to %d characters, was %s"
              .formatted(MAX_CHANGE_ID_LENGTH, JsonValues.shown(id)));
      return Optional.empty();
    }
    return Optional.of(text);
  }

  private void readTop(String key, JsonNode value) {
    switch (key) {
      case "change_id" -> {}
      case "revision" -> readRevision(value);
      case "topic" -> readTopic(value);
      case "custom" -> readCustom(value);
      case "sensors" -> readSensors(value);
      default -> {
        if (SENSOR_KEYS.contains(key)) {
          readSampling(key, key, value, ofAll);
        } else if (inForce.sensors().containsKey(key)) {
          readSensor(key, key, value);
        } else if (FIXED_KEYS.contains(key)) {
          refuseFixed(key);
        } else if (!SENDER_KEYS.contains(key)) {
          refuseUnknown(key, "is neither a sensor of this device nor a key", topCandidates(), key);
        }
      }
    }
  }

  private List<String> topCandidates() {
    List<String> candidates = new ArrayList<>(inForce.sensors().keySet());
    candidates.addAll(SENSOR_KEYS);
    candidates.addAll(TOP_KEYS);
    return candidates;
  }

  private void refuseUnknown(String path, String reason, List<String> candidates, String key) {
    refuse(shortened(path), reason + Suggestion.text(key, candidates));
  }

  private static String shortened(String path) {
    return path.length() <= 100 ? path : path.substring(0, 97) + "...";
  }

  private void refuseFixed(String path) {
    refuse(path, "cannot be changed from outside; it stands in device.yaml on the device");
  }

  private void readRevision(JsonNode value) {
    boolean same =
        value
            .decimalValueOpt()
            .filter(number -> number.compareTo(BigDecimal.valueOf(inForce.revision())) == 0)
            .isPresent();
    if (!value.isNull() && !same) {
      refuse(
          "revision",
          "the change was made for revision %s, and %d is in force"
              .formatted(JsonValues.shown(value), inForce.revision()));
    }
  }

  private void readTopic(JsonNode value) {
    if (!value.isNull()) {
      if (!value.isString()) {
        refuse("topic", "must be a text, was " + JsonValues.shown(value));
        return;
      }
      try {
        Topics.requireReadingTopic("topic", value.stringValue());
      } catch (IllegalArgumentException e) {
        reasons.add(String.valueOf(e.getMessage()));
      }
    }
    change.set("topic", value);
  }

  private void readCustom(JsonNode value) {
    if (value instanceof ObjectNode object) {
      try {
        change.set("custom", canonicalPatch(object));
      } catch (IllegalArgumentException e) {
        refuse("custom", String.valueOf(e.getMessage()));
      }
    } else if (value.isNull()) {
      change.set("custom", value);
    } else {
      refuse("custom", "must be an object, was " + JsonValues.shown(value));
    }
  }

  /** Each value in its canonical form, nulls kept. */
  private static ObjectNode canonicalPatch(ObjectNode patch) {
    ObjectNode copy = JsonValues.NODES.objectNode();
    patch.forEachEntry(
        (key, value) ->
            copy.set(
                key,
                value instanceof ObjectNode object
                    ? canonicalPatch(object)
                    : JsonValues.canonical(value)));
    return copy;
  }

  private void readSensors(JsonNode value) {
    if (value.isNull()) {
      inForce.sensors().keySet().forEach(name -> readSensor(name, "sensors." + name, value));
    } else if (value instanceof ObjectNode object) {
      object.forEachEntry(
          (name, sensor) -> {
            String path = "sensors." + name;
            if (inForce.sensors().containsKey(name)) {
              readSensor(name, path, sensor);
            } else {
              refuseUnknown(
                  path,
                  "this device has no such sensor",
                  List.copyOf(inForce.sensors().keySet()),
                  name);
            }
          });
    } else {
      refuse("sensors", "must be an object, was " + JsonValues.shown(value));
    }
  }

  private void readSensor(String name, String path, JsonNode value) {
    ObjectNode changes = JsonValues.NODES.objectNode();
    if (value.isNull()) {
      for (SamplingKey key : SamplingKey.values()) {
        changes.putNull(key.key());
      }
    } else if (value instanceof ObjectNode object) {
      object.forEachEntry(
          (key, member) -> readSensorKey(name, path + "." + key, key, member, changes));
    } else {
      refuse(path, "must be an object, was " + JsonValues.shown(value));
    }
    ObjectNode known = ofEach.putIfAbsent(name, changes);
    if (known != null) {
      addToKnown(name, known, changes);
    }
  }

  /** The same sensor at the top and below {@code sensors}: fine as long as both agree. */
  private void addToKnown(String name, ObjectNode known, ObjectNode changes) {
    changes.forEachEntry(
        (key, value) -> {
          JsonNode other = known.get(key);
          if (other != null && !other.equals(value)) {
            refuse(name + "." + key, "is given twice, with different values");
          }
          known.set(key, value);
        });
  }

  private void readSensorKey(
      String name, String path, String key, JsonNode value, ObjectNode changes) {
    SensorDescription sensor = inForce.sensors().get(name);
    if (SENSOR_KEYS.contains(key)) {
      readSampling(path, key, value, changes);
    } else if (key.equals("kind") || key.equals("unit")) {
      String inForceValue =
          sensor == null ? "" : key.equals("kind") ? sensor.source().kind() : sensor.unit();
      if (!value.isString() || !value.stringValue().equals(inForceValue)) {
        refuseFixed(path);
      }
    } else if (FIXED_SENSOR_KEYS.contains(key)) {
      refuseFixed(path);
    } else {
      refuseUnknown(path, "is no key of a sensor", SENSOR_KEYS, key);
    }
  }

  private void readSampling(String path, String key, JsonNode value, ObjectNode changes) {
    if (key.equals(FREQUENCY)) {
      readFrequency(path, value, changes);
      return;
    }
    SamplingKey known = SamplingKey.named(key).orElseThrow();
    Optional<String> violation = value.isNull() ? Optional.empty() : known.violation(value);
    if (violation.isPresent()) {
      refuse(path, violation.get());
    } else {
      set(path, known.key(), value.isNull() ? value : known.canonical(value), changes);
    }
  }

  private void readFrequency(String path, JsonNode value, ObjectNode changes) {
    if (value.isNull()) {
      set(path, "interval", value, changes);
      return;
    }
    double seconds = value.isNumber() ? 1 / value.numberValue().doubleValue() : Double.NaN;
    if (Sampling.INTERVAL.violation(seconds).isPresent()) {
      refuse(
          path,
          "must be 0.0000116 to 10 Hz (one in 86400 to 0.1 seconds), was "
              + JsonValues.shown(value));
    } else {
      set(path, "interval", JsonValues.number(seconds), changes);
    }
  }

  private void set(String path, String key, JsonNode value, ObjectNode changes) {
    JsonNode other = changes.get(key);
    if (other != null && !other.equals(value)) {
      refuse(path, "interval and frequency are given with different values; give one of them");
    }
    changes.set(key, value);
  }

  /** Brings what is said of all sensors and of each one into the form of an overlay. */
  private void addSensors() {
    ObjectNode sensors = JsonValues.NODES.objectNode();
    Set<String> names = new HashSet<>(ofEach.keySet());
    if (!ofAll.isEmpty()) {
      names.addAll(inForce.sensors().keySet());
    }
    for (String name : names) {
      ObjectNode changes = ofAll.deepCopy();
      ObjectNode own = ofEach.get(name);
      if (own != null) {
        changes.setAll(own);
      }
      sensors.set(name, changes);
    }
    change.set("sensors", sensors);
  }

  /** Removes from an overlay what the description says too. */
  static void prune(ObjectNode overlay, DeviceDescription description) {
    ObjectNode base = DeviceConfiguration.of(description).toJson();
    JsonValues.prune(overlay, base);
    for (String key : List.of("sensors", "custom")) {
      if (overlay.get(key) instanceof ObjectNode object) {
        removeEmpty(key, object, overlay);
      }
    }
  }

  private static void removeEmpty(String key, ObjectNode object, ObjectNode overlay) {
    if (key.equals("sensors")) {
      for (String name : object.propertyNames().toArray(String[]::new)) {
        if (object.path(name).isEmpty()) {
          object.remove(name);
        }
      }
    }
    if (object.isEmpty()) {
      overlay.remove(key);
    }
  }
}
