package io.noctule.conformance.interop;

/** Paho for Python with MQTT 5. */
class PahoPython5Test extends InteroperabilityContract {
  @Override
  PublicClient newClient() {
    return PahoPythonClient.start("5");
  }
}
