package io.noctule.broker.connection;

import io.noctule.broker.loop.Counter;
import io.noctule.broker.loop.LoopCounters;
import io.noctule.protocol.packet.ConnAck;
import io.noctule.protocol.packet.MqttVersion;
import io.noctule.protocol.packet.ReasonCode;
import org.jspecify.annotations.Nullable;

/** What a client is told whose CONNECT is not accepted, and how that is counted. */
final class ConnectRefusal {
  private ConnectRefusal() {}

  /**
   * Answers a CONNECT that could not be read to its end, in the form that the client understands:
   * only CONNACK can answer it.
   *
   * @param seenVersion as far as it could be read; null where not
   */
  static void answerUnreadable(
      Outbound outbound, ReasonCode reasonCode, String why, @Nullable MqttVersion seenVersion) {
    if (seenVersion == MqttVersion.MQTT_5) {
      outbound.send(
          new ConnAck(false, reasonCode, ConnAck.Properties.because(why)), MqttVersion.MQTT_5);
      return;
    }
    switch (reasonCode) {
      case UNSUPPORTED_PROTOCOL_VERSION, CLIENT_IDENTIFIER_NOT_VALID -> // [MQTT-3.1.2-2]
          outbound.send(ConnAck.refused(reasonCode), MqttVersion.MQTT_3_1_1);
      default -> {}
    }
  }

  static void count(LoopCounters counters, ReasonCode reasonCode) {
    counters.increment(Counter.CLIENTS_REFUSED);
    switch (reasonCode) {
      case BAD_USER_NAME_OR_PASSWORD -> counters.increment(Counter.CLIENTS_REFUSED_CREDENTIALS);
      case SERVER_BUSY, CONNECTION_RATE_EXCEEDED ->
          counters.increment(Counter.CLIENTS_REFUSED_BUSY);
      default -> {}
    }
  }
}
