package io.noctule.history.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseAddressTest {
  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "postgresql://h/n, jdbc:postgresql://h/n, -, -, postgresql://h/n",
        "postgres://u@h:5433/n, jdbc:postgresql://h:5433/n, u, -, postgresql://h:5433/n",
        "jdbc:postgresql://u:p%40x@h/n?ssl=true, jdbc:postgresql://h/n?ssl=true, u, p@x,"
            + " postgresql://h/n",
        "postgresql://u:a+b@h/n, jdbc:postgresql://h/n, u, a+b, postgresql://h/n"
      })
  void aServerIsNamedAsItsOwnProgramsDo(
      String text, String url, String user, String password, String shown) {
    DatabaseAddress address = DatabaseAddress.parse(text, Map.of());

    assertThat(address.vendor()).isEqualTo(Vendor.POSTGRESQL);
    assertThat(address.url()).isEqualTo(url);
    assertThat(address.user()).isEqualTo(user);
    assertThat(address.password()).isEqualTo(password);
    assertThat(address).hasToString(shown);
  }

  @Test
  void thePasswordMayStandInTheEnvironment() {
    Map<String, String> environment = Map.of("PGPASSWORD", "secret");

    assertThat(DatabaseAddress.parse("postgresql://u@h/n", environment).password())
        .isEqualTo("secret");
    assertThat(DatabaseAddress.parse("postgresql://u:own@h/n", environment).password())
        .isEqualTo("own");
  }

  @ParameterizedTest
  @ValueSource(strings = {"sqlite:/data/h.db", "jdbc:sqlite:/data/h.db"})
  void aFileIsNamed(String text) {
    DatabaseAddress address = DatabaseAddress.parse(text, Map.of());

    assertThat(address.vendor()).isEqualTo(Vendor.SQLITE);
    assertThat(address.file()).isEqualTo(Path.of("/data/h.db"));
    assertThat(address).hasToString("/data/h.db");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "sqlite:", "postgresql://", "mysql://u:secret@h/n", "history.db"})
  void othersAreRefusedWithoutTheirPassword(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> DatabaseAddress.parse(text, Map.of()))
        .withMessageContaining("must be like postgresql://user@host:5432/name or sqlite:FILE")
        .satisfies(failure -> assertThat(failure.getMessage()).doesNotContain("secret"));
  }
}
