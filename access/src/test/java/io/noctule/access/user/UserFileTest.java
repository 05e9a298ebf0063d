package io.noctule.access.user;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.noctule.access.file.FileFault;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UserFileTest {
  private static final PasswordHash.WorkingMemory MEMORY = new PasswordHash.WorkingMemory();
  private static final PasswordHash HASH = PasswordHash.of(bytes("correct horse"));

  @TempDir private Path folder;

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void whatIsWrittenIsReadAgain() throws IOException, FileFault {
    UserFile file = new UserFile(folder);
    assertThat(file.read().isEmpty()).isTrue();
    file.add(User.of("greenhouse-1", List.of("device"), HASH));
    file.add(User.of("anna b.", List.of("admin", "readers"), null));
    file.change("anna b.", user -> user.enabled(false));

    Users users = file.read();
    assertThat(users.find("greenhouse-1"))
        .isEqualTo(new User("greenhouse-1", Set.of("device"), HASH, true));
    assertThat(users.find("anna b."))
        .isEqualTo(new User("anna b.", Set.of("readers", "admin"), null, false));
    assertThat(Files.getPosixFilePermissions(file.path()))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    file.remove("anna b.");
    assertThat(file.read().all()).extracting(User::name).containsExactly("greenhouse-1");
  }

  @Test
  void aUserIsThereOnceOrNotAtAll() throws IOException, FileFault {
    UserFile file = new UserFile(folder);
    file.add(User.of("anna", List.of(), HASH));
    assertThatThrownBy(() -> file.add(User.of("anna", List.of(), HASH)))
        .hasMessage("user anna exists already");
    assertThatThrownBy(() -> file.remove("bert")).hasMessage("there is no user bert");
    assertThatThrownBy(() -> file.change("bert", user -> user)).hasMessage("there is no user bert");
  }

  @Test
  void writersTakeTurns() throws InterruptedException, ExecutionException, IOException, FileFault {
    int writers = 16;
    try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
      List<Future<?>> all = new ArrayList<>();
      for (int i = 0; i < writers; i++) {
        User user = User.of("user" + i, List.of(), HASH);
        all.add(
            threads.submit(
                () -> {
                  new UserFile(folder).add(user);
                  return null;
                }));
      }
      for (Future<?> each : all) {
        each.get();
      }
    }
    assertThat(new UserFile(folder).read().all()).hasSize(writers);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "anna|a user must be name:groups:password",
        "anna:admin:secret|the password must be $argon2id$",
        "anna:ad min:*|a group must be",
        "a/b:admin:*|a user name must not contain /",
        "anna:local:*|the group local is for clients without a user name",
        "anna:x:$argon2id$v=19$m=999999999,t=2,p=1$c29tZXNhbHQ$c29tZWhhc2hzb21laGFzaA|m of the password"
      })
  void whatIsWrongIsToldWithItsLine(String line, String told) throws IOException {
    UserFile file = new UserFile(folder);
    Files.writeString(file.path(), "# users\n\n" + line + "\n");
    assertThatThrownBy(file::read)
        .isInstanceOf(FileFault.class)
        .hasMessageStartingWith(file.path() + ":3: " + told);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a+b", "#", "a/b", "a:b", "$SYS", "-x", " a", "a\u0000", "a\nb"})
  void namesThatCouldMeanSomethingElseAreRefused(String name) {
    assertThatThrownBy(() -> User.of(name, List.of(), HASH))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aHashMatchesItsPasswordAlone() {
    PasswordHash parsed = PasswordHash.parse(HASH.text());
    assertThat(parsed).isEqualTo(HASH);
    assertThat(parsed.matches(bytes("correct horse"), MEMORY)).isTrue();
    assertThat(parsed.matches(bytes("correct hors"), MEMORY)).isFalse();
    assertThat(parsed.toString()).doesNotContain("$");
    assertThat(PasswordHash.of(bytes("correct horse"))).as("with another salt").isNotEqualTo(HASH);
  }

  /** From the tests of the reference implementation. */
  @Test
  void hashesOfOtherProgramsAreUnderstood() {
    PasswordHash other =
        PasswordHash.parse(
            "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ"
                + "$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc");
    assertThat(other.matches(bytes("password"), MEMORY)).isTrue();
    assertThat(other.matches(bytes("Password"), MEMORY)).isFalse();
  }
}
