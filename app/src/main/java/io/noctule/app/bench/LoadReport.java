package io.noctule.app.bench;

import java.util.LinkedHashMap;
import java.util.Map;
import org.HdrHistogram.Histogram;

/**
 * What a run has found.
 *
 * @param plan what was asked for
 * @param seconds how long was measured
 * @param sent messages sent while measuring
 * @param received deliveries while measuring
 * @param latencyNanos from sending to receipt, of the deliveries while measuring
 * @param lost deliveries that never came, of the whole run
 * @param duplicated deliveries that came again
 * @param outOfOrder deliveries that came after a later one of the same publisher
 * @param unacknowledged messages of QoS 1 or 2 that the broker never acknowledged
 * @param generatorLoad share of one core that the generator took while measuring, 0 to 1
 */
record LoadReport(
    LoadPlan plan,
    double seconds,
    long sent,
    long received,
    Histogram latencyNanos,
    long lost,
    long duplicated,
    long outOfOrder,
    long unacknowledged,
    double generatorLoad) {
  private static final double NANOS_PER_MILLI = 1e6;

  /** Above this the figure may be the generator's limit rather than the broker's. */
  private static final double SATURATED = 0.95;

  /** Whether messages came, each once and in order, and were acknowledged. */
  boolean correct() {
    return received > 0 && lost == 0 && duplicated == 0 && outOfOrder == 0 && unacknowledged == 0;
  }

  /** Lines for a person, each ended. */
  String text() {
    return """
      sent        %,13.0f msg/s
      received    %,13.0f msg/s   (%,d messages in %.1f s)
      latency     p50 %s   p99 %s   p99.9 %s   max %s   (ms)
      checked     %s
      generator   %.0f %% of one core%s
    """
        .formatted(
            sent / seconds,
            received / seconds,
            received,
            seconds,
            millis(50),
            millis(99),
            millis(99.9),
            millis(100),
            verdict(),
            generatorLoad * 100,
            generatorLoad > SATURATED && plan.closedLoop()
                ? ": it was busy itself, the broker may be faster"
                : "");
  }

  private String verdict() {
    if (received == 0) {
      return "nothing came while measuring";
    }
    return correct()
        ? "each message once and in order"
        : "%,d lost, %,d duplicated, %,d out of order, %,d not acknowledged"
            .formatted(lost, duplicated, outOfOrder, unacknowledged);
  }

  private String millis(double percentile) {
    return "%.3f".formatted(valueMillis(percentile));
  }

  private double valueMillis(double percentile) {
    return latencyNanos.getValueAtPercentile(percentile) / NANOS_PER_MILLI;
  }

  /** Fields for a program, in a fixed order. */
  Map<String, Object> fields() {
    var fields = new LinkedHashMap<String, Object>();
    fields.put("shape", plan.shape().label());
    fields.put("mqtt", plan.version().level());
    fields.put("qos", plan.qos().value());
    fields.put("publishers", plan.publishers());
    fields.put("subscribers", plan.subscribers());
    fields.put("payloadBytes", plan.payloadBytes());
    fields.put("window", plan.closedLoop() ? plan.window() : null);
    fields.put("messagesPerSecond", plan.closedLoop() ? null : plan.messagesPerSecond());
    fields.put("seconds", seconds);
    fields.put("sent", sent);
    fields.put("received", received);
    fields.put("sentPerSecond", sent / seconds);
    fields.put("receivedPerSecond", received / seconds);
    fields.put("latencyP50Millis", valueMillis(50));
    fields.put("latencyP99Millis", valueMillis(99));
    fields.put("latencyP999Millis", valueMillis(99.9));
    fields.put("latencyMaxMillis", valueMillis(100));
    fields.put("lost", lost);
    fields.put("duplicated", duplicated);
    fields.put("outOfOrder", outOfOrder);
    fields.put("unacknowledged", unacknowledged);
    fields.put("generatorLoad", generatorLoad);
    return fields;
  }
}
