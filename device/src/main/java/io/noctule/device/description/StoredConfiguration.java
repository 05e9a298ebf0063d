package io.noctule.device.description;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A configuration on disk: {@code {"revision":…,"changes":{…},"configuration":{…}}}. The changes
 * are what counts; the whole configuration beside them tells whether the file below has changed.
 */
final class StoredConfiguration {
  private StoredConfiguration() {}

  static ObjectNode toJson(DeviceConfiguration configuration) {
    ObjectNode json = JsonValues.NODES.objectNode().put("revision", configuration.revision());
    json.set("changes", configuration.overlay());
    json.set("configuration", withoutRevision(configuration));
    return json;
  }

  private static ObjectNode withoutRevision(DeviceConfiguration configuration) {
    ObjectNode json = configuration.toJson();
    json.remove("revision");
    return json;
  }

  static DeviceConfiguration.Restored restore(DeviceDescription description, JsonNode stored) {
    List<String> messages = new ArrayList<>();
    JsonNode revisionNode = stored.path("revision");
    boolean intact =
        revisionNode.canConvertToExactIntegral()
            && revisionNode.canConvertToLong()
            && revisionNode.longValue() >= DeviceConfiguration.FIRST_REVISION
            && stored.get("changes") instanceof ObjectNode;
    if (!intact) {
      messages.add(
          "the kept changes of the configuration are damaged and were dropped; "
              + "device.yaml is in force");
      return new DeviceConfiguration.Restored(DeviceConfiguration.of(description), messages);
    }
    long revision = revisionNode.longValue();
    ObjectNode overlay = overlay(description, stored.path("changes"), messages);
    var configuration = new DeviceConfiguration(description, overlay, revision);
    JsonNode before = canonicalOrNothing(stored.path("configuration"));
    if (!before.equals(JsonValues.canonical(withoutRevision(configuration)))) {
      configuration = new DeviceConfiguration(description, overlay, revision + 1);
    }
    return new DeviceConfiguration.Restored(configuration, messages);
  }

  private static JsonNode canonicalOrNothing(JsonNode value) {
    try {
      return JsonValues.canonical(value);
    } catch (IllegalArgumentException _) {
      // Not what we wrote, and so different from what is in force.
      return JsonValues.NODES.missingNode();
    }
  }

  private static ObjectNode overlay(
      DeviceDescription description, JsonNode changes, List<String> messages) {
    ObjectNode overlay = JsonValues.NODES.objectNode();
    JsonNode topic = changes.get("topic");
    if (topic != null) {
      try {
        Topics.requireReadingTopic("topic", topic.stringValue(""));
        overlay.set("topic", topic);
      } catch (IllegalArgumentException e) {
        messages.add(dropped(String.valueOf(e.getMessage())));
      }
    }
    ObjectNode sensors = JsonValues.NODES.objectNode();
    changes
        .path("sensors")
        .forEachEntry(
            (name, change) -> {
              if (description.sensors().containsKey(name)) {
                ObjectNode kept = sensor("sensors." + name, change, messages);
                if (!kept.isEmpty()) {
                  sensors.set(name, kept);
                }
              } else {
                messages.add(dropped("sensors." + name + ": is not in device.yaml any more"));
              }
            });
    if (!sensors.isEmpty()) {
      overlay.set("sensors", sensors);
    }
    addCustom(description, changes, overlay, messages);
    ConfigurationPatch.prune(overlay, description);
    return overlay;
  }

  private static ObjectNode sensor(String path, JsonNode change, List<String> messages) {
    ObjectNode kept = JsonValues.NODES.objectNode();
    change.forEachEntry(
        (key, value) -> {
          Optional<SamplingKey> known = SamplingKey.named(key);
          String reason =
              known.isEmpty()
                  ? "is no key that can be changed"
                  : known.get().violation(value).orElse("");
          if (reason.isEmpty()) {
            kept.set(key, known.orElseThrow().canonical(value));
          } else {
            messages.add(dropped(path + "." + key + ": " + reason));
          }
        });
    return kept;
  }

  private static void addCustom(
      DeviceDescription description, JsonNode changes, ObjectNode overlay, List<String> messages) {
    if (!(changes.get("custom") instanceof ObjectNode custom)) {
      return;
    }
    try {
      overlay.set("custom", JsonValues.canonical(custom));
      CustomKeys.violation(DeviceConfiguration.effectiveCustom(description, overlay))
          .ifPresent(
              reason -> {
                throw new IllegalArgumentException(reason);
              });
    } catch (IllegalArgumentException e) {
      overlay.remove("custom");
      messages.add(dropped("custom: " + e.getMessage()));
    }
  }

  private static String dropped(String reason) {
    return reason + "; this kept change was dropped";
  }
}
