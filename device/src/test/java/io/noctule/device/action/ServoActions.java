package io.noctule.device.action;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import tools.jackson.databind.node.ObjectNode;

/** The Java action of the documents: turns a servo, and says where it stands. */
public final class ServoActions implements ActionFactory {
  static final List<Integer> TURNS = new CopyOnWriteArrayList<>();

  @Override
  public String name() {
    return "servo";
  }

  @Override
  public Action create(ObjectNode options) {
    if (!options.path("on_degrees").isInt()) {
      throw new IllegalArgumentException("on_degrees: must be a whole number");
    }
    int onDegrees = options.get("on_degrees").intValue();
    return (message, context) -> {
      int degrees = message.word().orElse("").equals("ON") ? onDegrees : 0;
      TURNS.add(degrees);
      var _ = context.publish("servo/position", Integer.toString(degrees).getBytes(UTF_8), 1, true);
    };
  }
}
