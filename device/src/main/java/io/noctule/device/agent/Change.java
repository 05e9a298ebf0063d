package io.noctule.device.agent;

import io.noctule.device.description.PatchResult;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What came of the last change of the configuration, as the twin tells it.
 *
 * @param id what its sender calls it
 * @param applied whether it is in force
 * @param time when
 * @param reasons why it was refused; empty where it was applied
 */
record Change(Optional<String> id, boolean applied, Instant time, List<String> reasons) {
  Change {
    reasons = List.copyOf(reasons);
  }

  static Change of(PatchResult result, Instant time) {
    return switch (result) {
      case PatchResult.Applied applied -> new Change(applied.changeId(), true, time, List.of());
      case PatchResult.Refused refused ->
          new Change(refused.changeId(), false, time, refused.reasons());
    };
  }

  ObjectNode toJson() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    id.ifPresent(text -> json.put("id", text));
    json.put("result", applied ? "applied" : "refused").put("time", Twin.time(time));
    var array = json.putArray("reasons");
    reasons.forEach(array::add);
    return json;
  }

  /** What {@link #toJson} has written; empty where it is something else. */
  static Optional<Change> fromJson(JsonNode json) {
    try {
      List<String> reasons =
          json.path("reasons").valueStream().map(reason -> reason.asString("")).toList();
      return Optional.of(
          new Change(
              Optional.ofNullable(json.path("id").stringValue(null)),
              json.path("result").stringValue("").equals("applied"),
              Instant.parse(json.path("time").stringValue("")),
              reasons));
    } catch (java.time.DateTimeException _) {
      return Optional.empty();
    }
  }
}
