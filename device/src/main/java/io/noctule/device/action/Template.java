package io.noctule.device.action;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A text with placeholders {@code ${path}} for values of a message, see {@link Condition} for
 * paths; a second dollar sign in front of one stands for the sign itself. Immutable, any thread.
 *
 * <p>A template that begins with { or [ is JSON: what a placeholder puts between quotes is escaped,
 * elsewhere the value stands as JSON, so that no message can make anything else of it.
 */
final class Template {
  private static final int MAX_LENGTH = 65_536;
  private static final int MAX_FILLED_LENGTH = 1 << 20;
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

  /** How a value is put in. */
  private enum Form {
    TEXT,
    JSON_VALUE,
    IN_JSON_STRING
  }

  /** A piece of the text. */
  private sealed interface Part {
    /** Stands as it is. */
    record Fixed(String text) implements Part {}

    /** Stands for a value. */
    record Placeholder(String written, ValuePath path, Form form) implements Part {}
  }

  private final String text;
  private final List<Part> parts;

  private Template(String text, List<Part> parts) {
    this.text = text;
    this.parts = parts;
  }

  /**
   * Reads a template; one that begins as JSON does must be JSON.
   *
   * @throws IllegalArgumentException telling what is wrong with it
   */
  static Template payload(String text) {
    boolean json = text.stripLeading().startsWith("{") || text.stripLeading().startsWith("[");
    if (!json) {
      return text(text);
    }
    Template template = read(text, true);
    String sample = template.sample();
    try {
      var _ = JSON.readTree(sample);
    } catch (JacksonException e) {
      throw new IllegalArgumentException(
          "begins like JSON and is none: %s; a placeholder may stand for a value or in a text"
              .formatted(e.getOriginalMessage()),
          e);
    }
    return template;
  }

  /**
   * Reads a template of plain text.
   *
   * @throws IllegalArgumentException telling what is wrong with it
   */
  static Template text(String text) {
    return read(text, false);
  }

  private static Template read(String text, boolean json) {
    if (text.length() > MAX_LENGTH) {
      throw new IllegalArgumentException(
          "must have at most %d characters, has %d".formatted(MAX_LENGTH, text.length()));
    }
    List<Part> parts = new ArrayList<>();
    var fixed = new StringBuilder();
    var quotes = new JsonQuotes();
    int at = 0;
    while (at < text.length()) {
      if (text.startsWith("$${", at)) {
        fixed.append("${");
        at += 3;
      } else if (text.startsWith("${", at)) {
        int end = end(text, at);
        String written = text.substring(at, end + 1);
        parts.add(new Part.Fixed(fixed.toString()));
        fixed.setLength(0);
        Form form = !json ? Form.TEXT : quotes.isWithin() ? Form.IN_JSON_STRING : Form.JSON_VALUE;
        parts.add(new Part.Placeholder(written, path(text, at, end), form));
        at = end + 1;
      } else {
        quotes.pass(text.charAt(at));
        fixed.append(text.charAt(at));
        at++;
      }
    }
    parts.add(new Part.Fixed(fixed.toString()));
    return new Template(text, List.copyOf(parts));
  }

  /** Whether a place in a JSON text is within quotes. */
  private static final class JsonQuotes {
    private boolean within;
    private boolean escaped;

    void pass(char c) {
      if (escaped) {
        escaped = false;
      } else if (within && c == '\\') {
        escaped = true;
      } else if (c == '"') {
        within = !within;
      }
    }

    boolean isWithin() {
      return within;
    }
  }

  private static int end(String text, int start) {
    char quote = 0;
    for (int at = start + 2; at < text.length(); at++) {
      char c = text.charAt(at);
      if (quote != 0) {
        quote = c == quote ? 0 : quote;
      } else if (c == '\'' || c == '"') {
        quote = c;
      } else if (c == '}') {
        return at;
      }
    }
    throw new ConditionException(start + 1, "the placeholder that begins here has no '}'");
  }

  private static ValuePath path(String text, int start, int end) {
    String written = text.substring(start + 2, end);
    try {
      return Parser.path(written);
    } catch (ConditionException e) {
      throw new ConditionException(
          start + 2 + e.column(), "in '${%s}', %s".formatted(written, withoutColumn(e)));
    }
  }

  private static String withoutColumn(ConditionException failure) {
    String message = String.valueOf(failure.getMessage());
    return message.substring(message.indexOf(": ") + 2);
  }

  private String sample() {
    var sample = new StringBuilder();
    for (Part part : parts) {
      switch (part) {
        case Part.Fixed fixed -> sample.append(fixed.text());
        case Part.Placeholder(_, _, Form form) -> sample.append(form == Form.JSON_VALUE ? "0" : "");
      }
    }
    return sample.toString();
  }

  /**
   * The text with the values of a message.
   *
   * @throws ActionException where the message lacks one, or where it becomes too long
   */
  String fill(MessageContent content) throws ActionException {
    var filled = new StringBuilder();
    for (Part part : parts) {
      switch (part) {
        case Part.Fixed fixed -> filled.append(fixed.text());
        case Part.Placeholder(String written, ValuePath path, Form form) -> {
          JsonNode value = path.in(content);
          if (value == null) {
            throw new ActionException("the message has no value for " + written);
          }
          filled.append(put(value, form));
        }
      }
      if (filled.length() > MAX_FILLED_LENGTH) {
        throw new ActionException(
            "with the values of the message it has more than %d characters"
                .formatted(MAX_FILLED_LENGTH));
      }
    }
    return filled.toString();
  }

  private static String put(JsonNode value, Form form) {
    return switch (form) {
      case TEXT -> plain(value);
      case JSON_VALUE -> JSON.writeValueAsString(value);
      case IN_JSON_STRING -> {
        String quoted = JSON.writeValueAsString(plain(value));
        yield quoted.substring(1, quoted.length() - 1);
      }
    };
  }

  private static String plain(JsonNode value) {
    return value.isString() ? value.stringValue() : JSON.writeValueAsString(value);
  }

  /** The text where it has no placeholders, else null. */
  @Nullable String fixed() {
    return parts.size() == 1 && parts.getFirst() instanceof Part.Fixed(String only) ? only : null;
  }

  /** As it was written. */
  @Override
  public String toString() {
    return text;
  }
}
