package io.noctule.console.device;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Devices as the API shows them. */
final class DeviceView {
  private DeviceView() {}

  /** A line of the list. */
  static Map<String, @Nullable Object> summary(DeviceState device) {
    var view = new LinkedHashMap<String, @Nullable Object>();
    view.put("id", device.id());
    view.put("status", device.status().name().toLowerCase(Locale.ROOT));
    view.put("statusSince", text(device.statusSince()));
    view.put("lastSeen", text(device.lastSeen()));
    view.put("address", device.address());
    view.put("latest", latest(device));
    Twin twin = device.twin();
    view.put("problem", twin == null ? null : twin.problem());
    return view;
  }

  /** All that is known. */
  static Map<String, @Nullable Object> whole(DeviceState device) {
    Map<String, @Nullable Object> view = summary(device);
    Twin twin = device.twin();
    view.put("twin", twin == null ? null : twin.json());
    return view;
  }

  /** The newest readings by metric. */
  static Map<String, Object> latest(DeviceState device) {
    var view = new TreeMap<String, Object>();
    device
        .latest()
        .forEach(
            (metric, reading) -> {
              var entry = new LinkedHashMap<String, @Nullable Object>();
              entry.put("value", reading.value());
              entry.put("unit", device.unit(metric));
              entry.put("time", reading.time().toString());
              view.put(metric, entry);
            });
    return view;
  }

  private static @Nullable String text(@Nullable Object time) {
    return time == null ? null : time.toString();
  }
}
