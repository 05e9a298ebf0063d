package io.noctule.device.action;

import io.noctule.device.Message;
import io.noctule.device.description.ActionDescription;
import io.noctule.device.description.ActionStep;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The actions of a device. Messages come by one thread, which also tells and publishes; programs
 * and Java code run on at most four threads of this object, those of one action one after the
 * other. What fails is told and counted, and everything else goes on.
 *
 * <p>Bounds of each action: 10 messages a second after a burst of 50, and 100 that wait for a
 * program or for Java code; more are dropped, counted and told.
 */
public final class Actions implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Actions.class);
  private static final int MAX_AT_ONCE = 4;
  private static final long END_SECONDS = 1;

  private final ThreadPoolExecutor threads;
  private final Set<String> filters = new LinkedHashSet<>();
  private final List<PreparedAction> actions = new ArrayList<>();

  private Actions(String deviceId) {
    // What waits is bounded by the number of actions, of which each is there once.
    this.threads =
        new ThreadPoolExecutor(
            MAX_AT_ONCE,
            MAX_AT_ONCE,
            10,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            Thread.ofPlatform().name("noctule-action-" + deviceId + "-", 0).daemon().factory(),
            (_, pool) -> LOG.debug("an action was not begun: its device ends ({})", pool));
    threads.allowCoreThreadTimeOut(true);
  }

  /**
   * Prepares the actions of a description.
   *
   * @param listener is told what became of each; called by several threads, must not block
   * @throws IllegalArgumentException where one is wrong, beginning with {@code actions[0].when:} or
   *     the like
   */
  public static Actions of(
      List<ActionDescription> descriptions, ActionContext context, Consumer<ActionEvent> listener) {
    return of(descriptions, context, listener, System::nanoTime);
  }

  static Actions of(
      List<ActionDescription> descriptions,
      ActionContext context,
      Consumer<ActionEvent> listener,
      LongSupplier nanoClock) {
    var actions = new Actions(context.deviceId());
    for (int i = 0; i < descriptions.size(); i++) {
      ActionDescription description = descriptions.get(i);
      String name = "actions[%d]".formatted(i);
      Condition condition =
          named(
              name + ".when",
              () -> description.when().map(Condition::parse).orElse(Condition.ALWAYS));
      actions.actions.add(
          new PreparedAction(
              name,
              description.on(),
              condition,
              step(name, description.step(), context),
              new Lane(actions.threads),
              nanoClock,
              listener));
      actions.filters.add(description.on());
    }
    return actions;
  }

  private static Step step(String name, ActionStep step, ActionContext context) {
    return switch (step) {
      case ActionStep.Log log -> new LogStep(named(name + ".log", () -> Template.text(log.text())));
      case ActionStep.Publish publish -> publishStep(name + ".publish", publish, context);
      case ActionStep.Run run -> runStep(name + ".run", run);
      case ActionStep.Java java ->
          new JavaStep(java.name(), named(name + ".java", () -> javaAction(java)), context);
    };
  }

  private static Step publishStep(String name, ActionStep.Publish publish, ActionContext context) {
    return new PublishStep(
        named(name + ".topic", () -> Template.text(publish.topic())),
        named(name + ".payload", () -> Template.payload(publish.payload())),
        publish.qos(),
        publish.retain(),
        context);
  }

  private static Step runStep(String name, ActionStep.Run run) {
    List<Template> command = named(name, () -> run.command().stream().map(Template::text).toList());
    if (command.getFirst().fixed() == null) {
      throw new IllegalArgumentException(
          name + ": a message must not choose the program, was '%s'".formatted(command.getFirst()));
    }
    return new RunStep(command, run.timeout());
  }

  private static Action javaAction(ActionStep.Java java) {
    List<String> known = new ArrayList<>();
    for (ActionFactory factory : ServiceLoader.load(ActionFactory.class)) {
      if (factory.name().equals(java.name())) {
        return factory.create(java.options());
      }
      known.add(factory.name());
    }
    throw new IllegalArgumentException(
        "no action is named '%s'; %s"
            .formatted(
                java.name(),
                known.isEmpty()
                    ? "no jar on the class path has any"
                    : "there are: " + String.join(", ", known)));
  }

  private static <T> T named(String name, Supplier<T> part) {
    try {
      return part.get();
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(name + ": " + e.getMessage(), e);
    }
  }

  /** What to subscribe to, in the order of the description, each filter once. */
  public Set<String> filters() {
    return Collections.unmodifiableSet(filters);
  }

  /** Acts on a message. Called by one thread at a time; does not wait for programs. */
  public void onMessage(Message message) {
    var content = new MessageContent(message);
    for (PreparedAction action : actions) {
      action.onMessage(content);
    }
  }

  /** How often each action was done, in the order of the description. Any thread. */
  public List<ActionCounts> counts() {
    return actions.stream().map(PreparedAction::counts).toList();
  }

  /** Interrupts what runs, kills its programs, and waits a second for it. */
  @Override
  public void close() {
    threads.shutdownNow();
    try {
      if (!threads.awaitTermination(END_SECONDS, TimeUnit.SECONDS)) {
        LOG.warn("an action does not end although it was interrupted");
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
