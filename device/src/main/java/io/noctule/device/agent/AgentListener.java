package io.noctule.device.agent;

/**
 * Hears what happens on an agent. Called by several threads of it, also at the same time; what
 * takes long delays readings and messages.
 */
@FunctionalInterface
public interface AgentListener {
  /** Something happened. */
  void onEvent(AgentEvent event);
}
