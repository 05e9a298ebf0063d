package io.noctule.app.device;

import io.noctule.app.command.CommandContext;
import io.noctule.app.command.CommandFailure;
import io.noctule.app.command.DataFolder;
import io.noctule.app.command.ProgramVersion;
import io.noctule.app.tls.ClientTlsOptions;
import io.noctule.device.BrokerAddress;
import io.noctule.device.ProtocolVersion;
import io.noctule.device.agent.AgentOptions;
import io.noctule.device.description.BrokerDescription;
import io.noctule.device.description.DeviceDescription;
import io.noctule.device.description.Secret;
import io.noctule.device.host.HostName;
import io.noctule.protocol.topic.TopicFilter;
import io.noctule.protocol.topic.TopicName;
import io.noctule.tls.context.ClientTls;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * {@code noctule device}: connects to a broker, publishes at intervals, shows what comes. Exit
 * status 1 where the message of {@code --once} was not sent.
 */
@Command(
    name = "device",
    description = {
      "Connects to an MQTT broker, publishes a JSON message at intervals, and shows the messages"
          + " that come. Works with any MQTT broker, and connects again by itself.",
      ""
    },
    sortOptions = false)
public class DeviceCommand implements Callable<Integer> {
  private static final BigDecimal MIN_INTERVAL = new BigDecimal("0.001");
  private static final BigDecimal MAX_INTERVAL = new BigDecimal(31_536_000);
  private static final String PASSWORD_VARIABLE = "NOCTULE_PASSWORD";
  private static final int MAX_ID_BYTES = 65_535;
  private static final String LOCAL_HOST = "127.0.0.1";

  /**
   * So that the identifier has no more than the 23 characters that every MQTT 3.1.1 broker takes.
   */
  private static final int MAX_HOST_NAME_IN_ID = 18;

  private final CommandContext context;

  @Mixin private DescriptionOptions described = new DescriptionOptions();

  @Option(
      names = "--broker",
      paramLabel = "HOST[:PORT]",
      description =
          "the broker; an IPv6 address in brackets; mqtts:// before it for TLS (127.0.0.1:1883; with"
              + " TLS port 8883)")
  private @Nullable String broker;

  @Option(
      names = "--id",
      paramLabel = "ID",
      description =
          "the client identifier, each device its own (name of the machine and a random number;"
              + " with --config what the file says)")
  private @Nullable String id;

  @Option(
      names = "--topic",
      paramLabel = "TOPIC",
      description = "where to publish (${DEFAULT-VALUE})")
  private String topic = "test";

  @Option(
      names = "--qos",
      paramLabel = "0|1|2",
      description = "quality of service of what is published and subscribed to (${DEFAULT-VALUE})")
  private String qos = "0";

  @Option(
      names = "--interval",
      paramLabel = "SECONDS",
      description = "time between two messages, from 0.001 (${DEFAULT-VALUE})")
  private String interval = "5";

  @Option(
      names = "--message",
      paramLabel = "TEXT",
      description = "the \"msg\" of the message (${DEFAULT-VALUE})")
  private String message = "Hello";

  @Option(
      names = "--value",
      paramLabel = "KEY=VALUE|@FILE",
      description = "adds a value to the message, or all of the JSON object in a file; repeatable")
  private List<String> data = new ArrayList<>();

  @Option(names = "--once", description = "send one message and end")
  private boolean once;

  @Option(
      names = "--subscribe",
      paramLabel = "FILTER",
      description = "what to listen to; repeatable (the topic)")
  private List<String> subscribe = new ArrayList<>();

  @Option(names = "--no-subscribe", description = "listen to nothing")
  private boolean noSubscribe;

  @Option(names = "--user", paramLabel = "NAME", description = "user name")
  private @Nullable String user;

  @Option(
      names = "--password",
      paramLabel = "TEXT",
      description = "password; others on this machine can read it here (variable NOCTULE_PASSWORD)")
  private @Nullable String password;

  @Option(
      names = "--password-file",
      paramLabel = "FILE",
      description = "file whose first line is the password")
  private @Nullable String passwordFile;

  @Option(
      names = "--mqtt-version",
      paramLabel = "3|5",
      description = "MQTT 3.1.1 or 5 only (5, and 3.1.1 where the broker does not know it)")
  private @Nullable String mqttVersion;

  @Option(names = "--debug", description = "print a line for each packet and event")
  private boolean debug;

  @Option(names = "--quiet", description = "print nothing but errors")
  private boolean quiet;

  @Option(names = "--json", description = "print one JSON object for each event")
  private boolean json;

  private DataFolder dataFolder = new DataFolder();

  /** A command that picocli fills. */
  public DeviceCommand(CommandContext context) {
    this.context = context;
  }

  /** Connects to this broker in place of the one that {@code --broker} names. */
  public void connectTo(String host, int port) {
    broker = (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
  }

  /** How the connection is secured; not at all, unless the broker's address says so. */
  ClientTlsOptions tls() {
    return new ClientTlsOptions();
  }

  private BrokerAddress address() {
    String named = broker == null ? LOCAL_HOST : broker;
    boolean secured = tls().isAsked() && !named.contains("://");
    return checked("--broker", secured ? "mqtts://" + named : named, BrokerAddress::parse);
  }

  /** Where a described device keeps what must survive. */
  DataFolder dataFolder() {
    return dataFolder;
  }

  /** Keeps what must survive in this folder in place of the usual one. */
  public void keepIn(Path folder) {
    dataFolder = DataFolder.of(folder);
  }

  /** Whether the output is for a program. */
  public boolean json() {
    return json;
  }

  @Override
  public Integer call() throws InterruptedException {
    return run(_ -> false);
  }

  /**
   * Does what was asked for.
   *
   * @param given whether an option was given on the command line, by its name
   * @return the exit status
   */
  public int run(Predicate<String> given) throws InterruptedException {
    if (described.isInit()) {
      described.write(context, id);
      return 0;
    }
    if (described.isGiven()) {
      var run = agent(described.read(context, given));
      context.termination().onRequest(run::stop);
      return run.run();
    }
    var run =
        new DeviceRun(
            options(), Clock.system(ZoneId.systemDefault()), context.out(), context.err());
    context.termination().onRequest(run::stop);
    return run.run();
  }

  /** The device of a file, with what options say in place of it. */
  private AgentRun agent(DeviceDescription file) {
    BrokerDescription broker = broker(file.broker());
    // Where the file has TLS, options take its place only if they name whom to trust.
    ClientTls tls = tls().tls(context, broker.tls() == null && broker.address().tls());
    var options =
        new AgentOptions(dataFolder().create(), ProgramVersion.text(), version(), debug, tls);
    String id = this.id == null ? file.id() : this.id;
    boolean usualTopic = file.topic().equals(DeviceDescription.defaultTopic(file.id()));
    var description =
        checked(
            "--id",
            id,
            _ ->
                new DeviceDescription(
                    id,
                    broker,
                    usualTopic ? DeviceDescription.defaultTopic(id) : file.topic(),
                    file.timeFormat(),
                    file.buffer(),
                    file.sensors(),
                    file.actions(),
                    file.custom()));
    return new AgentRun(description, options, output(), context.out(), context.err());
  }

  private BrokerDescription broker(BrokerDescription file) {
    BrokerAddress address = broker == null ? file.address() : address();
    if (tls().isAsked() && !address.tls()) {
      address = new BrokerAddress(address.host(), address.port(), true);
    }
    String secret = checkedPassword();
    if (user == null) {
      return new BrokerDescription(address, file.user(), file.password(), file.tls());
    }
    return new BrokerDescription(
        address, user, secret == null ? null : new Secret(secret), file.tls());
  }

  private OutputMode output() {
    if (quiet && json) {
      throw CommandFailure.usage("--quiet and --json exclude each other");
    }
    return json ? OutputMode.JSON : quiet ? OutputMode.QUIET : OutputMode.TEXT;
  }

  /**
   * What was asked for.
   *
   * @throws CommandFailure naming the option, its value and what it may be
   */
  DeviceOptions options() {
    OutputMode output = output();
    BrokerAddress address = address();
    return new DeviceOptions(
        address,
        tls().tls(context, address.tls()),
        id == null ? randomId() : checkedId(id),
        checked("--topic", topic, text -> TopicName.of(text).text()),
        checkedQos(),
        checkedInterval(),
        message,
        ValueOption.merge(data),
        once,
        filters(),
        user,
        checkedPassword(),
        version(),
        output,
        debug);
  }

  private List<String> filters() {
    if (!subscribe.isEmpty() && noSubscribe) {
      throw CommandFailure.usage("--subscribe and --no-subscribe exclude each other");
    }
    if (!subscribe.isEmpty() && once) {
      throw CommandFailure.usage(
          "--once ends when its message is sent and listens to nothing: leave out --subscribe");
    }
    for (String filter : subscribe) {
      checked("--subscribe", filter, TopicFilter::of);
    }
    if (noSubscribe || once) {
      return List.of();
    }
    return subscribe.isEmpty() ? List.of(topic) : subscribe;
  }

  private int checkedQos() {
    return switch (qos) {
      case "0" -> 0;
      case "1" -> 1;
      case "2" -> 2;
      default -> throw CommandFailure.usage("--qos must be 0, 1 or 2, was '" + qos + "'");
    };
  }

  private ProtocolVersion version() {
    return switch (mqttVersion) {
      case null -> ProtocolVersion.AUTO;
      case "5" -> ProtocolVersion.V5;
      case "3" -> ProtocolVersion.V3;
      default ->
          throw CommandFailure.usage("--mqtt-version must be 3 or 5, was '" + mqttVersion + "'");
    };
  }

  private Duration checkedInterval() {
    try {
      var seconds = new BigDecimal(interval);
      if (seconds.compareTo(MIN_INTERVAL) >= 0 && seconds.compareTo(MAX_INTERVAL) <= 0) {
        return Duration.ofNanos(seconds.movePointRight(9).longValue());
      }
    } catch (NumberFormatException _) {
      // Told below, like a number out of range.
    }
    throw CommandFailure.usage(
        "--interval must be a number of seconds from %s to %s, was '%s'"
            .formatted(MIN_INTERVAL, MAX_INTERVAL, interval));
  }

  private static String checkedId(String id) {
    int bytes = id.getBytes(StandardCharsets.UTF_8).length;
    if (bytes < 1 || bytes > MAX_ID_BYTES || id.indexOf('\0') >= 0) {
      throw CommandFailure.usage(
          "--id must have 1 to %d bytes, was '%s'".formatted(MAX_ID_BYTES, id));
    }
    return id;
  }

  private static String randomId() {
    String host = HostName.current().replaceAll("[^A-Za-z0-9-]", "-");
    return host.substring(0, Math.min(host.length(), MAX_HOST_NAME_IN_ID))
        + "-"
        + HexFormat.of().toHexDigits((short) ThreadLocalRandom.current().nextInt());
  }

  private @Nullable String checkedPassword() {
    if (password != null && passwordFile != null) {
      throw CommandFailure.usage("--password and --password-file exclude each other");
    }
    if (user == null) {
      if (password != null || passwordFile != null) {
        throw CommandFailure.usage(
            (password != null ? "--password" : "--password-file") + " needs --user");
      }
      return null;
    }
    if (password != null) {
      return password;
    }
    return passwordFile == null
        ? context.environment().get(PASSWORD_VARIABLE)
        : new OptionFile("--password-file ", passwordFile).read().lines().findFirst().orElse("");
  }

  private static <T> T checked(String option, String value, Function<String, T> parser) {
    try {
      return parser.apply(value);
    } catch (IllegalArgumentException e) {
      throw CommandFailure.usage("%s %s: %s".formatted(option, value, e.getMessage()));
    }
  }
}
