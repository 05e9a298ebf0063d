package io.noctule.conformance.interop;

/** mqtt.js over WebSocket with MQTT 3.1.1, whose protocol level is 4. */
class MqttJs4Test extends InteroperabilityContract {
  @Override
  PublicClient newClient() {
    return MqttJsClient.start(4);
  }

  @Override
  int port() {
    return BROKER.webSocketPort();
  }
}
