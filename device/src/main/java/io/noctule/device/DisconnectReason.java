package io.noctule.device;

/**
 * Why a connection that had been accepted ended.
 *
 * @param code 0 when this device ended it; the reason code of the broker's DISCONNECT (128 to 255,
 *     MQTT 5); else, as in the Paho client, {@value #CONNECTION_LOST} when the connection was lost
 *     without a word or {@value #KEEP_ALIVE_TIMEOUT} when the broker no longer answered
 * @param name the code in words
 */
public record DisconnectReason(int code, String name) {
  /** The connection was lost without a DISCONNECT packet. */
  public static final int CONNECTION_LOST = 7;

  /** The broker did not answer within the keep-alive time. */
  public static final int KEEP_ALIVE_TIMEOUT = 16;

  static final DisconnectReason NORMAL = new DisconnectReason(0, "normal disconnection");

  /** For people: the code and its name. */
  @Override
  public String toString() {
    return code + " (" + name + ")";
  }
}
