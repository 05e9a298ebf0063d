package io.noctule.app.client;

import io.noctule.app.command.CommandFailure;
import io.noctule.protocol.packet.PublishProperties;
import io.noctule.protocol.packet.PublishProperties.PayloadFormat;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A format of {@code sub -F}, taken apart once: text, and parts that depend on the message. {@code
 * %X} is a parameter, {@code @X} a conversion of strftime, {@code \X} a character that is hard to
 * type.
 */
final class MessageFormat {
  private static final DateTimeFormatter ISO_8601 =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ssxx", Locale.ROOT);

  private final List<Part> parts = new ArrayList<>();

  /** Text not yet made a part. */
  private final StringBuilder text = new StringBuilder();

  /** Writes something of a message. */
  private interface Part {
    void write(ReceivedMessage message, PrintStream out, PrintStream err);
  }

  private MessageFormat() {}

  /**
   * Takes a format apart.
   *
   * @throws CommandFailure with status 2 where it is not one
   */
  static MessageFormat of(String format) {
    var result = new MessageFormat();
    int at = 0;
    while (at < format.length()) {
      char character = format.charAt(at);
      at =
          switch (character) {
            case '%' -> result.addParameter(format, at + 1);
            case '@' -> result.addTime(format, at + 1);
            case '\\' -> result.addEscape(format, at + 1);
            default -> {
              result.text.append(character);
              yield at + 1;
            }
          };
    }
    result.endText();
    return result;
  }

  /** Writes a message, without an end of line. */
  void write(ReceivedMessage message, PrintStream out, PrintStream err) {
    for (Part part : parts) {
      part.write(message, out, err);
    }
  }

  private void endText() {
    if (!text.isEmpty()) {
      byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
      parts.add((_, out, _) -> out.write(bytes, 0, bytes.length));
      text.setLength(0);
    }
  }

  private void add(Part part) {
    endText();
    parts.add(part);
  }

  private static char at(String format, int index) {
    if (index >= format.length()) {
      throw CommandFailure.usage("-F ends within a sequence: " + format);
    }
    return format.charAt(index);
  }

  private int addEscape(String format, int index) {
    char character = at(format, index);
    text.append(
        switch (character) {
          case '\\' -> '\\';
          case '0' -> '\0';
          case 'a' -> '\007';
          case 'e' -> '\033';
          case 'n' -> '\n';
          case 'r' -> '\r';
          case 't' -> '\t';
          case 'v' -> '\013';
          default ->
              throw CommandFailure.usage("-F does not know the escape \\%s".formatted(character));
        });
    return index + 1;
  }

  private int addTime(String format, int index) {
    char character = at(format, index);
    if (character == '@') {
      text.append('@');
      return index + 1;
    }
    Function<ZonedDateTime, String> conversion =
        TimeFormat.conversion(character)
            .orElseThrow(
                () ->
                    CommandFailure.usage(
                        "-F does not know the time conversion @%s".formatted(character)));
    add((message, out, _) -> out.print(conversion.apply(message.time())));
    return index + 1;
  }

  private int addParameter(String format, int index) {
    int at = index;
    boolean left = false;
    boolean zero = false;
    while (at(format, at) == '-' || at(format, at) == '0') {
      left |= format.charAt(at) == '-';
      zero |= format.charAt(at) == '0';
      at++;
    }
    int widthStart = at;
    at = afterDigits(format, at);
    int width = number(format, widthStart, at, 0);
    int longest = Integer.MAX_VALUE;
    if (at(format, at) == '.') {
      int start = at + 1;
      at = afterDigits(format, start);
      longest = number(format, start, at, Integer.MAX_VALUE);
    }
    addParameter(at(format, at), new Field(left, zero && !left, width, longest));
    return at + 1;
  }

  private static int afterDigits(String format, int start) {
    int at = start;
    while (Character.isDigit(at(format, at))) {
      at++;
    }
    return at;
  }

  private static int number(String format, int start, int end, int otherwise) {
    if (start == end) {
      return otherwise;
    }
    if (end - start > 4) {
      throw CommandFailure.usage("-F has a width above 9999: " + format);
    }
    return Integer.parseInt(format.substring(start, end));
  }

  private void addParameter(char parameter, Field field) {
    switch (parameter) {
      case '%' -> text.append('%');
      case 'p' -> add(field::writePayload);
      case 'j' -> add((message, out, _) -> out.print(MessageJson.withTextPayload(message)));
      case 'J' -> add(MessageFormat::writeJson);
      case 'A', 'E', 'F', 'l', 'm', 'S', 'x', 'X' -> add(field, parameter, true);
      case 'C', 'I', 'R', 't' -> add(field, parameter, false);
      case 'D', 'P', 'q', 'r', 'U' -> add(Field.PLAIN, parameter, false);
      default ->
          throw CommandFailure.usage("-F does not know the parameter %%%s".formatted(parameter));
    }
  }

  private void add(Field field, char parameter, boolean zeroPadded) {
    add(
        (message, out, _) -> {
          String value = value(parameter, message);
          if (value != null) {
            out.print(field.format(value, zeroPadded));
          }
        });
  }

  private static void writeJson(ReceivedMessage message, PrintStream out, PrintStream err) {
    MessageJson.withJsonPayload(message)
        .ifPresentOrElse(
            out::print,
            () ->
                err.println(
                    "Error: Message payload is not valid JSON on topic %s."
                        .formatted(message.topic())));
  }

  /** What a parameter stands for; null where the message has no such property. */
  private static @Nullable String value(char parameter, ReceivedMessage message) {
    PublishProperties properties = message.properties();
    return switch (parameter) {
      case 'A' -> message.topicAlias() == 0 ? null : String.valueOf(message.topicAlias());
      case 'C' -> properties.contentType();
      case 'D' -> {
        byte[] data = properties.correlationData();
        yield data == null ? null : new String(data, StandardCharsets.UTF_8);
      }
      case 'E' -> properties.expires() ? String.valueOf(properties.messageExpirySeconds()) : null;
      case 'F' ->
          properties.payloadFormat() == PayloadFormat.ABSENT
              ? null
              : properties.payloadFormat() == PayloadFormat.UTF_8 ? "1" : "0";
      case 'I' -> ISO_8601.format(message.time());
      case 'l' -> String.valueOf(message.payload().length);
      case 'm' -> String.valueOf(message.packetId());
      case 'P' ->
          properties.userProperties().stream()
              .map(property -> property.name() + ":" + property.value())
              .collect(Collectors.joining(" "));
      case 'q' -> String.valueOf(message.qos().value());
      case 'R' -> properties.responseTopic();
      case 'r' -> message.retain() ? "1" : "0";
      case 'S' ->
          properties.subscriptionIdentifiers().isEmpty()
              ? null
              : properties.subscriptionIdentifiers().stream()
                  .map(String::valueOf)
                  .collect(Collectors.joining(" "));
      case 't' -> message.topic();
      case 'U' -> "%d.%09d".formatted(message.time().toEpochSecond(), message.time().getNano());
      case 'x' -> HexFormat.of().formatHex(message.payload());
      case 'X' -> HexFormat.of().withUpperCase().formatHex(message.payload());
      default -> throw new IllegalArgumentException("no parameter " + parameter);
    };
  }

  /**
   * How a parameter is fitted into a field.
   *
   * @param left whether blanks follow the value rather than precede it
   * @param zero whether zeros instead of blanks precede it, where it is a number
   * @param width characters at least
   * @param longest characters at most, of values that may be cut
   */
  private record Field(boolean left, boolean zero, int width, int longest) {
    static final Field PLAIN = new Field(false, false, 0, Integer.MAX_VALUE);

    String format(String value, boolean zeroPadded) {
      String cut = zeroPadded || value.length() <= longest ? value : value.substring(0, longest);
      String padding = (zero && zeroPadded ? "0" : " ").repeat(Math.max(0, width - cut.length()));
      return left ? cut + padding : padding + cut;
    }

    /** The payload is bytes and is written as they are. */
    void writePayload(ReceivedMessage message, PrintStream out, PrintStream err) {
      byte[] payload = message.payload();
      String padding = " ".repeat(Math.max(0, width - payload.length));
      if (!left) {
        out.print(padding);
      }
      out.write(payload, 0, payload.length);
      if (left) {
        out.print(padding);
      }
    }
  }
}
