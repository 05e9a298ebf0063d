package io.noctule.broker.message;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.noctule.protocol.packet.MqttVersion;
import io.noctule.protocol.packet.QoS;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The wire forms of the publication that a loop is fanning out: each is encoded once. Belongs to
 * one loop. Bound: {@value #FORMS} forms of one publication; a further form replaces the oldest.
 */
public final class FrameCache implements AutoCloseable {
  private static final int FORMS = 4;

  private final Frame[] frames = new Frame[FORMS];
  private @Nullable Publication publication;
  private @Nullable ByteBuf payload;
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
    if (payload != null) {
      payload.release();
      payload = null;
    }
  }

  /** Whether a publication is being fanned out, so that its forms are worth keeping. */
  public boolean serves(Publication candidate) {
    return publication == candidate;
  }

  /**
   * A large payload in memory that the network takes as it is: copied there once a fan-out rather
   * than once a subscriber. Valid until {@link #end}; who passes it on retains it.
   */
  public ByteBuf sharedPayload(Publication fannedOut, ByteBufAllocator allocator) {
    ByteBuf original = fannedOut.payload();
    if (original.isDirect()) {
      return original;
    }
    ByteBuf shared = payload;
    if (shared == null) {
      shared = allocator.directBuffer(original.readableBytes());
      shared.writeBytes(original, original.readerIndex(), original.readableBytes());
      payload = shared;
    }
    return shared;
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

  /** Gives the buffers back: nothing is fanned out on this loop any more. */
  @Override
  public void close() {
    publication = null;
    for (Frame frame : frames) {
      frame.release();
    }
  }
}
