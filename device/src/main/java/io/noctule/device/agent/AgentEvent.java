package io.noctule.device.agent;

import io.noctule.device.ConnectFailure;
import io.noctule.device.DisconnectReason;
import io.noctule.device.Message;
import io.noctule.device.action.ActionEvent;
import io.noctule.device.description.PatchResult;
import org.jspecify.annotations.Nullable;

/** Something that happened on an agent. */
public sealed interface AgentEvent {
  /** The broker has accepted it and answered its subscriptions. */
  record Connected() implements AgentEvent {}

  /** An attempt to connect failed; another one follows. */
  record ConnectFailed(ConnectFailure failure) implements AgentEvent {}

  /** A connection has ended. */
  record Disconnected(DisconnectReason reason) implements AgentEvent {}

  /** A message came, for an action or to change the configuration. */
  record Received(Message message) implements AgentEvent {}

  /**
   * Sensors were read, and what they tell is on disk.
   *
   * @param topic where it goes
   * @param payload JSON
   */
  record Measured(String topic, String payload) implements AgentEvent {}

  /**
   * The broker has acknowledged a reading.
   *
   * @param payload JSON
   * @param waiting how many wait behind it
   */
  record Sent(String topic, String payload, long waiting) implements AgentEvent {}

  /**
   * A change of the configuration was applied or refused.
   *
   * @param revision in force now
   */
  record ConfigurationChange(PatchResult result, long revision) implements AgentEvent {}

  /** What became of an action. */
  record Acted(ActionEvent event) implements AgentEvent {}

  /**
   * A sensor fails, or works again.
   *
   * @param error null where it works again
   */
  record SensorChange(String sensor, @Nullable String error) implements AgentEvent {}

  /** Something went wrong while the agent goes on. */
  record Problem(String text) implements AgentEvent {}

  /** A line about a packet or the connection, for debugging. */
  record Log(String line) implements AgentEvent {}
}
