package io.noctule.broker.message;

import io.noctule.protocol.packet.MqttVersion;
import io.noctule.protocol.packet.QoS;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The wire forms of the publication that a loop is fanning out: each is encoded once. Belongs to
 * one loop. Bound: {@value #FORMS} forms of one publication; a further form replaces the oldest.
 */
public final class FrameCache {
  private static final int FORMS = 4;

  private final Frame[] frames = new Frame[FORMS];
  private @Nullable Publication publication;
  private int next;

  /** No form yet. */
  public FrameCache() {
    for (int i = 0; i < FORMS; i++) {
      frames[i] = new Frame();
    }
  }

  /** Starts the fan-out of a publication to several subscribers. */
  public void begin(Publication fannedOut) {
    publication = fannedOut;
    next = 0;
    for (Frame frame : frames) {
      frame.forget();
    }
  }

  /** Ends it: the publication's buffer may go. */
  public void end() {
    publication = null;
  }

  /** Whether a publication is being fanned out, so that its forms are worth keeping. */
  public boolean serves(Publication candidate) {
    return publication == candidate;
  }

  /** The wire form of the publication that is being fanned out; valid until the next call. */
  public Frame frame(
      Publication fannedOut,
      MqttVersion version,
      QoS qos,
      boolean retain,
      List<Integer> subscriptionIdentifiers,
      long nowNanos) {
    for (Frame frame : frames) {
      if (frame.isForm(version, qos, retain, subscriptionIdentifiers)) {
        return frame;
      }
    }
    Frame frame = frames[next];
    next = (next + 1) % FORMS;
    frame.encode(
        fannedOut,
        fannedOut.propertiesFor(nowNanos, subscriptionIdentifiers),
        version,
        qos,
        retain,
        subscriptionIdentifiers);
    return frame;
  }
}
