package io.noctule.app.device;

import io.noctule.app.CommandRun;
import io.noctule.app.Main;
import io.noctule.app.command.Termination;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** {@code noctule device} on a thread of the test, with its lines as they come. */
final class RunningDevice implements AutoCloseable {
  private static final long LIMIT_SECONDS = 20;

  private final Termination termination = new Termination();
  private final Lines out = new Lines();
  private final Lines err = new Lines();
  private final CompletableFuture<Integer> status = new CompletableFuture<>();

  private RunningDevice(String... arguments) {
    var context = CommandRun.context(new ByteArrayInputStream(new byte[0]), out, err, termination);
    String[] line = Stream.concat(Stream.of("device"), Stream.of(arguments)).toArray(String[]::new);
    var _ = Thread.ofVirtual().start(() -> status.complete(Main.run(context, line)));
  }

  static RunningDevice start(String... arguments) {
    return new RunningDevice(arguments);
  }

  String nextLine() throws InterruptedException {
    return out.next();
  }

  String nextErrorLine() throws InterruptedException {
    return err.next();
  }

  /** All lines up to the first that is meant, which is the last of them. */
  List<String> linesUntil(Predicate<String> meant) throws InterruptedException {
    List<String> lines = new ArrayList<>();
    do {
      lines.add(nextLine());
    } while (!meant.test(lines.getLast()));
    return lines;
  }

  /** Asks it to end, as Ctrl-C does, and tells its status. */
  int stop() {
    termination.request();
    return status.orTimeout(5, TimeUnit.SECONDS).join();
  }

  @Override
  public void close() {
    int _ = stop();
  }

  /** What was written, line by line. Written by one thread. */
  private static final class Lines extends OutputStream {
    private final LinkedBlockingQueue<String> lines = new LinkedBlockingQueue<>();
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();

    @Override
    public void write(int b) {
      if (b == '\n') {
        lines.add(line.toString(StandardCharsets.UTF_8));
        line.reset();
      } else {
        line.write(b);
      }
    }

    String next() throws InterruptedException {
      String next = lines.poll(LIMIT_SECONDS, TimeUnit.SECONDS);
      if (next == null) {
        throw new AssertionError("no line came within " + LIMIT_SECONDS + " s");
      }
      return next;
    }
  }
}
