package io.noctule.broker.loop;

/** The broker's only source of elapsed time, so that a simulation can set it. */
@FunctionalInterface
public interface Ticker {
  /** The time of the machine. */
  Ticker SYSTEM = System::nanoTime;

  /** Nanoseconds since some fixed moment; only differences mean something. Any thread. */
  long nanos();
}
