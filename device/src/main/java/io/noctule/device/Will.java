package io.noctule.device;

/**
 * The message that the broker publishes for a device whose connection ended without DISCONNECT.
 * Whoever makes one gives the payload away.
 *
 * @param topic a topic name
 * @param payload the bytes, 65,535 at most
 * @param qos 0 to 2
 * @param retain whether the broker shall keep it for later subscribers
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared; DeviceBuilder has copied the array.
record Will(String topic, byte[] payload, int qos, boolean retain) {
  static final int MAX_PAYLOAD_BYTES = 65_535;
}
