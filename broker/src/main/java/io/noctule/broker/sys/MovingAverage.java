package io.noctule.broker.sys;

/**
 * The mean rate of a count over the last minutes, each moment weighing less the longer ago it is;
 * what mosquitto calls load. Owned by one thread.
 */
final class MovingAverage {
  private static final double SECONDS_PER_MINUTE = 60;

  private final int minutes;
  private double perMinute;
  private long lastCount;
  private boolean started;

  /**
   * An average of nothing yet.
   *
   * @param minutes after which a moment weighs 1/e of what it did
   */
  MovingAverage(int minutes) {
    this.minutes = minutes;
  }

  int minutes() {
    return minutes;
  }

  /**
   * Takes the count of now.
   *
   * @param count since the start
   * @param seconds since the last call, more than 0
   * @return the mean per minute
   */
  double update(long count, double seconds) {
    double now = (count - lastCount) * SECONDS_PER_MINUTE / seconds;
    lastCount = count;
    if (!started) {
      started = true;
      perMinute = now;
      return now;
    }
    double weight = Math.exp(-seconds / (minutes * SECONDS_PER_MINUTE));
    perMinute = now + weight * (perMinute - now);
    return perMinute;
  }
}
