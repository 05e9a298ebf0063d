package io.noctule.history.testing;

import io.noctule.history.database.Entry;
import io.noctule.history.database.Entry.Delivery;
import io.noctule.history.database.Entry.Payload;
import io.noctule.history.database.Entry.Reading;
import java.util.List;

/** Messages as tests need them. */
public final class Entries {
  private Entries() {}

  /** A message at QoS 0 with one reading. */
  public static Entry of(String device, long timeMicros, String series, double value) {
    return of(device, timeMicros, List.of(new Reading(series, value)));
  }

  /** A message at QoS 0. */
  public static Entry of(String device, long timeMicros, List<Reading> readings) {
    return with(device, timeMicros, readings, new Delivery(0, false, false, new byte[0]));
  }

  /** A message as it was delivered. */
  public static Entry with(
      String device, long timeMicros, List<Reading> readings, Delivery delivery) {
    return new Entry(
        device,
        timeMicros,
        timeMicros,
        true,
        "sensor_data/" + device,
        new Payload(2, "{}", null),
        readings,
        delivery);
  }
}
