package io.noctule.device.buffer;

import java.time.Duration;

/**
 * What a {@link DiskBuffer} may hold; beyond it the oldest records are dropped and counted.
 *
 * @param maxBytes size of all its files together, at least 64 KiB; each counts at least 4 KiB
 * @param maxAge how old a record may become, at least a second; checked a sixteenth of it late at
 *     most
 */
public record BufferLimits(long maxBytes, Duration maxAge) {
  /** 64 MiB, about 400,000 readings, and 30 days. */
  public static final BufferLimits DEFAULT = new BufferLimits(64 << 20, Duration.ofDays(30));

  /** An age that no record reaches. */
  public static final Duration ANY_AGE = Duration.ofDays(365_000);

  private static final long MIN_BYTES = 64 << 10;
  private static final int SEGMENTS = 16;
  private static final long USUAL_SEGMENT_BYTES = 1 << 20;

  /** So that a very large buffer is looked after as quickly as a small one. */
  private static final int MAX_SEGMENTS = 1_024;

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException naming the one that is out of range
   */
  public BufferLimits {
    if (maxBytes < MIN_BYTES) {
      throw new IllegalArgumentException(
          "the buffer must have at least %d bytes, was %d".formatted(MIN_BYTES, maxBytes));
    }
    if (maxAge.compareTo(Duration.ofSeconds(1)) < 0) {
      throw new IllegalArgumentException(
          "the buffer must keep records for at least a second, was " + maxAge);
    }
  }

  /** From which size on a segment is followed by another: what is dropped at once. */
  long segmentBytes() {
    return Math.max(Math.min(USUAL_SEGMENT_BYTES, maxBytes / SEGMENTS), maxBytes / MAX_SEGMENTS);
  }

  /** The largest record. */
  int maxRecordBytes() {
    return (int) Math.min(RecordFormat.MAX_RECORD_BYTES, maxBytes / 4);
  }

  /** For how long a segment is appended to, in milliseconds. */
  long segmentMillis() {
    return Math.max(1, maxAge.toMillis() / SEGMENTS);
  }
}
