package io.noctule.device.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProgramTest {
  private static final Duration LONG = Duration.ofSeconds(60);

  @TempDir Path folder;

  private static Program shell(String script, String... arguments) {
    var command = new java.util.ArrayList<>(List.of("sh", "-c", script, "sh"));
    command.addAll(List.of(arguments));
    return new Program(command);
  }

  @Test
  void passesArgumentsAsTheyAre() throws Exception {
    var program = new Program(List.of("printf", "[%s]", "a b", "$(reboot)", "", "'\"\n", "*"));
    assertThat(program.run(LONG, 1_000))
        .isEqualTo(new ProgramResult(0, "[a b][$(reboot)][]['\"\n][*]", false, false));
  }

  @Test
  void tellsTheExitStatusAndBothOutputs() throws Exception {
    assertThat(shell("echo out; echo err >&2; exit 7").run(LONG, 1_000))
        .isEqualTo(new ProgramResult(7, "out\nerr\n", false, false));
  }

  @Test
  void keepsTheBeginningOfEndlessOutput() throws Exception {
    ProgramResult result = shell("yes | head -c 10000000").run(LONG, 10);
    assertThat(result).isEqualTo(new ProgramResult(0, "y\ny\ny\ny\ny\n", true, false));
  }

  @Test
  void killsWhatTakesTooLongWithAllThatItStarted() throws Exception {
    Path child = folder.resolve("child");
    ProgramResult result =
        shell("(sleep 1000 & echo $! > \"$1\"; wait) & wait; echo never", child.toString())
            .run(Duration.ofSeconds(1), 1_000);
    assertThat(result.timedOut()).isTrue();
    assertThat(result.output()).isEmpty();
    await("the grandchild has ended").atMost(LONG).until(() -> hasEnded(child));
  }

  @Test
  void killsItWhenTheThreadIsInterrupted() throws Exception {
    Path child = folder.resolve("child");
    var ended = new CompletableFuture<Boolean>();
    Thread thread =
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    shell("echo $$ > \"$1\"; sleep 1000; :", child.toString()).run(LONG, 10);
                    ended.complete(false);
                  } catch (InterruptedException | IOException e) {
                    ended.complete(e instanceof InterruptedException);
                  }
                });
    await().atMost(LONG).until(() -> Files.exists(child) && Files.size(child) > 1);
    thread.interrupt();
    assertThat(ended.get(60, TimeUnit.SECONDS)).isTrue();
    await().atMost(LONG).until(() -> hasEnded(child));
  }

  @Test
  void doesNotWaitForAChildThatKeepsItsOutputOpen() throws Exception {
    Path child = folder.resolve("child");
    ProgramResult result =
        shell("sleep 1000 & echo $! > \"$1\"; echo done", child.toString()).run(LONG, 100);
    assertThat(result.timedOut()).isFalse();
    assertThat(result.exitStatus()).isZero();
    ProcessHandle.of(Long.parseLong(Files.readString(child).strip()))
        .ifPresent(ProcessHandle::destroyForcibly);
  }

  @Test
  void tellsWhatCannotBeStarted() {
    assertThatThrownBy(() -> new Program(List.of("no-such-program-here")).run(LONG, 1))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("no-such-program-here");
    assertThatThrownBy(() -> new Program(List.of("echo", "a\0b")))
        .hasMessage("an argument must not have a NUL character");
    assertThatThrownBy(() -> new Program(List.of()))
        .hasMessage("a command must begin with the name of a program");
  }

  private static boolean hasEnded(Path pidFile) throws IOException {
    long pid = Long.parseLong(Files.readString(pidFile).strip());
    Path status = Path.of("/proc", Long.toString(pid), "stat");
    // A zombie that nobody has waited for has ended too.
    return !Files.exists(status) || Files.readString(status).contains(") Z ");
  }
}
