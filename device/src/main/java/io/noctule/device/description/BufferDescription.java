package io.noctule.device.description;

import java.time.Duration;
import java.util.Optional;

/**
 * How many readings are kept on disk while the broker is away. Beyond it the oldest go.
 *
 * @param maxBytes 64 KiB to 1 TiB
 * @param maxAge how old a reading may get, from one second; empty for any age
 */
public record BufferDescription(long maxBytes, Optional<Duration> maxAge) {
  static final long MIN_BYTES = 64 << 10;
  static final long MAX_BYTES = 1L << 40;

  /** 64 MiB of any age. */
  public static final BufferDescription DEFAULT = new BufferDescription(64 << 20, Optional.empty());

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException where one is out of range
   */
  public BufferDescription {
    if (maxBytes < MIN_BYTES || maxBytes > MAX_BYTES) {
      throw new IllegalArgumentException(
          "max_size: must be 64 KiB to 1 TiB, was " + maxBytes + " bytes");
    }
    if (maxAge.isPresent() && maxAge.get().toSeconds() < 1) {
      throw new IllegalArgumentException("max_age: must be at least a second");
    }
  }
}
