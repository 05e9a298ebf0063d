package io.noctule.app.client;

import io.noctule.app.command.CommandFailure;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Stack;
import picocli.CommandLine.IParameterConsumer;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;

/**
 * One {@code -D COMMAND PROPERTY VALUE}, or {@code -D COMMAND user-property NAME VALUE}.
 *
 * @param packet which packet carries it
 * @param identifier which property
 * @param name of a user property; empty else
 * @param value as typed, checked to be of the property's type
 */
record PropertyOption(Target packet, Identifier identifier, String name, String value) {

  /** The packets that take properties; the will has its own. */
  enum Target {
    CONNECT,
    PUBLISH,
    SUBSCRIBE,
    UNSUBSCRIBE,
    DISCONNECT,
    WILL
  }

  /** The properties, each with the packets that may carry it (MQTT 5.0, section 2.2.2.2). */
  enum Identifier {
    PAYLOAD_FORMAT_INDICATOR(1, Target.PUBLISH, Target.WILL),
    MESSAGE_EXPIRY_INTERVAL(0xFFFF_FFFFL, Target.PUBLISH, Target.WILL),
    CONTENT_TYPE(Identifier.TEXT, Target.PUBLISH, Target.WILL),
    RESPONSE_TOPIC(Identifier.TEXT, Target.PUBLISH, Target.WILL),
    CORRELATION_DATA(Identifier.TEXT, Target.PUBLISH, Target.WILL),
    TOPIC_ALIAS(65_535, Target.PUBLISH),
    SUBSCRIPTION_IDENTIFIER(268_435_455, Target.SUBSCRIBE),
    SESSION_EXPIRY_INTERVAL(0xFFFF_FFFFL, Target.CONNECT, Target.DISCONNECT),
    RECEIVE_MAXIMUM(65_535, Target.CONNECT),
    MAXIMUM_PACKET_SIZE(0xFFFF_FFFFL, Target.CONNECT),
    TOPIC_ALIAS_MAXIMUM(65_535, Target.CONNECT),
    REQUEST_RESPONSE_INFORMATION(1, Target.CONNECT),
    REQUEST_PROBLEM_INFORMATION(1, Target.CONNECT),
    AUTHENTICATION_METHOD(Identifier.TEXT, Target.CONNECT),
    AUTHENTICATION_DATA(Identifier.TEXT, Target.CONNECT),
    WILL_DELAY_INTERVAL(0xFFFF_FFFFL, Target.WILL),
    USER_PROPERTY(Identifier.TEXT, Target.values());

    private static final long TEXT = -1;

    private final long greatest;

    @SuppressWarnings("ImmutableEnumChecker") // List.of makes an immutable one.
    private final List<Target> targets;

    Identifier(long greatest, Target... targets) {
      this.greatest = greatest;
      this.targets = List.of(targets);
    }

    /** The name on the command line. */
    String label() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    boolean allowedIn(Target target) {
      return targets.contains(target);
    }

    private void require(String value) {
      if (greatest == TEXT) {
        return;
      }
      try {
        long number = Long.parseLong(value);
        if (number >= 0 && number <= greatest) {
          return;
        }
      } catch (NumberFormatException e) {
        throw new CommandFailure(rangeMessage(value), CommandFailure.USAGE, e);
      }
      throw CommandFailure.usage(rangeMessage(value));
    }

    private String rangeMessage(String value) {
      return "%s must be a number from 0 to %d, not %s".formatted(label(), greatest, value);
    }
  }

  long number() {
    return Long.parseLong(value);
  }

  static PropertyOption of(List<String> words) {
    Target target = target(words.getFirst());
    Identifier identifier = identifier(words.get(1));
    if (!identifier.allowedIn(target)) {
      throw CommandFailure.usage("%s has no property %s".formatted(target, identifier.label()));
    }
    String value = words.getLast();
    identifier.require(value);
    boolean named = identifier == Identifier.USER_PROPERTY;
    return new PropertyOption(target, identifier, named ? words.get(2) : "", value);
  }

  private static Target target(String word) {
    return Arrays.stream(Target.values())
        .filter(target -> target.name().equalsIgnoreCase(word))
        .findFirst()
        .orElseThrow(
            () ->
                CommandFailure.usage(
                    "-D does not know the command %s; it knows %s"
                        .formatted(word, Arrays.toString(Target.values()))));
  }

  private static Identifier identifier(String word) {
    Optional<Identifier> found =
        Arrays.stream(Identifier.values())
            .filter(identifier -> identifier.label().equalsIgnoreCase(word))
            .findFirst();
    return found.orElseThrow(
        () ->
            CommandFailure.usage(
                "-D does not know the property %s; it knows %s"
                    .formatted(
                        word,
                        String.join(
                            ", ",
                            Arrays.stream(Identifier.values()).map(Identifier::label).toList()))));
  }

  /** Takes three words from the command line, four for a user property. */
  static final class Consumer implements IParameterConsumer {
    private static final String NAMED = Identifier.USER_PROPERTY.label();

    /** Made by picocli. */
    Consumer() {}

    @Override
    @SuppressWarnings("JdkObsolete") // picocli hands over a Stack.
    public void consumeParameters(Stack<String> args, ArgSpec option, CommandSpec command) {
      var words = new ArrayList<String>();
      int wanted = 3;
      while (words.size() < wanted && !args.isEmpty()) {
        words.add(args.pop());
        if (words.size() == 2 && words.get(1).equalsIgnoreCase(NAMED)) {
          wanted++;
        }
      }
      if (words.size() < wanted) {
        throw CommandFailure.usage(
            "-D needs a command, a property and a value, as in -D publish content-type text/plain"
                + " or -D publish user-property name value");
      }
      List<PropertyOption> properties =
          option.getValue() instanceof List<?> list
              ? new ArrayList<>(list.stream().map(PropertyOption.class::cast).toList())
              : new ArrayList<>();
      properties.add(of(words));
      option.setValue(properties);
    }
  }
}
