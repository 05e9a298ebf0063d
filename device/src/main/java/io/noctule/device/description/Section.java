package io.noctule.device.description;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The keys of one place in the file. What is wrong with a value is noted, and reading goes on as if
 * it were not given; where that is impossible, {@link Abandoned} ends this place only.
 */
final class Section {
  /** This place of the file cannot be read; its problem has been noted. */
  static final class Abandoned extends RuntimeException {
    Abandoned() {
      super(null, null, false, false);
    }
  }

  /** Short enough that its digits cost nothing. */
  private static final Pattern NUMBER =
      Pattern.compile("[+-]?(\\d{1,40}(\\.\\d{0,40})?|\\.\\d{1,40})([eE][+-]?\\d{1,3})?");

  private final String path;
  private final YamlNode.Mapping mapping;
  private final Problems problems;

  /**
   * Reads the keys of a mapping.
   *
   * @param path of the mapping, empty for the file's root
   */
  Section(String path, YamlNode.Mapping mapping, Problems problems) {
    this.path = path;
    this.mapping = mapping;
    this.problems = problems;
  }

  static String path(String parent, String key) {
    return parent.isEmpty() ? key : parent + "." + key;
  }

  String path(String key) {
    return path(path, key);
  }

  int line() {
    return mapping.line();
  }

  /** Notes keys that do not belong here. */
  void refuseOthers(List<Key> known) {
    List<String> names = known.stream().map(Key::name).toList();
    mapping
        .entries()
        .forEach(
            (name, entry) -> {
              if (!names.contains(name)) {
                problems.add(entry.line(), path(name), "is no key here" + hint(name, names));
              }
            });
  }

  private static String hint(String name, List<String> names) {
    String suggestion = Suggestion.text(name, names);
    return suggestion.isEmpty() ? "; the keys are " + String.join(", ", names) : suggestion;
  }

  /** Notes what is wrong with the value of a key, or that it is missing. */
  void refuse(Key key, String reason) {
    YamlNode.Entry entry = mapping.entries().get(key.name());
    problems.add(entry == null ? line() : entry.line(), path(key.name()), reason);
  }

  /** Notes that a key is missing, and ends this place. */
  Abandoned missing(Key key) {
    refuse(key, "is missing");
    return new Abandoned();
  }

  private Abandoned abandon(Key key, String reason) {
    refuse(key, reason);
    return new Abandoned();
  }

  /** The value of a key; empty where it is not given, or given as nothing. */
  Optional<YamlNode> node(Key key) {
    return Optional.ofNullable(mapping.entries().get(key.name()))
        .map(YamlNode.Entry::value)
        .filter(
            value ->
                !(value instanceof YamlNode.Scalar scalar
                    && scalar.type() == YamlNode.Scalar.Type.NOTHING));
  }

  boolean has(Key key) {
    return node(key).isPresent();
  }

  Optional<String> text(Key key) {
    Optional<YamlNode> node = node(key);
    if (node.isPresent() && !(node.get() instanceof YamlNode.Scalar)) {
      refuse(key, "must be a text, was " + node.get().kind());
    }
    return node.filter(YamlNode.Scalar.class::isInstance)
        .map(value -> ((YamlNode.Scalar) value).text());
  }

  String requiredText(Key key) {
    return text(key).filter(text -> !text.isBlank()).orElseThrow(() -> missing(key));
  }

  OptionalDouble number(Key key) {
    Optional<String> text = text(key);
    NumberRange range = key.numbers();
    if (text.isEmpty() || range == null) {
      return OptionalDouble.empty();
    }
    Optional<String> violation;
    double number = 0;
    if (NUMBER.matcher(text.get()).matches()) {
      number = Double.parseDouble(text.get());
      violation = range.violation(number);
    } else {
      violation = Optional.of(range.violation("'" + text.get() + "'"));
    }
    if (violation.isPresent()) {
      refuse(key, violation.get());
      return OptionalDouble.empty();
    }
    return OptionalDouble.of(number);
  }

  double number(Key key, double standard) {
    return number(key).orElse(standard);
  }

  /** A whole number within the key's range. */
  int integer(Key key, int standard) {
    double number = number(key, standard);
    if (number != Math.rint(number)) {
      refuse(key, "must be a whole number, was " + NumberRange.text(number));
      return standard;
    }
    return (int) number;
  }

  long wholeNumber(Key key, long standard) {
    Optional<String> text = text(key);
    try {
      return text.isPresent() ? Long.parseLong(text.get()) : standard;
    } catch (NumberFormatException _) {
      refuse(key, "must be a whole number of up to 18 digits, was '" + text.get() + "'");
      return standard;
    }
  }

  boolean flag(Key key, boolean standard) {
    Optional<String> text = text(key);
    if (text.isPresent() && !text.get().equals("true") && !text.get().equals("false")) {
      refuse(key, "must be true or false, was '" + text.get() + "'");
      return standard;
    }
    return text.map(Boolean::parseBoolean).orElse(standard);
  }

  /** The place of a word among those of the key; empty where it is not given or not among them. */
  Optional<Integer> word(Key key) {
    Optional<String> text = text(key);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    int index = key.words().indexOf(text.get());
    if (index < 0) {
      refuse(
          key,
          "must be %s, was '%s'%s"
              .formatted(
                  either(key.words()), text.get(), Suggestion.text(text.get(), key.words())));
      return Optional.empty();
    }
    return Optional.of(index);
  }

  int requiredWord(Key key) {
    boolean given = has(key);
    Optional<Integer> index = word(key);
    if (index.isEmpty() && !given) {
      throw abandon(key, "is missing; it must be " + either(key.words()));
    }
    return index.orElseThrow(Abandoned::new);
  }

  private static String either(List<String> words) {
    return String.join(", ", words.subList(0, words.size() - 1)) + " or " + words.getLast();
  }

  /** A list of texts, or one text alone. */
  List<String> requiredTexts(Key key) {
    List<String> texts = new ArrayList<>();
    switch (node(key).orElseThrow(() -> missing(key))) {
      case YamlNode.Sequence sequence -> {
        for (YamlNode element : sequence.elements()) {
          if (element instanceof YamlNode.Scalar scalar) {
            texts.add(scalar.text());
          } else {
            throw abandon(key, "must be a list of texts, has " + element.kind());
          }
        }
      }
      case YamlNode.Scalar scalar when !scalar.text().contains(" ") -> texts.add(scalar.text());
      case YamlNode other ->
          throw abandon(
              key,
              "must be a list of texts such as [program, first argument], was " + other.kind());
    }
    return texts;
  }

  /** An amount such as {@code 64 MiB}: a number and one of the units. */
  Optional<BigDecimal> amount(Key key, Units units) {
    Optional<String> text = text(key);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    Optional<BigDecimal> amount = units.parse(text.get());
    if (amount.isEmpty()) {
      refuse(key, "must be %s, was '%s'".formatted(key.range(), text.get()));
    }
    return amount;
  }

  /** The keys below a key; empty where it is not given. */
  Optional<Section> section(Key key) {
    return node(key).map(value -> section(key.name(), value));
  }

  /** The keys of a mapping that stands below this one. */
  Section section(String name, YamlNode value) {
    if (value instanceof YamlNode.Mapping below) {
      return new Section(path(name), below, problems);
    }
    problems.add(value.line(), path(name), "must be a group of keys, was " + value.kind());
    throw new Abandoned();
  }

  /** Each key with its value, whatever it is. */
  void forEach(BiConsumer<String, YamlNode.Entry> each) {
    mapping.entries().forEach(each);
  }

  /** Makes a value; what it says against its arguments is noted at the key that it names. */
  <T> T make(Supplier<T> constructor) {
    try {
      return constructor.get();
    } catch (IllegalArgumentException e) {
      String message = String.valueOf(e.getMessage());
      int colon = message.indexOf(": ");
      String name = colon < 0 ? "" : message.substring(0, colon);
      YamlNode.Entry entry = mapping.entries().get(name);
      if (entry == null) {
        problems.add(line(), path, message);
      } else {
        problems.add(entry.line(), path(name), message.substring(colon + 2));
      }
      throw new Abandoned();
    }
  }

  /** Reads a part, and goes on without it where it has problems. */
  static <T> @Nullable T orNull(Supplier<? extends @Nullable T> part) {
    try {
      return part.get();
    } catch (Abandoned _) {
      // Noted where it was found.
      return null;
    }
  }
}
