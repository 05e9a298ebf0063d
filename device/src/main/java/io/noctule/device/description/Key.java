package io.noctule.device.description;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One key of {@code device.yaml}: what the file is checked against, and what the reference page is
 * written from.
 *
 * @param name as written
 * @param type of its value, for people
 * @param range what is allowed, for people; empty where the type says it
 * @param standard the value where it is not given, for people; {@code required} for none
 * @param sentence what it does
 * @param numbers allowed numbers; null for another type
 * @param words allowed words; empty for another type
 */
record Key(
    String name,
    String type,
    String range,
    String standard,
    String sentence,
    @Nullable NumberRange numbers,
    List<String> words) {
  static final String REQUIRED = "required";

  /** A key whose value is checked by the one who reads it. */
  static Key of(String name, String type, String range, String standard, String sentence) {
    return new Key(name, type, range, standard, sentence, null, List.of());
  }

  static Key number(String name, NumberRange numbers, String standard, String sentence) {
    String type = numbers.unit().isEmpty() ? "number" : "number of " + numbers.unit();
    return new Key(name, type, numbers.text(), standard, sentence, numbers, List.of());
  }

  static Key words(String name, List<String> words, String standard, String sentence) {
    return new Key(name, "word", String.join(", ", words), standard, sentence, null, words);
  }

  static Key flag(String name, String standard, String sentence) {
    return of(name, "true or false", "", standard, sentence);
  }
}
