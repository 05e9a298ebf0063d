package io.noctule.device.host;

import java.time.Clock;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The greeting of a device.
 *
 * @param time {@code dd/MM/yyyy HH:mm:ss}, local time
 * @param client the name of the machine
 * @param clientIp the address of the machine
 * @param msg the word that others may act on
 */
public record Hello(String time, String client, String clientIp, String msg) {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("dd/MM/uuuu HH:mm:ss", Locale.ROOT);

  /**
   * The greeting of this machine now.
   *
   * @param clock time and time zone
   * @param brokerHost where it will be sent: decides which address of the machine is told
   * @param msg the word
   */
  public static Hello now(Clock clock, String brokerHost, String msg) {
    String address = LocalAddress.towards(brokerHost).getHostAddress();
    int zone = address.indexOf('%');
    return new Hello(
        TIME.format(LocalDateTime.now(clock)),
        HostName.current(),
        zone < 0 ? address : address.substring(0, zone),
        msg);
  }

  /** As JSON: {@code {"time":…,"client":…,"client_ip":…,"msg":…}}, in this order. */
  public ObjectNode toJson() {
    return JsonNodeFactory.instance
        .objectNode()
        .put("time", time)
        .put("client", client)
        .put("client_ip", clientIp)
        .put("msg", msg);
  }
}
