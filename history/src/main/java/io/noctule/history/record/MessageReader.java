package io.noctule.history.record;

import io.noctule.history.database.Entry;
import io.noctule.history.database.Entry.Delivery;
import io.noctule.history.database.Entry.Payload;
import io.noctule.history.database.HistoryLimits;
import io.noctule.history.database.Micros;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Makes an entry of a message: whose it is, from when, and which numbers are in it. Takes any
 * bytes. Any thread.
 */
final class MessageReader {
  /** Further ahead of the clock than a burst of messages gets. */
  private static final long MOST_AHEAD_MICROS = 1_000_000;

  private final HistoryLimits limits;
  private final InstantSource clock;
  private final ZoneId zone;
  private final Counters counters;
  private final AtomicLong lastArrivalMicros = new AtomicLong();

  /**
   * A reader.
   *
   * @param clock tells the time of arrival
   * @param zone of times that name none
   */
  MessageReader(HistoryLimits limits, InstantSource clock, ZoneId zone, Counters counters) {
    this.limits = limits;
    this.clock = clock;
    this.zone = zone;
    this.counters = counters;
  }

  /**
   * Reads a message.
   *
   * @param payload all of it, or the beginning where it is longer than the limit
   * @param size the length of all of it
   */
  Entry read(String topic, byte[] payload, int size, Delivery delivery) {
    Instant arrival = arrival();
    TopicParts parts = TopicParts.of(topic);
    JsonNumbers json =
        size > payload.length
            ? null
            : JsonNumbers.read(payload, parts.seriesPrefix(), parts.bareName(), limits);
    if (json != null) {
      counters.readingsOverLimit.add(json.leftOut());
    }
    OptionalLong time = json == null ? OptionalLong.empty() : time(json, arrival);
    return new Entry(
        device(topic, parts, json),
        time.orElse(Micros.of(arrival)),
        Micros.of(arrival),
        time.isPresent(),
        Names.clean(topic),
        payload(payload, size),
        json == null ? List.of() : json.readings(),
        delivery);
  }

  /**
   * Each message has its own, so that no two readings of a series fall on the same. A clock that
   * was set back is followed: one that had been years ahead would else stay so.
   */
  private Instant arrival() {
    long nowMicros = Micros.of(clock.instant());
    return Micros.toInstant(
        lastArrivalMicros.updateAndGet(
            last ->
                nowMicros > last || last - nowMicros > MOST_AHEAD_MICROS ? nowMicros : last + 1));
  }

  private String device(String topic, TopicParts parts, @Nullable JsonNumbers json) {
    String client = json == null ? null : json.client();
    String name =
        !parts.device().isEmpty()
            ? parts.device()
            : client != null && !client.isBlank() ? client : topic;
    return Names.cut(Names.clean(name), limits.nameLength());
  }

  private OptionalLong time(JsonNumbers json, Instant arrival) {
    String text = json.timeText();
    OptionalLong time =
        text != null
            ? DeviceTime.ofText(text, arrival, zone)
            : Double.isNaN(json.timeNumber())
                ? OptionalLong.empty()
                : DeviceTime.ofNumber(json.timeNumber(), arrival);
    if (time.isEmpty() && (text != null || !Double.isNaN(json.timeNumber()))) {
      counters.implausibleTimes.increment();
    }
    return time;
  }

  private Payload payload(byte[] bytes, int size) {
    if (size > bytes.length) {
      counters.payloadsOverLimit.increment();
      return new Payload(size, null, null);
    }
    String text = text(bytes);
    return text == null ? new Payload(size, null, bytes) : new Payload(size, text, null);
  }

  /** Null where it is not UTF-8, or holds the one character that no text column takes. */
  private static @Nullable String text(byte[] bytes) {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return text.indexOf('\0') < 0 ? text : null;
    } catch (CharacterCodingException _) {
      return null;
    }
  }
}
