package io.noctule.device;

/** Why an attempt to connect failed. The device tries again whatever the reason. */
public sealed interface ConnectFailure {
  /** One line for people. */
  String text();

  /**
   * Whether waiting may help. Where it does not, as with a wrong password, the device tries again
   * more slowly: somebody has to change something first.
   */
  boolean canHeal();

  /**
   * The broker answered CONNECT with an error.
   *
   * @param code CONNACK return code (MQTT 3.1.1: 1 to 5) or reason code (MQTT 5: 128 to 255)
   * @param name the code in words
   * @param canHeal whether waiting may help
   */
  record Refused(int code, String name, boolean canHeal) implements ConnectFailure {
    @Override
    public String text() {
      return "refused by the broker with code " + code + " (" + name + ")";
    }
  }

  /**
   * No answer to CONNECT was received: no such host, nobody listens, no route, a broken connection,
   * no agreement about TLS.
   *
   * @param text what is wrong
   * @param canHeal whether waiting may help
   */
  record Unreachable(String text, boolean canHeal) implements ConnectFailure {
    /** What waiting may heal. */
    public Unreachable(String text) {
      this(text, true);
    }
  }
}
