package io.noctule.console.device;

import io.noctule.console.http.JsonBody;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a device reports of itself, read from its retained {@code twin/<device>}. Strangers may
 * write it: what is not as it should be counts as not there.
 *
 * @param json the whole, as it came
 * @param address the device's address; null where it tells none
 * @param since when the device's agent started; null where it does not tell
 * @param units unit by sensor
 * @param problem what sensors complain about; null where all is well
 * @param change the answer to the last change of the configuration; empty before the first
 */
record Twin(
    ObjectNode json,
    @Nullable String address,
    @Nullable Instant since,
    Map<String, String> units,
    @Nullable String problem,
    Optional<Change> change) {
  private static final int MOST_UNITS = 100;
  private static final int LONGEST_UNIT = 32;
  private static final int LONGEST_PROBLEM = 500;

  /**
   * The answer to a change.
   *
   * @param id of the change; empty where it had none
   * @param applied whether it is in force; else it was refused
   * @param reasons why it was refused
   */
  record Change(String id, boolean applied, List<String> reasons) {}

  /** Reads a payload; empty where it is no JSON object. */
  static Optional<Twin> read(byte[] payload) {
    try {
      return JsonBody.MAPPER.readTree(payload) instanceof ObjectNode object
          ? Optional.of(of(object))
          : Optional.empty();
    } catch (JacksonException _) {
      // Anybody may write there; the directory counts it.
      return Optional.empty();
    }
  }

  private static Twin of(ObjectNode json) {
    var units = new LinkedHashMap<String, String>();
    var problems = new ArrayList<String>();
    for (Map.Entry<String, JsonNode> sensor : json.path("sensors").properties()) {
      String unit = sensor.getValue().path("unit").asString("");
      if (!unit.isEmpty() && unit.length() <= LONGEST_UNIT && units.size() < MOST_UNITS) {
        units.put(sensor.getKey(), unit);
      }
      JsonNode error = sensor.getValue().path("error");
      if (error.isString() && !error.stringValue().isEmpty()) {
        problems.add("sensor %s: %s".formatted(sensor.getKey(), error.stringValue()));
      }
    }
    return new Twin(
        json,
        textOrNull(json.path("client_ip")),
        instantOrNull(json.path("since")),
        Map.copyOf(units),
        problems.isEmpty() ? null : cut(String.join("; ", problems)),
        change(json.path("change")));
  }

  private static String cut(String text) {
    return text.length() <= LONGEST_PROBLEM ? text : text.substring(0, LONGEST_PROBLEM) + "…";
  }

  private static @Nullable String textOrNull(JsonNode node) {
    return node.isString() ? node.stringValue() : null;
  }

  private static @Nullable Instant instantOrNull(JsonNode node) {
    try {
      return node.isString() ? Instant.parse(node.stringValue()) : null;
    } catch (DateTimeParseException _) {
      return null;
    }
  }

  private static Optional<Change> change(JsonNode node) {
    if (!node.isObject()) {
      return Optional.empty();
    }
    List<String> reasons =
        node.path("reasons").valueStream().map(reason -> reason.asString("")).toList();
    return Optional.of(
        new Change(
            node.path("id").asString(""),
            node.path("result").asString("").equals("applied"),
            reasons));
  }

  /** The configuration in force, with its revision. */
  JsonNode configuration() {
    return json.path("configuration");
  }
}
