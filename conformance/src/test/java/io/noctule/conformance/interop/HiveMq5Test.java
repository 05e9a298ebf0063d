package io.noctule.conformance.interop;

/** The HiveMQ client with MQTT 5. */
class HiveMq5Test extends InteroperabilityContract {
  @Override
  PublicClient newClient() {
    return new HiveMq5Client();
  }
}
