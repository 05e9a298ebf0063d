package io.noctule.device.action;

import tools.jackson.databind.node.ObjectNode;

/**
 * Makes the {@link Action}s of one name. Found by {@link java.util.ServiceLoader}: a jar on the
 * class path names its factory in {@code META-INF/services/io.noctule.device.action.ActionFactory}.
 */
public interface ActionFactory {
  /** The name that {@code java:} has in a device description. */
  String name();

  /**
   * Makes an action, when the device starts.
   *
   * @param options as in the description; empty where it has none
   * @throws IllegalArgumentException where an option is missing or wrong, naming it
   */
  Action create(ObjectNode options);
}
