package io.noctule.app.device;

import static io.noctule.app.device.EventLines.line;

import io.noctule.device.action.ActionEvent;
import io.noctule.device.description.PatchResult;
import java.util.Locale;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** One JSON object per event, all on standard output. */
final class EventJson implements EventLines {
  @Override
  public String out(DeviceEvent event) {
    return switch (event) {
      case DeviceEvent.Connecting e ->
          text(named("connecting").put("broker", e.broker().toString()));
      case DeviceEvent.Connected _ -> text(named("connected"));
      case DeviceEvent.Sent e -> {
        ObjectNode object = named("sent").put("topic", e.topic());
        object.set("content", e.content());
        yield text(object.put("qos", e.qos()));
      }
      case DeviceEvent.Measured e -> {
        ObjectNode object = named("measured").put("topic", e.topic());
        object.set("content", e.content());
        yield text(object);
      }
      case DeviceEvent.Changed e -> text(changed(e.result()).put("revision", e.revision()));
      case DeviceEvent.Acted(ActionEvent e) ->
          text(
              named("action")
                  .put("action", e.action())
                  .put("outcome", e.outcome().name().toLowerCase(Locale.ROOT))
                  .put("text", e.text()));
      case DeviceEvent.SensorChanged e ->
          text(named("sensor").put("sensor", e.sensor()).put("error", e.error()));
      case DeviceEvent.Received e ->
          text(named("received").setAll(EventLines.describe(e.message())));
      case DeviceEvent.Special e -> text(named("special").put("msg", e.word()));
      case DeviceEvent.Refused e ->
          text(named("refused").put("code", e.code()).put("name", e.name()));
      case DeviceEvent.Unreachable e -> text(named("unreachable").put("reason", e.reason()));
      case DeviceEvent.Disconnected e ->
          text(named("disconnected").put("code", e.reason().code()).put("name", e.reason().name()));
      case DeviceEvent.Failed e -> text(named("failed").put("reason", e.reason()));
      case DeviceEvent.Log e -> text(named("log").put("line", e.line()));
      case DeviceEvent.End _ -> "";
    };
  }

  @Override
  public String err(DeviceEvent event) {
    return "";
  }

  private static ObjectNode changed(PatchResult result) {
    ObjectNode json = named("configuration");
    result.changeId().ifPresent(id -> json.put("id", id));
    var reasons = json.arrayNode();
    String word =
        switch (result) {
          case PatchResult.Applied _ -> "applied";
          case PatchResult.Refused refused -> {
            refused.reasons().forEach(reasons::add);
            yield "refused";
          }
        };
    json.put("result", word).set("reasons", reasons);
    return json;
  }

  private static ObjectNode named(String event) {
    return JsonNodeFactory.instance.objectNode().put("event", event);
  }

  private static String text(Object object) {
    return line(object.toString());
  }
}
