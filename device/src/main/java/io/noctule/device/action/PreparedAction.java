package io.noctule.device.action;

import com.hivemq.client.mqtt.datatypes.MqttTopic;
import com.hivemq.client.mqtt.datatypes.MqttTopicFilter;
import io.noctule.device.DeviceException;
import io.noctule.device.action.ActionEvent.Outcome;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * One action: what it listens to, and what it does. Messages come by one thread; its counters are
 * for any.
 */
final class PreparedAction {
  private final String name;
  private final MqttTopicFilter filter;
  private final Condition condition;
  private final Step step;
  private final Lane lane;
  private final RateBound rate;
  private final Consumer<ActionEvent> listener;
  private final AtomicLong done = new AtomicLong();
  private final AtomicLong failed = new AtomicLong();
  private final AtomicLong dropped = new AtomicLong();

  PreparedAction(
      String name,
      String filter,
      Condition condition,
      Step step,
      Lane lane,
      LongSupplier nanoClock,
      Consumer<ActionEvent> listener) {
    this.name = name;
    this.filter = MqttTopicFilter.of(filter);
    this.condition = condition;
    this.step = step;
    this.lane = lane;
    this.rate = new RateBound(nanoClock);
    this.listener = listener;
  }

  /** Acts on a message where it is meant. */
  void onMessage(MessageContent content) {
    if (!matches(content.message().topic()) || !condition.holds(content)) {
      return;
    }
    if (!rate.pass()) {
      drop(
          "more than %d messages a second: does it answer itself?".formatted(RateBound.PER_SECOND));
    } else if (!step.isLong()) {
      run(content);
    } else if (!lane.offer(() -> run(content))) {
      drop("%d messages wait for it already".formatted(Lane.MAX_WAITING));
    }
  }

  /** A wildcard in the first level does not match topics that begin with $ [MQTT-4.7.2-1]. */
  private boolean matches(String topic) {
    String text = filter.toString();
    boolean wild = text.startsWith("+") || text.startsWith("#");
    return !(wild && topic.startsWith("$")) && filter.matches(MqttTopic.of(topic));
  }

  private void run(MessageContent content) {
    try {
      var _ =
          step.run(content)
              .whenComplete(
                  (text, failure) -> {
                    if (failure == null) {
                      done.incrementAndGet();
                      listener.accept(new ActionEvent(name, step.success(), text));
                    } else {
                      fail(failure);
                    }
                  });
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      fail(new ActionException("interrupted, because the device ends", e));
    } catch (Exception | LinkageError e) {
      fail(e);
    }
  }

  private void fail(Throwable failure) {
    failed.incrementAndGet();
    Throwable bare =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    // What Java code throws may say nothing without its class.
    boolean ours = bare instanceof ActionException || bare instanceof DeviceException;
    listener.accept(
        new ActionEvent(
            name, Outcome.FAILED, ours ? String.valueOf(bare.getMessage()) : bare.toString()));
  }

  private void drop(String reason) {
    long count = dropped.incrementAndGet();
    if (Long.bitCount(count) == 1) {
      listener.accept(
          new ActionEvent(
              name, Outcome.DROPPED, "%s (%d dropped so far)".formatted(reason, count)));
    }
  }

  ActionCounts counts() {
    return new ActionCounts(done.get(), failed.get(), dropped.get());
  }
}
