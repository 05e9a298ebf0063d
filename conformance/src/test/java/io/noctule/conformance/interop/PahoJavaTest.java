package io.noctule.conformance.interop;

import org.eclipse.paho.client.mqttv3.MqttConnectOptions;

/** Paho 1.x for Java with MQTT 3.1.1. */
class PahoJavaTest extends InteroperabilityContract {
  @Override
  PublicClient newClient() {
    return new PahoJavaClient(MqttConnectOptions.MQTT_VERSION_3_1_1);
  }
}
