package io.noctule.device.agent;

import io.noctule.device.ConnectFailure;
import io.noctule.device.Device;
import io.noctule.device.DisconnectReason;
import io.noctule.device.Message;
import io.noctule.device.action.ActionCounts;
import io.noctule.device.action.Actions;
import io.noctule.device.buffer.BufferLimits;
import io.noctule.device.buffer.DiskBuffer;
import io.noctule.device.description.DeviceConfiguration;
import io.noctule.device.description.DeviceDescription;
import io.noctule.device.description.PatchResult;
import io.noctule.device.sensor.Reading;
import io.noctule.device.sensor.ReadingJson;
import io.noctule.device.sensor.Sampler;
import io.noctule.device.sensor.SamplerListener;
import io.noctule.device.sensor.SensorState;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs a device as it is described.
 *
 * <pre>{@code
 * try (Agent agent =
 *     Agent.start(description, AgentOptions.of(Path.of("data"), "1.0"), System.out::println)) {
 *   …
 * }
 * }</pre>
 *
 * <p>Topics: {@code status/ID} (retained {@code online}, and {@code offline} at {@link #close} or
 * by will), {@code twin/ID} (retained JSON, see docs/device.md), readings to the topic of the
 * description; it listens to {@code config_change/ID}, {@code config_change} and to what its
 * actions listen to, at QoS 1 in a session that the broker keeps for a week.
 *
 * <p>Readings are on disk from their measuring until the broker has acknowledged them, each with
 * its own time, and are sent in order; after an interruption some come twice. Changes of the
 * configuration are on disk before they are acknowledged.
 *
 * <p>Methods may be called by any thread.
 */
public final class Agent implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Agent.class);
  private static final String CONFIG_CHANGE = "config_change";
  private static final Duration SYNC_INTERVAL = Duration.ofSeconds(1);
  private static final Duration ADDRESS_INTERVAL = Duration.ofMinutes(1);

  /** Until the way to the broker is known: that of the default route, for which nobody is asked. */
  private static final String NOWHERE = "127.0.0.1";

  private final DeviceDescription description;
  private final AgentListener listener;
  private final Clock clock = Clock.system(ZoneId.systemDefault());
  private final DeviceFacts facts;
  private final ReadingJson readingJson;
  private final AgentFolder folder;
  private final AgentLoop loop;
  private final ConfigurationKeeper keeper;
  private final ReadingQueue readings;
  private final Actions actions;
  private final Device device;
  private final Sampler sampler;
  private final AtomicBoolean closed = new AtomicBoolean();
  private final AtomicBoolean lookingUp = new AtomicBoolean();

  /** Written by the loop. */
  private volatile Addresses addresses = Addresses.now(NOWHERE);

  /** Where readings go; written by the loop. */
  private volatile String topic;

  // --- Owned by the loop.

  private boolean connected;
  private @Nullable String twinProblem;

  private Agent(
      DeviceDescription description,
      AgentOptions options,
      AgentListener listener,
      AgentFolder folder)
      throws AgentException {
    this.description = description;
    this.listener = listener;
    this.folder = folder;
    String id = description.id();
    facts = DeviceFacts.of(id, options.programVersion(), clock.instant());
    readingJson = new ReadingJson(description.timeFormat(), clock.getZone());
    loop = new AgentLoop(id);
    keeper = ConfigurationKeeper.open(folder, description, clock, this::problem);
    topic = keeper.configuration().topic();
    var context = new AgentContext(id);
    actions = actions(context);
    device = device(options);
    context.use(device);
    readings = new ReadingQueue(buffer(), loop, this::tell);
    sampler = Sampler.start(keeper.configuration().sensors(), new Measuring());
  }

  /**
   * Starts an agent and returns at once; whether it connects is told to the listener.
   *
   * @throws AgentException where another agent with this id uses the data folder, where the folder
   *     cannot be used, where an action is wrong, or where a file for TLS is
   */
  public static Agent start(
      DeviceDescription description, AgentOptions options, AgentListener listener)
      throws AgentException {
    AgentFolder folder = AgentFolder.open(options.dataFolder(), description.id());
    try {
      var agent = new Agent(description, options, listener, folder);
      agent.begin();
      return agent;
    } catch (AgentException | RuntimeException e) {
      close(folder);
      throw e;
    }
  }

  private Actions actions(AgentContext context) throws AgentException {
    try {
      return Actions.of(description.actions(), context, event -> tell(new AgentEvent.Acted(event)));
    } catch (IllegalArgumentException e) {
      throw new AgentException(String.valueOf(e.getMessage()), e);
    }
  }

  private DiskBuffer buffer() throws AgentException {
    var limits =
        new BufferLimits(
            description.buffer().maxBytes(),
            description.buffer().maxAge().orElse(BufferLimits.ANY_AGE));
    try {
      return DiskBuffer.open(folder.buffer(), limits, clock, this::problem);
    } catch (IOException e) {
      throw new AgentException("the buffer %s: %s".formatted(folder.buffer(), e.getMessage()), e);
    }
  }

  private Device device(AgentOptions options) throws AgentException {
    var builder =
        Connecting.builder(description, options)
            .onConnect(_ -> connected())
            .onConnectFailure(this::connectFailed)
            .onMessage((_, message) -> received(message))
            .onDisconnect(this::disconnected);
    return (options.debug() ? builder.onLog(line -> tell(new AgentEvent.Log(line))) : builder)
        .build();
  }

  private void begin() {
    loop.every(SYNC_INTERVAL, readings::sync);
    loop.every(ADDRESS_INTERVAL, this::lookUpAddresses);
    loop.execute(this::subscribe);
    device.connect();
  }

  private void subscribe() {
    var filters = new LinkedHashSet<>(List.of(CONFIG_CHANGE + "/" + facts.id(), CONFIG_CHANGE));
    filters.addAll(actions.filters());
    for (String filter : filters) {
      var _ =
          device
              .subscribe(filter, 1)
              .whenComplete(
                  (_, failure) -> {
                    if (failure != null && !closed.get()) {
                      problem("subscription to '%s': %s".formatted(filter, reason(failure)));
                    }
                  });
    }
    try {
      for (String left : keeper.begin(filters)) {
        var _ = device.unsubscribe(left);
      }
    } catch (IOException e) {
      problem("the configuration in force cannot be kept: " + e.getMessage());
    }
  }

  // --- On the call-back thread

  private void connected() {
    tell(new AgentEvent.Connected());
    lookUpAddresses();
    loop.execute(
        () -> {
          connected = true;
          publishStatus(Connecting.ONLINE);
          publishTwin();
          readings.connected(device);
        });
  }

  private void connectFailed(ConnectFailure failure) {
    tell(new AgentEvent.ConnectFailed(failure));
  }

  private void disconnected(DisconnectReason reason) {
    loop.execute(
        () -> {
          connected = false;
          readings.disconnected();
        });
    tell(new AgentEvent.Disconnected(reason));
  }

  private void received(Message message) {
    tell(new AgentEvent.Received(message));
    boolean changes =
        message.topic().equals(CONFIG_CHANGE)
            || message.topic().equals(CONFIG_CHANGE + "/" + facts.id());
    // One without content only takes a retained one away.
    if (changes && message.payload().length > 0) {
      try {
        // Waits: what is acknowledged must be kept.
        loop.call(() -> change(message));
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
      }
    }
    actions.onMessage(message);
  }

  // --- On the loop

  private void change(Message message) {
    DeviceConfiguration before = keeper.configuration();
    Optional<PatchResult> result = keeper.apply(message);
    DeviceConfiguration now = keeper.configuration();
    if (!now.equals(before)) {
      topic = now.topic();
      sampler.configure(now.sensors());
    }
    result.ifPresent(known -> tell(new AgentEvent.ConfigurationChange(known, now.revision())));
    publishTwin();
  }

  private void publishStatus(String status) {
    if (connected) {
      var _ = device.publish(Connecting.statusTopic(facts.id()), status, 1, true);
    }
  }

  private void publishTwin() {
    if (!connected) {
      return;
    }
    var twin =
        Twin.toJson(
            facts,
            addresses,
            keeper.configuration(),
            keeper.change(),
            sampler.states(),
            clock.instant());
    var _ =
        device
            .publish(Twin.topic(facts.id()), twin, 1, true)
            .whenComplete((_, failure) -> loop.execute(() -> twinPublished(failure)));
  }

  private void twinPublished(@Nullable Throwable failure) {
    String reason = failure == null ? null : reason(failure);
    if (reason != null && !reason.equals(twinProblem) && connected) {
      problem("the twin was not published: " + reason);
    }
    twinProblem = reason;
  }

  /** Off the loop: a name server may take its time. */
  private void lookUpAddresses() {
    if (lookingUp.compareAndSet(false, true)) {
      var _ =
          Thread.ofVirtual()
              .start(
                  () -> {
                    try {
                      Addresses found = Addresses.now(description.broker().address().host());
                      loop.execute(() -> use(found));
                    } finally {
                      lookingUp.set(false);
                    }
                  });
    }
  }

  private void use(Addresses found) {
    if (!found.equals(addresses)) {
      addresses = found;
      publishTwin();
    }
  }

  // --- On the sampler's thread

  private final class Measuring implements SamplerListener {
    @Override
    public void onReading(Reading reading) {
      String payload = readingJson.of(reading, facts.id(), addresses.towardsBroker()).toString();
      var sent = new ReadingRecord(topic, payload);
      loop.executeReading(
          () -> {
            readings.add(sent);
            tell(new AgentEvent.Measured(sent.topic(), sent.payload()));
          });
    }

    @Override
    public void onSensorState(String sensor, SensorState state) {
      tell(new AgentEvent.SensorChange(sensor, state.error()));
      loop.execute(Agent.this::publishTwin);
    }
  }

  // --- Any thread

  /** The client identifier. */
  public String id() {
    return facts.id();
  }

  /** Whether it is connected now. */
  public boolean isConnected() {
    return device.isConnected();
  }

  /** How often each action was done, in the order of the description. */
  public List<ActionCounts> actionCounts() {
    return actions.counts();
  }

  private void problem(String text) {
    tell(new AgentEvent.Problem(text));
  }

  private void tell(AgentEvent event) {
    try {
      listener.onEvent(event);
    } catch (RuntimeException e) {
      LOG.warn("The listener of the agent failed", e);
    }
  }

  private static String reason(Throwable failure) {
    Throwable cause = failure.getCause();
    return String.valueOf(
        failure instanceof CompletionException && cause != null
            ? cause.getMessage()
            : failure.getMessage());
  }

  /**
   * Measures no more, publishes {@code offline}, takes leave of the broker, and has the disk write
   * what is left. Returns when all that is done, within a few seconds. Not to be called by the
   * listener. Has no effect when called again.
   */
  @Override
  public void close() {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    sampler.close();
    actions.close();
    try {
      loop.callAtEnd(
          () -> {
            readings.disconnected();
            publishStatus(Connecting.OFFLINE);
          });
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    device.close();
    loop.execute(readings::close);
    loop.end();
    close(folder);
  }

  private static void close(AgentFolder folder) {
    try {
      folder.close();
    } catch (IOException e) {
      LOG.warn("The lock of the agent's folder was not given back", e);
    }
  }
}
