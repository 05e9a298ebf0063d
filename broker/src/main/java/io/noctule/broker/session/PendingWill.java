package io.noctule.broker.session;

import io.netty.util.concurrent.ScheduledFuture;
import io.noctule.broker.loop.Counter;
import io.noctule.broker.message.Publication;
import io.noctule.protocol.packet.Will;
import io.noctule.protocol.topic.TopicName;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A will whose connection has ended: published after its delay, unless the client is back before.
 */
final class PendingWill {
  private final Will will;
  private final String clientId;
  private final SessionServices services;
  private @Nullable ScheduledFuture<?> timer;
  private boolean published;

  PendingWill(Will will, String clientId, SessionServices services) {
    this.will = will;
    this.clientId = clientId;
    this.services = services;
  }

  void schedule(long delaySeconds) {
    timer = services.loop().schedule(this::publish, delaySeconds, TimeUnit.SECONDS);
  }

  TopicName topic() {
    return will.topic();
  }

  void cancel() {
    if (timer != null) {
      timer.cancel(false);
      timer = null;
    }
  }

  /** Publishes it, once: the delay may have passed before the session ends. */
  void publish() {
    if (published) {
      return;
    }
    published = true;
    Publication publication =
        Publication.of(
            will.topic(),
            will.payload(),
            will.qos(),
            will.retain(),
            will.properties(),
            clientId,
            services.loop().nanos());
    if (will.retain() && !services.retained().put(publication)) { // [MQTT-3.1.2-15]
      services.loop().counters().increment(Counter.RETAINED_LIMIT_REACHED);
    }
    services.router().route(publication);
  }
}
