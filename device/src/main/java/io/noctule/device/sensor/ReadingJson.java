package io.noctule.device.sensor;

import io.noctule.device.description.TimeFormat;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.ZoneId;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A reading as JSON: {@code {"time":…,"client":…,"client_ip":…,"temperature":21.5}}.
 *
 * @param timeFormat how the time is written
 * @param zone for a time format that is local
 */
public record ReadingJson(TimeFormat timeFormat, ZoneId zone) {
  /**
   * Ten digits: more than sensors know, fewer than where the binary fractions begin to show.
   * 21.499999999999996 is 21.5 again.
   */
  private static final MathContext DIGITS = new MathContext(10);

  /** Above it a double does not tell neighbouring integers apart. */
  private static final double MAX_EXACT_INTEGER = 1L << 53;

  /**
   * The payload of a reading.
   *
   * @param client the device's id
   * @param clientIp the address that it sends from
   */
  public ObjectNode of(Reading reading, String client, String clientIp) {
    ObjectNode json =
        JsonNodeFactory.instance
            .objectNode()
            .put("time", timeFormat.format(reading.time(), zone))
            .put("client", client)
            .put("client_ip", clientIp);
    reading.values().forEach((name, value) -> json.set(name, number(value)));
    return json;
  }

  /**
   * A finite number as people write it: integers exactly, all else to ten digits.
   *
   * @throws NumberFormatException where it is not finite
   */
  public static JsonNode number(double value) {
    if (isExactInteger(value)) {
      return plain(value);
    }
    BigDecimal rounded = BigDecimal.valueOf(value).round(DIGITS);
    double nearest = rounded.doubleValue();
    // The largest doubles round to what is none any more.
    return Double.isInfinite(nearest) ? JsonNodeFactory.instance.numberNode(value) : plain(nearest);
  }

  private static JsonNode plain(double value) {
    return isExactInteger(value)
        ? JsonNodeFactory.instance.numberNode((long) value)
        : JsonNodeFactory.instance.numberNode(value);
  }

  private static boolean isExactInteger(double value) {
    return value == Math.rint(value) && Math.abs(value) <= MAX_EXACT_INTEGER;
  }
}
