package io.noctule.conformance.interop;

/** Paho for Python with MQTT 3.1. */
class PahoPython31Test extends InteroperabilityContract {
  @Override
  PublicClient newClient() {
    return PahoPythonClient.start("3.1");
  }

  @Override
  boolean isToldAboutItsSession() {
    return false; // MQTT 3.1 has no such flag.
  }
}
