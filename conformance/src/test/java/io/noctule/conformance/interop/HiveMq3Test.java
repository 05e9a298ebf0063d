package io.noctule.conformance.interop;

/** The HiveMQ client with MQTT 3.1.1. */
class HiveMq3Test extends InteroperabilityContract {
  @Override
  PublicClient newClient() {
    return new HiveMq3Client();
  }
}
