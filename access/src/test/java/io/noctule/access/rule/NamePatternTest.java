package io.noctule.access.rule;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NamePatternTest {
  @ParameterizedTest
  @CsvSource({
    "*, anna, true",
    "anna, anna, true",
    "anna, ann, false",
    "ann, anna, false",
    "a*, anna, true",
    "*a, anna, true",
    "*n*, anna, true",
    "a*n*a, anna, true",
    "a*b*a, anna, false",
    "an**na, anna, true",
    "a*a*a*a*b, aaaaaaaaaaaaaaaaaaaaaaaa, false",
    "a.na, anna, false"
  })
  void starStandsForAnyCharacters(String pattern, String name, boolean fits) {
    assertThat(new NamePattern(pattern).matches(name)).isEqualTo(fits);
  }
}
