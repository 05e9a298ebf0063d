package io.noctule.device.description;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The reference page has each key as the code has it. */
class KeyReferenceTest {
  private static final Path PAGE = Path.of("..", "docs", "device-configuration.md");

  @Test
  void thePageHasTheTablesOfTheCode() throws IOException {
    String page = Files.readString(PAGE);

    Keys.groups().forEach((title, keys) -> assertThat(page).contains(KeyReference.table(keys)));
    assertThat(page).contains(KeyReference.metrics());
  }

  @Test
  void everyKeySaysWhatItDoes() {
    assertThat(Keys.groups().values().stream().flatMap(List::stream))
        .allSatisfy(
            key -> {
              assertThat(key.sentence()).endsWith(".");
              assertThat(key.type()).isNotBlank();
            });
  }

  @Test
  void whatTheFileSaysOfSamplingIsWhatAChangeMaySay() {
    assertThat(Stream.of(SamplingKey.values()).map(SamplingKey::key))
        .isSubsetOf(Keys.OF_SENSOR.stream().map(Key::name).toList());
  }
}
