package io.noctule.device.action;

import java.nio.charset.StandardCharsets;
import tools.jackson.databind.node.ObjectNode;

/** Turns a servo on the messages ON and OFF, and tells where it stands. */
public final class ServoActions implements ActionFactory {
  @Override
  public String name() {
    return "servo";
  }

  @Override
  public Action create(ObjectNode options) {
    if (!options.path("on_degrees").canConvertToExactIntegral()) {
      throw new IllegalArgumentException("on_degrees: must be a whole number");
    }
    int onDegrees = options.get("on_degrees").asInt();
    return (message, context) -> {
      int degrees = message.word().orElse("").equals("ON") ? onDegrees : 0;
      // What moves your servo goes here.
      byte[] position = Integer.toString(degrees).getBytes(StandardCharsets.UTF_8);
      context.publish("servo/position", position, 1, true).join();
    };
  }
}
