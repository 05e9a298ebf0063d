package io.noctule.history.record;

import io.noctule.history.database.Entry.Reading;
import io.noctule.history.database.HistoryLimits;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * The numbers of a JSON text with their names, and what it says of itself ({@code time}, {@code
 * client}). Reads it once, without a tree. For one message.
 */
final class JsonNumbers {
  /** Its own limits hold too: depth 500, names and numbers of bounded length. */
  private static final JsonFactory JSON = new JsonFactory();

  /** Deeper values have no series; who nests so deep means no reading. */
  private static final int DEEPEST = 16;

  private static final int LONGEST_ARRAY = 64;

  private final HistoryLimits limits;
  private final StringBuilder path;
  private final List<Reading> readings = new ArrayList<>();
  private int leftOut;
  private @Nullable String client;
  private @Nullable String timeText;
  private double timeNumber = Double.NaN;

  private JsonNumbers(String prefix, HistoryLimits limits) {
    this.limits = limits;
    path = new StringBuilder(prefix);
  }

  /**
   * Reads a text.
   *
   * @param prefix what the names begin with; may be empty
   * @param bareName the name of a number that is all there is
   * @return null where it is not exactly one JSON value
   */
  static @Nullable JsonNumbers read(
      byte[] text, String prefix, String bareName, HistoryLimits limits) {
    if (text.length == 0) {
      return null;
    }
    var numbers = new JsonNumbers(prefix, limits);
    try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), text)) {
      JsonToken first = parser.nextToken();
      if (first == null) {
        return null;
      }
      if (first == JsonToken.START_OBJECT || first == JsonToken.START_ARRAY) {
        numbers.readValue(parser, first, 0);
      } else {
        numbers.path.setLength(0);
        numbers.path.append(bareName);
        numbers.readValue(parser, first, 1);
      }
      return parser.nextToken() == null ? numbers : null;
    } catch (JacksonException _) {
      // Not an error: any payload is allowed.
      return null;
    }
  }

  private void readValue(JsonParser parser, JsonToken token, int depth) {
    switch (token) {
      case START_OBJECT -> {
        if (depth < DEEPEST) {
          readObject(parser, depth);
        } else {
          skip(parser);
        }
      }
      case START_ARRAY -> {
        if (depth < DEEPEST) {
          readArray(parser, depth);
        } else {
          skip(parser);
        }
      }
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> add(parser.getDoubleValue());
      case VALUE_TRUE -> add(1);
      case VALUE_FALSE -> add(0);
      default -> {
        // Texts and null are no readings.
      }
    }
  }

  private void skip(JsonParser parser) {
    leftOut++;
    parser.skipChildren();
  }

  private void readObject(JsonParser parser, int depth) {
    int length = path.length();
    for (JsonToken token = next(parser); token != JsonToken.END_OBJECT; token = next(parser)) {
      String name = parser.currentName();
      JsonToken value = next(parser);
      if (depth == 0 && isAboutItself(parser, name, value)) {
        continue;
      }
      append(name);
      readValue(parser, value, depth + 1);
      path.setLength(length);
    }
  }

  private boolean isAboutItself(JsonParser parser, String name, JsonToken value) {
    switch (name) {
      case "client" -> {
        if (value == JsonToken.VALUE_STRING) {
          client = parser.getString();
          return true;
        }
      }
      case "time" -> {
        if (value == JsonToken.VALUE_STRING) {
          timeText = parser.getString();
          return true;
        }
        if (value.isNumeric()) {
          timeNumber = parser.getDoubleValue();
          return true;
        }
      }
      default -> {
        // A reading, maybe.
      }
    }
    return false;
  }

  private void readArray(JsonParser parser, int depth) {
    int length = path.length();
    int index = 0;
    for (JsonToken token = next(parser); token != JsonToken.END_ARRAY; token = next(parser)) {
      if (index < LONGEST_ARRAY) {
        append(Integer.toString(index));
        readValue(parser, token, depth + 1);
        path.setLength(length);
      } else {
        skip(parser);
      }
      index++;
    }
  }

  private static JsonToken next(JsonParser parser) {
    JsonToken token = parser.nextToken();
    if (token == null) {
      // Jackson reports an end within a value itself; this tells the compiler so.
      throw new IllegalStateException("JSON ends within a value");
    }
    return token;
  }

  private void append(String name) {
    if (!path.isEmpty()) {
      path.append('.');
    }
    path.append(name);
  }

  private void add(double value) {
    if (!Double.isFinite(value)
        || path.isEmpty()
        || path.length() > limits.nameLength()
        || readings.size() >= limits.readingsOfMessage()) {
      leftOut++;
    } else {
      readings.add(new Reading(Names.clean(path.toString()), value));
    }
  }

  List<Reading> readings() {
    return readings;
  }

  /** Numbers that are no readings: too many, too deep, too large, or with too long a name. */
  int leftOut() {
    return leftOut;
  }

  @Nullable String client() {
    return client;
  }

  @Nullable String timeText() {
    return timeText;
  }

  /** NaN where there is none. */
  double timeNumber() {
    return timeNumber;
  }
}
