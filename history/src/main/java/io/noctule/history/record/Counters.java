package io.noctule.history.record;

import java.util.concurrent.atomic.LongAdder;

/** What the recorder counts. Any thread. */
final class Counters {
  /** Messages that came, those delivered again included. */
  final LongAdder received = new LongAdder();

  /** Messages in the database. */
  final LongAdder messages = new LongAdder();

  /** Readings in the database. */
  final LongAdder readings = new LongAdder();

  /** Messages that were in the database already when they came. */
  final LongAdder known = new LongAdder();

  /** Messages at QoS 0 that came while the intake was full: nobody sends them again. */
  final LongAdder dropped = new LongAdder();

  /** Messages that the database refuses whatever is tried. */
  final LongAdder refused = new LongAdder();

  /** Readings left out by a limit; their messages are kept. */
  final LongAdder readingsOverLimit = new LongAdder();

  /** Messages filed under other devices, since there are too many. */
  final LongAdder messagesOverLimit = new LongAdder();

  /** Payloads of which only the size is kept. */
  final LongAdder payloadsOverLimit = new LongAdder();

  /** Messages whose own time is none, or not plausible. */
  final LongAdder implausibleTimes = new LongAdder();
}
