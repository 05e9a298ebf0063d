package io.noctule.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.noctule.access.file.FileFault;
import io.noctule.access.login.Verdict;
import io.noctule.access.user.User;
import io.noctule.access.user.UserFile;
import io.noctule.protocol.topic.TopicFilter;
import io.noctule.protocol.topic.TopicName;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AccessTest {
  private static final TopicName TOPIC = TopicName.of("a/b");
  private static final byte[] PASSWORD = "correct horse".getBytes(StandardCharsets.UTF_8);

  @TempDir private Path folder;

  @Test
  void aUserThatIsAddedIsThereAtOnce() throws IOException, FileFault {
    try (Access access = Access.open(folder)) {
      AtomicInteger changes = new AtomicInteger();
      access.onChange(changes::incrementAndGet);
      access.addUser("anna", List.of("admin"), PASSWORD);

      assertThat(changes).hasPositiveValue();
      assertThat(access.check("anna", PASSWORD, null).toCompletableFuture().join())
          .isEqualTo(Verdict.RIGHT);
      assertThat(access.mayPublish("anna", TOPIC).isAllowed()).isTrue();
      assertThat(access.maySubscribe("anna", TopicFilter.of("#")).isAllowed()).isTrue();
      assertThat(access.mayPublish("bert", TOPIC).rule()).contains("no user bert");
      assertThatThrownBy(() -> access.addUser("bert", List.of(), new byte[3]))
          .hasMessageContaining("8 to 1024 bytes");
    }
  }

  @Test
  void aChangeOfAFileIsTakenAndABrokenOneIsNot() throws IOException, FileFault {
    UserFile users = new UserFile(folder);
    users.add(User.of("anna", List.of("admin"), null));
    try (Access access = Access.open(folder)) {
      Path rules = folder.resolve("rules.yaml");
      Files.writeString(rules, "rules: [{deny: both, topics: a/b}, {allow: both}]");
      await().until(() -> !access.mayPublish("anna", TOPIC).isAllowed());

      Files.writeString(rules, "rules: [{alow: both}]");
      users.add(User.of("bert", List.of("admin"), null));
      await().until(() -> access.identityOf("bert", "x") != null);
      // Both were looked at by the same thread: the broken file has been seen by now, or with the
      // next change.
      users.remove("bert");
      await().until(() -> access.identityOf("bert", "x") == null);
      assertThat(access.mayPublish("anna", TOPIC).rule()).contains("rules.yaml:1");

      Files.delete(rules);
      await().until(() -> access.mayPublish("anna", TOPIC).isAllowed());
    }
  }

  @Test
  void aBrokenFileAtTheStartIsAReasonNotToStart() throws IOException {
    Files.writeString(folder.resolve("rules.yaml"), "rules:\n  - alow: both\n");
    assertThatThrownBy(() -> Access.open(folder))
        .isInstanceOf(FileFault.class)
        .hasMessageContaining("rules.yaml:2:");
  }
}
