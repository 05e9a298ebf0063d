package io.noctule.console.device;

import io.noctule.console.http.JsonBody;
import io.noctule.console.mqtt.MessageHandler;
import io.noctule.console.session.Person;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * The devices that have been heard of, by what they publish: readings, status and twin. In memory,
 * filled anew by what the broker retains. Written by the thread of the feed, read by any.
 *
 * <p>Bounds: {@value #MOST_DEVICES} devices, {@value #MOST_METRICS} metrics of a device, {@value
 * #MOST_PAYLOAD_BYTES} bytes of a message. What exceeds them is left out and counted, and the first
 * time told in the log.
 */
public final class DeviceDirectory implements MessageHandler {
  /** What the feed must subscribe to. */
  public static final List<String> FILTERS = List.of("status/+", "twin/+", "sensor_data/#");

  private static final Logger LOG = LoggerFactory.getLogger(DeviceDirectory.class);

  static final int MOST_DEVICES = 10_000;
  static final int MOST_METRICS = 100;
  static final int MOST_PAYLOAD_BYTES = 64 * 1024;

  /** All twins together: a device has one of a few kilobytes. */
  private static final long MOST_TWIN_BYTES = 32L * 1024 * 1024;

  private static final int LONGEST_ID = 128;
  private static final int LONGEST_ADDRESS = 64;
  private static final String READINGS = "sensor_data";

  private final InstantSource clock;
  private final Map<String, DeviceState> devices = new ConcurrentHashMap<>();
  private final PendingChanges changes = new PendingChanges();
  private final AtomicLong leftOut = new AtomicLong();

  /** Bytes of each device's twin. Of the feed's thread. */
  private final Map<String, Integer> twinBytes = new ConcurrentHashMap<>();

  private long allTwinBytes;

  /** An empty directory. */
  public DeviceDirectory(InstantSource clock) {
    this.clock = clock;
  }

  /** Messages and readings that were left out by a bound since the start. */
  public long leftOut() {
    return leftOut.get();
  }

  PendingChanges changes() {
    return changes;
  }

  @Override
  public void received(String topic, byte[] payload, boolean retained) {
    if (payload.length > MOST_PAYLOAD_BYTES) {
      leaveOut("a message on " + topic + " is larger than 64 KiB");
      return;
    }
    int slash = topic.indexOf('/');
    String first = slash < 0 ? topic : topic.substring(0, slash);
    String rest = slash < 0 ? "" : topic.substring(slash + 1);
    switch (first) {
      case "status" -> status(rest, payload, retained);
      case "twin" -> twin(rest, payload, retained);
      case READINGS -> readings(rest, payload, retained);
      default -> {
        // Not ours.
      }
    }
  }

  private void status(String id, byte[] payload, boolean retained) {
    String text = new String(payload, StandardCharsets.UTF_8).strip();
    Instant since = retained ? null : clock.instant();
    switch (text) {
      case "online" ->
          device(id).ifPresent(device -> own(device).status(DeviceState.Status.ONLINE, since));
      case "offline" ->
          device(id).ifPresent(device -> own(device).status(DeviceState.Status.OFFLINE, since));
      case "" -> known(id).ifPresent(device -> device.status(DeviceState.Status.UNKNOWN, null));
      default -> leaveOut("status/%s is neither online nor offline".formatted(id));
    }
  }

  private void twin(String id, byte[] payload, boolean retained) {
    if (payload.length == 0) {
      keepTwinBytes(id, 0);
      known(id).ifPresent(device -> device.twin(null));
      return;
    }
    Optional<Twin> twin = Twin.read(payload);
    if (twin.isEmpty()) {
      leaveOut("twin/%s is no JSON object".formatted(id));
      return;
    }
    Optional<DeviceState> device = device(id);
    if (device.isEmpty() || !keepTwinBytes(id, payload.length)) {
      return;
    }
    own(device.get()).twin(twin.get());
    if (!retained) {
      device.get().seen(clock.instant());
    }
    changes.answered(id, twin.get());
  }

  private boolean keepTwinBytes(String id, int bytes) {
    long before = twinBytes.getOrDefault(id, 0);
    if (allTwinBytes - before + bytes > MOST_TWIN_BYTES) {
      leaveOut("the twins of all devices are larger than 32 MiB");
      return false;
    }
    allTwinBytes += bytes - before;
    if (bytes == 0) {
      twinBytes.remove(id);
    } else {
      twinBytes.put(id, bytes);
    }
    return true;
  }

  private void readings(String rest, byte[] payload, boolean retained) {
    JsonNode json;
    try {
      json = JsonBody.MAPPER.readTree(payload);
    } catch (JacksonException _) {
      // Any payload is allowed there; it has no numbers.
      return;
    }
    int slash = rest.indexOf('/');
    String id =
        !rest.isEmpty()
            ? slash < 0 ? rest : rest.substring(0, slash)
            : json.path("client").asString("");
    String prefix = slash < 0 ? "" : rest.substring(slash + 1).replace('/', '.');
    Optional<DeviceState> found = device(id);
    if (found.isEmpty()) {
      return;
    }
    DeviceState device = found.get();
    if (!rest.isEmpty()) {
      device.sawOwnTopic();
    }
    Instant arrival = clock.instant();
    Instant time = ReadingTime.of(json.path("time"), arrival);
    device.seen(retained ? time : arrival);
    String address = json.path("client_ip").asString("");
    if (!address.isEmpty() && address.length() <= LONGEST_ADDRESS) {
      device.readingAddress(address);
    }
    Numbers.of(json, prefix)
        .forEach(
            (metric, value) -> {
              if (!device.measured(metric, new Measured(value, time))) {
                leaveOut("%s has more than %d metrics".formatted(id, MOST_METRICS));
              }
            });
  }

  private static DeviceState own(DeviceState device) {
    device.sawOwnTopic();
    return device;
  }

  private Optional<DeviceState> known(String id) {
    return Optional.ofNullable(devices.get(id));
  }

  /** The device, new where it was not heard of; empty where it may not be there. */
  private Optional<DeviceState> device(String id) {
    DeviceState known = devices.get(id);
    if (known != null) {
      return Optional.of(known);
    }
    if (id.isEmpty() || id.length() > LONGEST_ID || devices.size() >= MOST_DEVICES) {
      leaveOut(
          id.isEmpty()
              ? "a reading names no client"
              : "there are more than %d devices, or the name is longer than %d characters"
                  .formatted(MOST_DEVICES, LONGEST_ID));
      return Optional.empty();
    }
    var device = new DeviceState(id, MOST_METRICS);
    devices.put(id, device);
    return Optional.of(device);
  }

  private void leaveOut(String why) {
    if (leftOut.getAndIncrement() == 0) {
      LOG.warn("console: something of a device is left out, and so may be more: {}", why);
    }
  }

  /** The devices that a person may see, by name. */
  List<DeviceState> seenBy(Person person) {
    return devices.values().stream()
        .filter(device -> maySee(person, device))
        .sorted(Comparator.comparing(DeviceState::id))
        .toList();
  }

  /** A device, where a person may see it. */
  Optional<DeviceState> find(Person person, String id) {
    return known(id).filter(device -> maySee(person, device));
  }

  /**
   * Whether a person may see a device, whether or not it was heard of: who may subscribe to its
   * readings. A device that publishes only on the topic for all needs that topic.
   */
  public boolean maySee(Person person, String id) {
    return known(id)
        .map(device -> maySee(person, device))
        .orElseGet(() -> person.maySee(READINGS + "/" + id));
  }

  private static boolean maySee(Person person, DeviceState device) {
    return device.hasOwnTopics()
        ? person.maySee(READINGS + "/" + device.id())
        : person.maySee(READINGS);
  }

  /** The unit of a metric, empty where none is known. */
  public Optional<String> unit(String id, String metric) {
    return known(id).flatMap(device -> Optional.ofNullable(device.unit(metric)));
  }
}
