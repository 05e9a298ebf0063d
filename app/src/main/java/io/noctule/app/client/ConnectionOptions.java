package io.noctule.app.client;

import io.noctule.app.client.PropertyOption.Identifier;
import io.noctule.app.client.PropertyOption.Target;
import io.noctule.app.command.CommandContext;
import io.noctule.app.command.CommandFailure;
import io.noctule.app.tls.ClientTlsOptions;
import io.noctule.protocol.packet.Connect;
import io.noctule.protocol.packet.MqttVersion;
import io.noctule.protocol.packet.QoS;
import io.noctule.protocol.packet.Will;
import io.noctule.protocol.topic.TopicName;
import io.noctule.tls.context.ClientTls;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options that pub and sub have in common: which broker, who connects, how. */
final class ConnectionOptions {
  private static final int USUAL_PORT = 1883;
  private static final int USUAL_TLS_PORT = 8883;
  private static final String SCHEME = "mqtt";
  private static final String TLS_SCHEME = "mqtts";
  private static final int LARGEST_PORT = 65_535;

  @Option(
      names = {"-h", "--host"},
      paramLabel = "HOST",
      description = "the broker's host (localhost)")
  private @Nullable String host;

  @Option(
      names = {"-p", "--port"},
      paramLabel = "PORT",
      description = "the broker's port (1883; with TLS 8883)")
  private @Nullable Integer port;

  @Option(
      names = {"-L", "--url"},
      paramLabel = "URL",
      description = "all at once: mqtt://[USER[:PASSWORD]@]HOST[:PORT]/TOPIC; mqtts:// for TLS")
  private @Nullable URI url;

  @Option(
      names = {"-V", "--protocol-version"},
      paramLabel = "VERSION",
      description = "31, 311 or 5, or mqttv31, mqttv311, mqttv5 (311; with -D 5)")
  private @Nullable String version;

  @Option(
      names = {"-i", "--id"},
      paramLabel = "ID",
      description = "client identifier (a random one)")
  private @Nullable String id;

  @Option(
      names = {"-I", "--id-prefix"},
      paramLabel = "PREFIX",
      description = "client identifier: this followed by the process id")
  private @Nullable String idPrefix;

  @Option(
      names = {"-u", "--username"},
      paramLabel = "NAME",
      description = "user name")
  private @Nullable String userName;

  @Option(
      names = {"-P", "--pw"},
      paramLabel = "PASSWORD",
      description = "password")
  private @Nullable String password;

  @Option(
      names = {"-k", "--keepalive"},
      paramLabel = "S",
      description = "keep-alive in seconds (${DEFAULT-VALUE})")
  private int keepAliveSeconds = 60;

  @Option(
      names = {"-c", "--disable-clean-session"},
      description = "keep the session after the connection; needs -i")
  private boolean keepSession;

  @Option(
      names = {"-x", "--session-expiry-interval"},
      paramLabel = "S",
      description = "MQTT 5: seconds to keep the session, -1 for ever (0; with -c -1)")
  private @Nullable Long sessionExpirySeconds;

  @Option(
      names = {"-D", "--property"},
      paramLabel = "COMMAND PROPERTY [NAME] VALUE",
      hideParamSyntax = true,
      arity = "1",
      parameterConsumer = PropertyOption.Consumer.class,
      description =
          "an MQTT 5 property of a packet, as in: connect receive-maximum 10; publish"
              + " user-property NAME VALUE. May be repeated")
  private List<PropertyOption> properties = new ArrayList<>();

  @Mixin private ClientTlsOptions tls = new ClientTlsOptions();

  @Option(names = "--will-topic", paramLabel = "TOPIC", description = "topic of the will")
  private @Nullable String willTopic;

  @Option(names = "--will-payload", paramLabel = "TEXT", description = "payload of the will (none)")
  private @Nullable String willPayload;

  @Option(names = "--will-qos", paramLabel = "0|1|2", description = "QoS of the will (0)")
  private @Nullable Integer willQos;

  @Option(names = "--will-retain", description = "retain the will")
  private boolean willRetain;

  @Option(
      names = {"-d", "--debug"},
      description = "show packets and, of failures, the stack trace, on standard error")
  private boolean debug;

  @Option(names = "--quiet", description = "print no errors at run time")
  private boolean quiet;

  /** Taken for the sake of scripts: there is no delay anyway. */
  @SuppressWarnings("UnusedVariable")
  @Option(names = "--nodelay", hidden = true)
  private boolean noDelay;

  /** Filled by picocli. */
  ConnectionOptions() {}

  /**
   * What the options say about properties; only after {@link #version} has been found to be MQTT 5.
   */
  ClientProperties properties() {
    return new ClientProperties(properties);
  }

  boolean quiet() {
    return quiet;
  }

  DebugOutput debugOutput(CommandContext context) {
    return new DebugOutput(debug, context.err());
  }

  /**
   * The topic of the URL; null where there is no URL, or none in it.
   *
   * @throws CommandFailure where the URL is not one
   */
  @Nullable String urlTopic() {
    if (url == null) {
      return null;
    }
    if (!(SCHEME.equals(url.getScheme()) || usesTlsScheme()) || url.getHost() == null) {
      throw CommandFailure.usage(
          "-L must be like mqtt://user:password@host:1883/topic, not %s".formatted(url));
    }
    String path = url.getPath();
    return path == null || path.length() < 2 ? null : path.substring(1);
  }

  /**
   * Connects as the options say.
   *
   * @throws CommandFailure where the options do not fit together, or the broker refuses
   * @throws IOException where the host is unknown or the connection breaks
   */
  MqttClient connect(CommandContext context) throws IOException {
    ClientTls secured = tls.tls(context, usesTlsScheme());
    return MqttClient.connect(
        host(), port(secured != null), secured, connectPacket(), debugOutput(context));
  }

  private boolean usesTlsScheme() {
    return url != null && TLS_SCHEME.equals(url.getScheme());
  }

  private String host() {
    return host != null ? host : url != null ? url.getHost() : "localhost";
  }

  private int port(boolean secured) {
    int usual = secured ? USUAL_TLS_PORT : USUAL_PORT;
    int number = port != null ? port : url != null && url.getPort() > 0 ? url.getPort() : usual;
    if (number < 1 || number > LARGEST_PORT) {
      throw CommandFailure.usage("--port must be from 1 to 65535, not " + number);
    }
    return number;
  }

  /** The version in use. */
  MqttVersion version() {
    if (version == null) {
      return properties.isEmpty() ? MqttVersion.MQTT_3_1_1 : MqttVersion.MQTT_5;
    }
    MqttVersion asked =
        switch (version.toLowerCase(Locale.ROOT)) {
          case "31", "mqttv31" -> MqttVersion.MQTT_3_1;
          case "311", "mqttv311" -> MqttVersion.MQTT_3_1_1;
          case "5", "mqttv5" -> MqttVersion.MQTT_5;
          default ->
              throw CommandFailure.usage(
                  "-V must be 31, 311, 5, mqttv31, mqttv311 or mqttv5, not " + version);
        };
    if (!asked.hasProperties() && !properties.isEmpty()) {
      throw CommandFailure.usage("-D needs MQTT 5: leave -V out or say -V 5");
    }
    return asked;
  }

  /** Checks what can be checked without a broker; to be called before anything is done. */
  Connect connectPacket() {
    MqttVersion spoken = version();
    if (keepSession && id == null) {
      throw CommandFailure.usage("-c needs a client identifier: -i");
    }
    if (id != null && idPrefix != null) {
      throw CommandFailure.usage("-i and -I exclude each other");
    }
    if (keepAliveSeconds < 0 || keepAliveSeconds > 65_535) {
      throw CommandFailure.usage("-k must be from 0 to 65535, not " + keepAliveSeconds);
    }
    UserPassword user = userPassword();
    if (user.password() != null && user.name() == null && !spoken.hasProperties()) {
      throw CommandFailure.usage("-P needs a user name (-u) before MQTT 5"); // [MQTT-3.1.2-22]
    }
    String secret = user.password();
    return new Connect(
        spoken,
        clientId(spoken),
        !keepSession,
        keepAliveSeconds,
        will(),
        user.name(),
        secret == null ? null : secret.getBytes(StandardCharsets.UTF_8),
        properties().connect(expirySeconds()));
  }

  private record UserPassword(@Nullable String name, @Nullable String password) {}

  private UserPassword userPassword() {
    String info = url == null ? null : url.getUserInfo();
    if (info == null) {
      return new UserPassword(userName, password);
    }
    int colon = info.indexOf(':');
    String name = colon < 0 ? info : info.substring(0, colon);
    String secret = colon < 0 ? null : info.substring(colon + 1);
    return new UserPassword(
        userName == null ? name : userName, password == null ? secret : password);
  }

  private long expirySeconds() {
    if (sessionExpirySeconds == null) {
      return keepSession ? Connect.Properties.NEVER_EXPIRES : 0;
    }
    if (sessionExpirySeconds < -1 || sessionExpirySeconds > Connect.Properties.NEVER_EXPIRES) {
      throw CommandFailure.usage("-x must be from -1 to 4294967295, not " + sessionExpirySeconds);
    }
    return sessionExpirySeconds < 0 ? Connect.Properties.NEVER_EXPIRES : sessionExpirySeconds;
  }

  private String clientId(MqttVersion spoken) {
    if (id != null) {
      return id;
    }
    if (idPrefix != null) {
      return idPrefix + ProcessHandle.current().pid();
    }
    // MQTT 5 brokers tell the identifier that they assign; MQTT 3.1 ones do not assign any.
    return spoken.hasProperties()
        ? ""
        : "noctule-" + HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextInt());
  }

  private @Nullable Will will() {
    if (willTopic == null) {
      if (willPayload != null || willQos != null || willRetain) {
        throw CommandFailure.usage(
            "--will-payload, --will-qos and --will-retain need --will-topic");
      }
      return null;
    }
    String payload = willPayload == null ? "" : willPayload;
    return new Will(
        topicName(willTopic),
        payload.getBytes(StandardCharsets.UTF_8),
        qos("--will-qos", willQos == null ? 0 : willQos),
        willRetain,
        properties().number(Target.WILL, Identifier.WILL_DELAY_INTERVAL, 0),
        properties().message(Target.WILL));
  }

  /** A topic name that a user typed. */
  static TopicName topicName(String text) {
    try {
      return TopicName.of(text);
    } catch (IllegalArgumentException e) {
      throw new CommandFailure(String.valueOf(e.getMessage()), CommandFailure.USAGE, e);
    }
  }

  /** A quality of service that a user typed. */
  static QoS qos(String option, int value) {
    if (value < 0 || value > 2) {
      throw CommandFailure.usage("%s must be 0, 1 or 2, not %d".formatted(option, value));
    }
    return QoS.of(value);
  }
}
