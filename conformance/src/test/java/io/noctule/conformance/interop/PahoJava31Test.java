package io.noctule.conformance.interop;

import org.eclipse.paho.client.mqttv3.MqttConnectOptions;

/** Paho 1.x for Java with MQTT 3.1. */
class PahoJava31Test extends InteroperabilityContract {
  @Override
  PublicClient newClient() {
    return new PahoJavaClient(MqttConnectOptions.MQTT_VERSION_3_1);
  }

  @Override
  boolean isToldAboutItsSession() {
    return false; // MQTT 3.1 has no such flag.
  }
}
