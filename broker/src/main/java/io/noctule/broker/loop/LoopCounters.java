package io.noctule.broker.loop;

/**
 * What one loop has counted since it started. Plain fields: counted on the loop, read there too (a
 * snapshot is asked of the loop by a command).
 */
@SuppressWarnings("PMD.TooManyFields")
public final class LoopCounters {
  private final long[] counts = new long[Counter.values().length];

  /** One more. On the loop. */
  public void increment(Counter counter) {
    counts[counter.ordinal()]++;
  }

  /** Some more. On the loop. */
  public void add(Counter counter, long amount) {
    counts[counter.ordinal()] += amount;
  }

  /** Adds all counts to an array in the order of {@link Counter}. On the loop. */
  public void addTo(long[] sums) {
    for (int i = 0; i < counts.length; i++) {
      sums[i] += counts[i];
    }
  }
}
