package io.noctule.app.client;

import io.noctule.app.client.PropertyOption.Identifier;
import io.noctule.app.client.PropertyOption.Target;
import io.noctule.app.command.CommandContext;
import io.noctule.app.command.CommandFailure;
import io.noctule.protocol.packet.QoS;
import io.noctule.protocol.packet.Subscribe;
import io.noctule.protocol.packet.Unsubscribe;
import io.noctule.protocol.topic.TopicFilter;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * {@code noctule sub}: subscribes and prints messages until it is told to end. A connection that is
 * lost later on is made anew.
 */
@Command(
    description = {
      "Subscribes to topics and prints the messages. The options are those of mosquitto_sub.",
      ""
    },
    sortOptions = false,
    footer = {
      "",
      "Formats: %%t topic, %%p payload, %%x %%X payload in hex, %%l its length, %%q QoS, %%r"
          + " retain, %%m packet id, %%j %%J JSON, %%I %%U time, @X as strftime, and of MQTT 5 %%A"
          + " topic alias, %%C content type, %%D correlation data, %%E expiry, %%F payload format,"
          + " %%P user properties, %%R response topic, %%S subscription identifier. Widths as in"
          + " %%-20t."
    })
public final class SubCommand implements Callable<Integer> {
  /** The status after -W, as that of mosquitto_sub. */
  private static final int TIMED_OUT = 27;

  private static final Duration RECONNECT_DELAY = Duration.ofSeconds(1);

  private final CommandContext context;

  @Option(
      names = {"-t", "--topic"},
      paramLabel = "FILTER",
      description = "subscribe to it; may be repeated")
  private List<String> topics = new ArrayList<>();

  @Option(
      names = {"-T", "--filter-out"},
      paramLabel = "FILTER",
      description = "do not print what matches; may be repeated")
  private List<String> hidden = new ArrayList<>();

  @Option(
      names = {"-U", "--unsubscribe"},
      paramLabel = "FILTER",
      description = "unsubscribe from it after subscribing; may be repeated")
  private List<String> unsubscribed = new ArrayList<>();

  @Option(
      names = {"-q", "--qos"},
      paramLabel = "0|1|2",
      description = "quality of service (${DEFAULT-VALUE})")
  private int qos;

  @Option(
      names = {"-v", "--verbose"},
      description = "print the topic before the payload")
  private boolean verbose;

  @Option(
      names = {"-F", "--format"},
      paramLabel = "FORMAT",
      description = "print in this format, see below")
  private @Nullable String format;

  @Option(names = "-N", description = "print no end of line after a message")
  private boolean withoutEndOfLine;

  @Option(
      names = {"-C", "--count"},
      paramLabel = "N",
      description = "end after so many messages")
  private long count;

  @Option(
      names = {"-W", "--timeout"},
      paramLabel = "S",
      description = "end after so many seconds, with status " + TIMED_OUT)
  private long timeoutSeconds;

  @Option(
      names = {"-R", "--no-retained"},
      description = "do not print retained messages")
  private boolean withoutRetained;

  @Option(
      names = "--retained-only",
      description = "print retained messages only; end at the first other")
  private boolean retainedOnly;

  @Option(
      names = "--remove-retained",
      description = "have the broker forget the retained messages that come; mind -T")
  private boolean removeRetained;

  @Option(names = "-E", description = "end once the broker has answered the subscriptions")
  private boolean endWhenSubscribed;

  @Mixin private ConnectionOptions connection = new ConnectionOptions();

  /** How to end, once that is known: by whichever thread finds out first. */
  private final CompletableFuture<Integer> end = new CompletableFuture<>();

  private volatile @Nullable MqttClient current;

  /** A command that picocli fills. */
  public SubCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    Subscribe subscribe = subscribe();
    Unsubscribe unsubscribe = unsubscribe();
    Printer printer = printer();
    var _ = connection.connectPacket();
    if (timeoutSeconds > 0) {
      CompletableFuture.delayedExecutor(timeoutSeconds, TimeUnit.SECONDS)
          .execute(() -> endWith(TIMED_OUT));
    }
    context.termination().onRequest(() -> endWith(0));
    MqttClient client = connection.connect(context);
    while (client != null) {
      try (MqttClient open = client) {
        current = open;
        if (!end.isDone()) {
          var subscription =
              new Subscription(
                  open, printer, subscribe, unsubscribe, endWhenSubscribed, context.out());
          end.complete(subscription.run(connection.properties().disconnect()));
        }
        open.disconnect(connection.properties().disconnect());
        return finish();
      } catch (IOException e) {
        if (end.isDone()) {
          return finish();
        }
        tell("the connection is lost (%s), connecting again".formatted(e.getMessage()));
      }
      client = reconnect();
    }
    return finish();
  }

  private int finish() {
    context.out().flush();
    int status = end.join();
    if (status == TIMED_OUT) {
      tell("timed out");
    }
    return status;
  }

  private void endWith(int status) {
    end.complete(status);
    MqttClient client = current;
    if (client != null) {
      client.disconnect(connection.properties().disconnect());
    }
  }

  /** A new connection; null where it is time to end before there is one. */
  private @Nullable MqttClient reconnect() throws InterruptedException {
    while (true) {
      // Waiting before the first attempt too: a broker that closes each connection must not be
      // flooded.
      if (isEndedAfter(RECONNECT_DELAY)) {
        return null;
      }
      try {
        return connection.connect(context);
      } catch (IOException | CommandFailure e) {
        connection.debugOutput(context).note("still no connection: " + e.getMessage());
      }
    }
  }

  private boolean isEndedAfter(Duration delay) throws InterruptedException {
    try {
      end.get(delay.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (ExecutionException e) {
      throw new AssertionError("the end never fails", e);
    }
  }

  private void tell(String text) {
    if (!connection.quiet()) {
      context.err().println("noctule sub: " + text);
    }
  }

  private Subscribe subscribe() {
    String urlTopic = connection.urlTopic();
    if (topics.isEmpty() && urlTopic != null) {
      topics = List.of(urlTopic);
    }
    if (topics.isEmpty()) {
      throw CommandFailure.usage("a topic is missing: -t FILTER");
    }
    if (count < 0 || timeoutSeconds < 0) {
      throw CommandFailure.usage("-C and -W must not be negative");
    }
    if (retainedOnly && withoutRetained) {
      throw CommandFailure.usage("-R and --retained-only exclude each other");
    }
    QoS level = ConnectionOptions.qos("-q", qos);
    ClientProperties properties = connection.properties();
    return new Subscribe(
        1,
        (int)
            properties.number(
                Target.SUBSCRIBE, Identifier.SUBSCRIPTION_IDENTIFIER, Subscribe.NO_IDENTIFIER),
        properties.userProperties(Target.SUBSCRIBE),
        filters(topics).stream().map(filter -> Subscribe.Request.of(filter, level)).toList());
  }

  private @Nullable Unsubscribe unsubscribe() {
    return unsubscribed.isEmpty()
        ? null
        : new Unsubscribe(
            2, connection.properties().userProperties(Target.UNSUBSCRIBE), filters(unsubscribed));
  }

  private static List<TopicFilter> filters(List<String> texts) {
    var filters = new ArrayList<TopicFilter>();
    for (String text : texts) {
      try {
        filters.add(TopicFilter.of(text));
      } catch (IllegalArgumentException e) {
        throw new CommandFailure(String.valueOf(e.getMessage()), CommandFailure.USAGE, e);
      }
    }
    return filters;
  }

  private Printer printer() {
    return new Printer(
        context.out(),
        context.err(),
        format == null ? null : MessageFormat.of(format),
        verbose,
        !withoutEndOfLine,
        new Printer.Selection(
            filters(hidden).stream().map(TopicFilter::levels).toList(),
            withoutRetained,
            retainedOnly,
            removeRetained),
        count);
  }
}
