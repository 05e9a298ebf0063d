package io.noctule.device.agent;

import io.noctule.device.Device;
import io.noctule.device.DeviceException;
import io.noctule.device.buffer.DiskBuffer;
import io.noctule.device.buffer.Entry;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Readings on their way: from the buffer on disk to the broker, in order, at QoS 1, at most 64 not
 * acknowledged, so that what else the device has to say does not wait behind thousands. A reading
 * leaves the buffer when it is acknowledged. Owned by the agent's loop.
 *
 * <p>Where the broker refuses a reading, as without the right to publish, it is offered again every
 * ten seconds with all that follow: rights are given later, and data would be gone. Where it never
 * can be taken, as a packet that is too large, it is dropped and counted.
 */
final class ReadingQueue implements AutoCloseable {
  private static final int WINDOW = 64;
  private static final Duration PAUSE = Duration.ofSeconds(10);
  private static final int MAX_ATTEMPTS = 3;

  /** Topic name invalid, packet too large, payload format invalid: the reading's own fault. */
  private static final Set<Integer> LASTING_CODES = Set.of(144, 149, 153);

  /** A reading that the device has got and the broker has not acknowledged. */
  private static final class InFlight {
    final long sequence;
    final ReadingRecord reading;
    boolean answered;

    InFlight(long sequence, ReadingRecord reading) {
      this.sequence = sequence;
      this.reading = reading;
    }
  }

  private final DiskBuffer buffer;
  private final AgentLoop loop;
  private final Consumer<AgentEvent> listener;
  private final ArrayDeque<InFlight> window = new ArrayDeque<>();

  /** Null while there is no connection. */
  private @Nullable Device device;

  private boolean paused;
  private long failingSequence = -1;
  private int attempts;
  private long refused;

  ReadingQueue(DiskBuffer buffer, AgentLoop loop, Consumer<AgentEvent> listener) {
    this.buffer = buffer;
    this.loop = loop;
    this.listener = listener;
  }

  /** Adds a reading at the end. */
  void add(ReadingRecord reading) {
    byte[] bytes = reading.encode();
    try {
      buffer.append(bytes);
    } catch (IllegalArgumentException e) {
      listener.accept(new AgentEvent.Problem("a reading was not kept: " + e.getMessage()));
    }
    pump();
  }

  /** There is a connection. What an earlier one has left unanswered, the device sends again. */
  void connected(Device connected) {
    device = connected;
    pump();
  }

  /** The connection is gone. */
  void disconnected() {
    device = null;
  }

  /** Has the disk write what is not acknowledged; once a second. */
  void sync() {
    buffer.sync();
  }

  private void pump() {
    Device connected = device;
    while (connected != null && !paused && window.size() < WINDOW) {
      Entry entry = buffer.next();
      if (entry == null) {
        return;
      }
      ReadingRecord reading = ReadingRecord.decode(entry.bytes());
      if (reading == null) {
        listener.accept(new AgentEvent.Problem("a record of the buffer is no reading: dropped"));
        drop(entry.sequence());
      } else {
        send(connected, new InFlight(entry.sequence(), reading));
      }
    }
  }

  private void drop(long sequence) {
    var nothing = new InFlight(sequence, new ReadingRecord("", ""));
    nothing.answered = true;
    window.addLast(nothing);
    settle();
  }

  private void send(Device connected, InFlight sent) {
    window.addLast(sent);
    try {
      var _ =
          connected
              .publish(sent.reading.topic(), sent.reading.payload(), 1, false)
              .whenComplete((_, failure) -> loop.execute(() -> answered(sent, failure)));
    } catch (IllegalArgumentException e) {
      refuseForGood(sent, String.valueOf(e.getMessage()));
      settle();
    }
  }

  private void answered(InFlight sent, @Nullable Throwable failure) {
    if (!window.contains(sent)) {
      // Given up meanwhile, with all that were on their way.
      return;
    }
    if (failure == null) {
      sent.answered = true;
    } else {
      failed(sent, failure);
    }
    settle();
    pump();
  }

  private void failed(InFlight sent, Throwable failure) {
    Throwable bare =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    int code = bare instanceof DeviceException refusal ? refusal.reasonCode().orElse(0) : 0;
    if (sent.sequence == failingSequence) {
      attempts++;
    } else if (!paused) {
      failingSequence = sent.sequence;
      attempts = 1;
    }
    boolean unknown = code == 0 && sent.sequence == failingSequence && attempts >= MAX_ATTEMPTS;
    if (LASTING_CODES.contains(code) || (unknown && device != null)) {
      refuseForGood(sent, String.valueOf(bare.getMessage()));
      return;
    }
    if (!paused && device != null) {
      listener.accept(
          new AgentEvent.Problem(
              "%s; readings wait and are offered again in %d s"
                  .formatted(bare.getMessage(), PAUSE.toSeconds())));
    }
    pause();
  }

  private void refuseForGood(InFlight sent, String reason) {
    sent.answered = true;
    refused++;
    if (Long.bitCount(refused) == 1) {
      listener.accept(
          new AgentEvent.Problem(
              "a reading for '%s' was dropped: %s (%d so far)"
                  .formatted(sent.reading.topic(), reason, refused)));
    }
  }

  private void pause() {
    if (!paused) {
      paused = true;
      loop.after(PAUSE, this::resume);
    }
  }

  /** Offers again what was not taken, in order. */
  private void resume() {
    paused = false;
    window.clear();
    buffer.rewind();
    pump();
  }

  /** Forgets the readings at the front that are acknowledged. */
  private void settle() {
    InFlight first = window.peekFirst();
    while (first != null && first.answered) {
      window.removeFirst();
      buffer.acknowledge(first.sequence);
      if (!first.reading.topic().isEmpty()) {
        listener.accept(
            new AgentEvent.Sent(first.reading.topic(), first.reading.payload(), buffer.waiting()));
      }
      first = window.peekFirst();
    }
  }

  /** How many readings are not acknowledged. */
  long waiting() {
    return buffer.waiting();
  }

  /** Has the disk write what is not acknowledged. */
  @Override
  public void close() {
    buffer.close();
  }
}
