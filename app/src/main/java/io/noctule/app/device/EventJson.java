package io.noctule.app.device;

import static io.noctule.app.device.EventLines.line;

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

  private static ObjectNode named(String event) {
    return JsonNodeFactory.instance.objectNode().put("event", event);
  }

  private static String text(Object object) {
    return line(object.toString());
  }
}
