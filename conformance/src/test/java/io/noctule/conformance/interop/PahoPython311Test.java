package io.noctule.conformance.interop;

/** Paho for Python with MQTT 3.1.1. */
class PahoPython311Test extends InteroperabilityContract {
  @Override
  PublicClient newClient() {
    return PahoPythonClient.start("3.1.1");
  }
}
