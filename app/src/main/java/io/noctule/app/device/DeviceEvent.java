package io.noctule.app.device;

import io.noctule.device.BrokerAddress;
import io.noctule.device.DisconnectReason;
import io.noctule.device.Message;
import io.noctule.device.action.ActionEvent;
import io.noctule.device.description.PatchResult;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Something that the command tells. */
sealed interface DeviceEvent {
  /** The device starts to connect. */
  record Connecting(BrokerAddress broker) implements DeviceEvent {}

  /** The broker has accepted the device. */
  record Connected() implements DeviceEvent {}

  /** A message is sent: written (QoS 0) or acknowledged. */
  record Sent(String topic, JsonNode content, int qos) implements DeviceEvent {}

  /** A message came. */
  record Received(Message message) implements DeviceEvent {}

  /** A message came whose word is a known one. */
  record Special(String word) implements DeviceEvent {}

  /** The broker refused the connection. */
  record Refused(int code, String name) implements DeviceEvent {}

  /**
   * The broker cannot be reached.
   *
   * @param again whether the device tries again
   */
  record Unreachable(BrokerAddress broker, String reason, boolean again) implements DeviceEvent {}

  /**
   * Sensors were read.
   *
   * @param topic where it goes
   * @param content what they tell
   */
  record Measured(String topic, JsonNode content) implements DeviceEvent {}

  /** The configuration was changed, or a change refused; revision: in force now. */
  record Changed(PatchResult result, long revision) implements DeviceEvent {}

  /** What became of an action. */
  record Acted(ActionEvent event) implements DeviceEvent {}

  /**
   * A sensor fails or works again.
   *
   * @param error null where it works again
   */
  record SensorChanged(String sensor, @Nullable String error) implements DeviceEvent {}

  /** A connection has ended. */
  record Disconnected(DisconnectReason reason) implements DeviceEvent {}

  /** Something was not done. */
  record Failed(String reason) implements DeviceEvent {}

  /** A line of the log call-back. */
  record Log(String line) implements DeviceEvent {}

  /** Nothing more comes. */
  record End(int exitStatus) implements DeviceEvent {}
}
