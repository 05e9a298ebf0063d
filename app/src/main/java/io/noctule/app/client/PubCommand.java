package io.noctule.app.client;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.noctule.app.client.PropertyOption.Identifier;
import io.noctule.app.client.PropertyOption.Target;
import io.noctule.app.command.CommandContext;
import io.noctule.app.command.CommandFailure;
import io.noctule.protocol.packet.ConnAck;
import io.noctule.protocol.packet.Publish;
import io.noctule.protocol.packet.PublishProperties;
import io.noctule.protocol.packet.QoS;
import io.noctule.protocol.topic.TopicName;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * {@code noctule pub}: publishes one message, a message several times, or each line of standard
 * input. Ends when the broker has acknowledged all, with status 1 where it has not.
 */
@Command(
    description = {
      "Publishes a message, or each line of standard input as one. The options are those of"
          + " mosquitto_pub.",
      ""
    },
    sortOptions = false)
public final class PubCommand implements Callable<Integer> {
  private final CommandContext context;

  @Option(
      names = {"-t", "--topic"},
      paramLabel = "TOPIC",
      description = "where to publish")
  private @Nullable String topic;

  @Option(
      names = {"-m", "--message"},
      paramLabel = "TEXT",
      description = "the message")
  private @Nullable String message;

  @Option(
      names = {"-f", "--file"},
      paramLabel = "FILE",
      description = "the message is a file's content")
  private @Nullable Path file;

  @Option(
      names = {"-l", "--stdin-line"},
      description = "each line of standard input is a message")
  private boolean lines;

  @Option(
      names = {"-s", "--stdin-file"},
      description = "the message is all of standard input")
  private boolean wholeInput;

  @Option(
      names = {"-n", "--null-message"},
      description = "the message is empty")
  private boolean empty;

  @Option(
      names = {"-q", "--qos"},
      paramLabel = "0|1|2",
      description = "quality of service (${DEFAULT-VALUE})")
  private int qos;

  @Option(
      names = {"-r", "--retain"},
      description = "the broker keeps the message for later subscribers")
  private boolean retain;

  @Option(
      names = "--repeat",
      paramLabel = "N",
      description = "publish the message so often (${DEFAULT-VALUE}); not with -l")
  private int repeat = 1;

  @Option(
      names = "--repeat-delay",
      paramLabel = "S",
      description = "seconds between two of these (${DEFAULT-VALUE})")
  private double repeatDelaySeconds;

  @Option(
      names = {"-M", "--max-inflight"},
      paramLabel = "N",
      description = "messages of QoS 1 and 2 unacknowledged at a time (${DEFAULT-VALUE})")
  private int maximumInFlight = 20;

  @Mixin private ConnectionOptions connection = new ConnectionOptions();

  /** A command that picocli fills. */
  public PubCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    TopicName name = check();
    byte[] payload = lines ? new byte[0] : payload();
    try (MqttClient client = connection.connect(context)) {
      QoS level = ConnectionOptions.qos("-q", qos);
      checkAbilities(client.connAck().properties(), level);
      Outbox outbox =
          new Outbox(
              client,
              level,
              Math.min(maximumInFlight, client.connAck().properties().receiveMaximum()));
      context.termination().onRequest(() -> endEarly(client, outbox));
      outbox.start();
      if (lines) {
        var input = new LineReader(context.in());
        for (ByteBuf line = input.next(outbox); line != null; line = input.next(outbox)) {
          outbox.publish(packet(name, level, line));
        }
      } else {
        publishRepeatedly(outbox, name, level, payload);
      }
      outbox.finish(connection.properties().disconnect());
      return outbox.report(connection.quiet() ? null : context.err());
    } catch (IOException e) {
      throw new CommandFailure(
          "the connection is lost: " + e.getMessage(), CommandFailure.FAILED, e);
    }
  }

  /** A signal: what is acknowledged is, what is not is told by the status. */
  private void endEarly(MqttClient client, Outbox outbox) {
    client.disconnect(connection.properties().disconnect());
    context.termination().finish(outbox.unacknowledged() == 0 ? 0 : CommandFailure.FAILED);
  }

  private TopicName check() {
    String given = topic == null ? connection.urlTopic() : topic;
    if (given == null) {
      throw CommandFailure.usage("a topic is missing: -t TOPIC");
    }
    long sources =
        Stream.of(message != null, file != null, lines, wholeInput, empty)
            .filter(source -> source)
            .count();
    if (sources != 1) {
      throw CommandFailure.usage(
          sources == 0
              ? "a message is missing: one of -m, -f, -l, -s and -n"
              : "only one of -m, -f, -l, -s and -n can be the message");
    }
    if (lines && repeat != 1) {
      throw CommandFailure.usage("--repeat repeats one message and does not go with -l");
    }
    if (repeat < 1 || !(repeatDelaySeconds >= 0) || maximumInFlight < 1) {
      throw CommandFailure.usage("--repeat, --repeat-delay and -M must not be negative or zero");
    }
    ConnectionOptions.qos("-q", qos);
    var _ = connection.connectPacket();
    return ConnectionOptions.topicName(given);
  }

  private byte[] payload() throws IOException {
    if (message != null) {
      return message.getBytes(StandardCharsets.UTF_8);
    }
    if (file != null) {
      return read(file);
    }
    return wholeInput ? context.in().readAllBytes() : new byte[0];
  }

  private static byte[] read(Path file) throws IOException {
    if (Files.isDirectory(file)) {
      throw CommandFailure.failed("a directory is no message: " + file);
    }
    return Files.readAllBytes(file);
  }

  private static void checkAbilities(ConnAck.Properties broker, QoS level) {
    if (level.value() > broker.maximumQos().value()) {
      throw CommandFailure.failed(
          "the broker takes QoS %d at most".formatted(broker.maximumQos().value()));
    }
  }

  private void publishRepeatedly(Outbox outbox, TopicName name, QoS level, byte[] payload)
      throws IOException, InterruptedException {
    outbox.publish(packet(name, level, Unpooled.wrappedBuffer(payload)));
    for (int i = 1; i < repeat; i++) {
      if (repeatDelaySeconds > 0) {
        outbox.awaitAcknowledged();
        if (context.termination().await(Duration.ofNanos(Math.round(repeatDelaySeconds * 1e9)))) {
          return;
        }
      }
      outbox.publish(packet(name, level, Unpooled.wrappedBuffer(payload)));
    }
  }

  private Publish packet(TopicName name, QoS level, ByteBuf payload) {
    PublishProperties properties = connection.properties().message(Target.PUBLISH);
    int alias =
        (int)
            connection
                .properties()
                .number(Target.PUBLISH, Identifier.TOPIC_ALIAS, Publish.NO_ALIAS);
    return new Publish(name, alias, level, retain, false, 0, properties, payload);
  }
}
