package io.noctule.app.bench;

import io.noctule.app.command.CommandContext;
import io.noctule.app.command.CommandFailure;
import io.noctule.app.tls.ClientTlsOptions;
import io.noctule.protocol.packet.MqttVersion;
import io.noctule.protocol.packet.QoS;
import io.noctule.tls.context.ClientTls;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.ObjectMapper;

/**
 * {@code noctule bench}: loads a broker, any broker, and tells what it made of it. Exit status 1
 * where a message was lost, came twice or out of order, or where the run failed.
 */
@Command(
    description = {
      "Loads a broker with messages, checks that each arrives once and in order, and tells rate"
          + " and latency. Works with any MQTT broker.",
      ""
    },
    sortOptions = false,
    footer = {
      "",
      "fan-in: many publishers to one subscriber (10 -> 1). fan-out: one publisher to many"
          + " subscribers (1 -> 100). pairs: each publisher has its subscriber (50).",
      "The generator runs on one thread; where it says that it took a whole core, the figure may"
          + " be its own limit."
    })
public final class BenchCommand implements Callable<Integer> {
  private static final String ALL = "all";
  private static final int LARGEST_PORT = 65_535;
  private static final int USUAL_PORT = 1883;
  private static final int USUAL_TLS_PORT = 8883;

  private final CommandContext context;

  @Parameters(
      arity = "0..1",
      paramLabel = "SHAPE",
      defaultValue = ALL,
      description = "fan-in, fan-out, pairs or all (${DEFAULT-VALUE})")
  private String shape = ALL;

  @Option(
      names = {"-h", "--host"},
      paramLabel = "HOST",
      description = "the broker's host (${DEFAULT-VALUE})")
  private String host = "localhost";

  @Option(
      names = {"-p", "--port"},
      paramLabel = "PORT",
      description = "the broker's port (1883; with TLS 8883)")
  private @Nullable Integer port;

  @Mixin private ClientTlsOptions tls = new ClientTlsOptions();

  @Option(
      names = "--qos",
      paramLabel = "0|1|2",
      description = "quality of service (${DEFAULT-VALUE})")
  private int qos;

  @Option(names = "--publishers", paramLabel = "N", description = "connections that send")
  private @Nullable Integer publishers;

  @Option(names = "--subscribers", paramLabel = "N", description = "connections that receive")
  private @Nullable Integer subscribers;

  @Option(
      names = "--size",
      paramLabel = "BYTES",
      description =
          "payload of a message, at least "
              + PublishTemplate.MINIMUM_PAYLOAD_BYTES
              + " (${DEFAULT-VALUE})")
  private int size = 64;

  @Option(
      names = "--seconds",
      paramLabel = "S",
      description = "how long to measure (${DEFAULT-VALUE})")
  private double seconds = 5;

  @Option(
      names = "--warmup",
      paramLabel = "S",
      description = "how long to send before measuring (${DEFAULT-VALUE})")
  private double warmUp = 2;

  @Option(
      names = "--rate",
      paramLabel = "N|max",
      description =
          "messages per second, sent by all publishers together, whether or not they arrive;"
              + " max: as many as the window lets (${DEFAULT-VALUE})")
  private String rate = "max";

  @Option(
      names = "--window",
      paramLabel = "N",
      description =
          "with --rate max: messages of each publisher on their way to the subscribers at a time"
              + " (so many that 20000 deliveries are under way in all, at QoS 1 and 2 2000)")
  private @Nullable Integer window;

  @Option(names = "--mqtt", paramLabel = "3|5", description = "protocol version (${DEFAULT-VALUE})")
  private int mqtt = 3;

  @Option(names = "--json", description = "print one JSON object for each shape")
  private boolean json;

  /** A command that picocli fills. */
  public BenchCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() throws UnknownHostException, InterruptedException {
    List<LoadPlan> plans = plans();
    boolean correct = true;
    try (LoadTransport transport = LoadTransport.open()) {
      for (LoadPlan plan : plans) {
        if (!json) {
          context.out().println(plan.title());
          context.out().flush();
        }
        LoadReport report = run(plan, transport);
        context
            .out()
            .print(
                json
                    ? new ObjectMapper().writeValueAsString(report.fields()) + "\n"
                    : report.text());
        context.out().flush();
        correct &= report.correct();
      }
    }
    return correct ? 0 : CommandFailure.FAILED;
  }

  private LoadReport run(LoadPlan plan, LoadTransport transport) throws InterruptedException {
    String id = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextInt());
    var run = new LoadRun(plan, id, transport);
    return new ProgressBar(context).follow(run);
  }

  private List<LoadPlan> plans() throws UnknownHostException {
    checkRange("--qos", qos, 0, 2);
    ClientTls secured = tls.tls(context, false);
    int number = port != null ? port : secured == null ? USUAL_PORT : USUAL_TLS_PORT;
    checkRange("--port", number, 1, LARGEST_PORT);
    checkRange("--size", size, PublishTemplate.MINIMUM_PAYLOAD_BYTES, 1 << 27);
    if (window != null) {
      checkRange("--window", window, 1, 10_000_000);
    }
    if (mqtt != 3 && mqtt != 5) {
      throw CommandFailure.usage("--mqtt must be 3 (for 3.1.1) or 5, not " + mqtt);
    }
    if (!(seconds > 0) || !(warmUp >= 0)) {
      throw CommandFailure.usage("--seconds must be more than 0 and --warmup at least 0");
    }
    var broker = new InetSocketAddress(host, number);
    if (broker.isUnresolved()) {
      throw new UnknownHostException(host);
    }
    var plans = new ArrayList<LoadPlan>();
    for (Shape each : shapes()) {
      plans.add(plan(each, broker, secured));
    }
    return plans;
  }

  private List<Shape> shapes() {
    if (shape.equals(ALL)) {
      return List.of(Shape.values());
    }
    return List.of(
        Shape.of(shape)
            .orElseThrow(
                () ->
                    CommandFailure.usage(
                        "unknown shape %s; the shapes are %s and all"
                            .formatted(shape, String.join(", ", Shape.labels())))));
  }

  private LoadPlan plan(Shape each, InetSocketAddress broker, @Nullable ClientTls secured) {
    int sending = connections("--publishers", publishers, each.usualPublishers());
    int receiving = connections("--subscribers", subscribers, each.usualSubscribers());
    if (each == Shape.PAIRS) {
      // Of pairs either count tells both.
      sending = publishers == null ? receiving : sending;
      receiving = subscribers == null ? sending : receiving;
      if (sending != receiving) {
        throw CommandFailure.usage("pairs need as many --publishers as --subscribers");
      }
    }
    return new LoadPlan(
        each,
        broker,
        secured,
        mqtt == 5 ? MqttVersion.MQTT_5 : MqttVersion.MQTT_3_1_1,
        QoS.of(qos),
        sending,
        receiving,
        size,
        ofSeconds(warmUp),
        ofSeconds(seconds),
        messagesPerSecond(),
        window == null ? usualWindow(each, sending, receiving) : window);
  }

  /**
   * Enough for a broker to batch, little enough that the time in its queues does not hide all
   * other: and brokers that search their in-flight messages one by one shall not be measured at
   * that alone.
   */
  private int usualWindow(Shape each, int sending, int receiving) {
    int deliveries = qos == 0 ? 20_000 : 2_000;
    return Math.max(1, deliveries / (each == Shape.PAIRS ? sending : sending * receiving));
  }

  private static int connections(String option, @Nullable Integer asked, int usual) {
    if (asked == null) {
      return usual;
    }
    checkRange(option, asked, 1, 1_000_000);
    return asked;
  }

  private long messagesPerSecond() {
    if (rate.equals("max")) {
      return LoadPlan.MAXIMUM;
    }
    try {
      long number = Long.parseLong(rate);
      if (number > 0) {
        return number;
      }
    } catch (NumberFormatException e) {
      throw new CommandFailure(rateMessage(), CommandFailure.USAGE, e);
    }
    throw CommandFailure.usage(rateMessage());
  }

  private String rateMessage() {
    return "--rate must be a whole number of at least 1, or max, not " + rate;
  }

  private static Duration ofSeconds(double seconds) {
    return Duration.ofNanos(Math.round(seconds * 1e9));
  }

  private static void checkRange(String option, int value, int least, int most) {
    if (value < least || value > most) {
      throw CommandFailure.usage(
          "%s must be from %d to %d, not %d".formatted(option, least, most, value));
    }
  }
}
