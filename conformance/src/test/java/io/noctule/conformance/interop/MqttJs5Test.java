package io.noctule.conformance.interop;

/** mqtt.js over WebSocket with MQTT 5. */
class MqttJs5Test extends InteroperabilityContract {
  @Override
  PublicClient newClient() {
    return MqttJsClient.start(5);
  }

  @Override
  int port() {
    return BROKER.webSocketPort();
  }
}
