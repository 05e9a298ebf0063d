package io.noctule.device;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The messages that are not sent yet: those that wait for a connection, in order, and those handed
 * to it and not yet acknowledged. Bounded in number and bytes over both; when full, new messages
 * are refused and the future of {@link Device#publish} says so. Owned by the device's loop, except
 * for {@link #admit}, which any thread may call.
 */
final class Outbox {
  private final int maxMessages;
  private final long maxBytes;
  private final AtomicInteger unsentMessages = new AtomicInteger();
  private final AtomicLong unsentBytes = new AtomicLong();
  private final Deque<Publication> waiting = new ArrayDeque<>();

  /** In the order of their sending. */
  private final Set<Publication> inFlight = new LinkedHashSet<>();

  Outbox(int maxMessages, long maxBytes) {
    this.maxMessages = maxMessages;
    this.maxBytes = maxBytes;
  }

  /** Takes room for a message. Any thread. */
  boolean admit(Publication publication) {
    int messages = unsentMessages.incrementAndGet();
    long bytes = unsentBytes.addAndGet(publication.payload.length);
    if (messages <= maxMessages && bytes <= maxBytes) {
      return true;
    }
    giveBack(publication);
    return false;
  }

  /** Appends an admitted message to those that wait for a connection. */
  void add(Publication publication) {
    waiting.addLast(publication);
  }

  /** The next message to send, from now on in flight; null where none waits. */
  @Nullable Publication take() {
    Publication next = waiting.pollFirst();
    if (next != null) {
      inFlight.add(next);
    }
    return next;
  }

  /** Completes a message that was in flight. */
  void succeeded(Publication publication) {
    if (inFlight.remove(publication)) {
      giveBack(publication);
      publication.sent.complete(null);
    }
  }

  /** Fails a message that was in flight. */
  void failed(Publication publication, DeviceException failure) {
    if (inFlight.remove(publication)) {
      fail(publication, failure);
    }
  }

  /**
   * The connection is gone. Messages of QoS 1 in flight wait again, before all others: at least
   * once is what they promise. Those of QoS 0 and 2 fail: sent again, they might arrive twice.
   */
  void interrupt() {
    List<Publication> interrupted = List.copyOf(inFlight);
    inFlight.clear();
    for (Publication publication : interrupted.reversed()) {
      if (publication.qos == 1) {
        waiting.addFirst(publication);
      }
    }
    for (Publication publication : interrupted) {
      if (publication.qos != 1) {
        fail(
            publication,
            new DeviceException(
                "the connection was lost: nobody knows whether " + publication + " arrived"));
      }
    }
  }

  /** Fails all messages. */
  void failAll(DeviceException failure) {
    List<Publication> all = Stream.concat(inFlight.stream(), waiting.stream()).toList();
    inFlight.clear();
    waiting.clear();
    all.forEach(publication -> fail(publication, failure));
  }

  /** How many messages are admitted and neither sent nor failed. Any thread. */
  int unsent() {
    return unsentMessages.get();
  }

  /** The bounds in words. */
  String limits() {
    return "%d messages or %d bytes".formatted(maxMessages, maxBytes);
  }

  private void fail(Publication publication, DeviceException failure) {
    giveBack(publication);
    publication.sent.completeExceptionally(failure);
  }

  private void giveBack(Publication publication) {
    unsentMessages.decrementAndGet();
    unsentBytes.addAndGet(-publication.payload.length);
  }
}
