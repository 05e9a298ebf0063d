package io.noctule.console.device;

import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** What is known of one device. Written by the feed's thread, read by any. */
final class DeviceState {
  /** Whether it is there. */
  enum Status {
    /** Says so by its retained status. */
    ONLINE,
    /** Says so itself, or the broker in its place. */
    OFFLINE,
    /** Says nothing about it. */
    UNKNOWN
  }

  private final String id;
  private final int mostMetrics;
  private final Map<String, Measured> latest = new ConcurrentHashMap<>();
  private volatile Status status = Status.UNKNOWN;
  private volatile @Nullable Instant statusSince;
  private volatile @Nullable Instant lastSeen;
  private volatile @Nullable String readingAddress;
  private volatile @Nullable Twin twin;
  private volatile boolean ownTopics;

  DeviceState(String id, int mostMetrics) {
    this.id = id;
    this.mostMetrics = mostMetrics;
  }

  String id() {
    return id;
  }

  /** Whether anything came on a topic that names the device, rather than on one for all. */
  boolean hasOwnTopics() {
    return ownTopics;
  }

  void sawOwnTopic() {
    ownTopics = true;
  }

  Status status() {
    return status;
  }

  /** Since when; null where that is not known. */
  @Nullable Instant statusSince() {
    if (statusSince == null && status == Status.ONLINE) {
      Twin reported = twin;
      return reported == null ? null : reported.since();
    }
    return statusSince;
  }

  void status(Status now, @Nullable Instant since) {
    if (status != now) {
      status = now;
      statusSince = since;
    }
  }

  /** When it last published something; null where that was before the console came. */
  @Nullable Instant lastSeen() {
    return lastSeen;
  }

  void seen(Instant when) {
    lastSeen = when;
  }

  /** The device's address; null where it has not told one. */
  @Nullable String address() {
    Twin reported = twin;
    return reported != null && reported.address() != null ? reported.address() : readingAddress;
  }

  void readingAddress(String address) {
    readingAddress = address;
  }

  /** Null where it has none. */
  @Nullable Twin twin() {
    return twin;
  }

  void twin(@Nullable Twin reported) {
    twin = reported;
  }

  /** The newest readings by metric. */
  Map<String, Measured> latest() {
    return latest;
  }

  /** Notes a reading; says no where the device has as many metrics as it may. */
  boolean measured(String metric, Measured reading) {
    if (!latest.containsKey(metric) && latest.size() >= mostMetrics) {
      return false;
    }
    latest.put(metric, reading);
    return true;
  }

  /** The unit of a metric; null where none is known. */
  @Nullable String unit(String metric) {
    Twin reported = twin;
    return reported == null ? null : reported.units().get(metric);
  }
}
