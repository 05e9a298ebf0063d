package io.noctule.app.demo;

import io.noctule.app.broker.ServiceOptions;
import io.noctule.app.command.CommandFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where the demo keeps its data: a folder of its own that goes with it, or the one asked for. */
final class DemoFolder implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(DemoFolder.class);

  private final Path path;
  private final boolean stays;

  private DemoFolder(Path path, boolean stays) {
    this.path = path;
    this.stays = stays;
  }

  /** The folder asked for, else a new one. */
  static DemoFolder of(ServiceOptions services) {
    if (services.choosesFolder()) {
      return new DemoFolder(services.folder(), true);
    }
    try {
      return new DemoFolder(Files.createTempDirectory("noctule-demo-"), false);
    } catch (IOException e) {
      throw new CommandFailure(
          "no temporary folder for the demo: " + e + "; --data names a folder",
          CommandFailure.FAILED,
          e);
    }
  }

  Path path() {
    return path;
  }

  /** Whether the data is there next time. */
  boolean stays() {
    return stays;
  }

  @Override
  public void close() {
    if (stays) {
      return;
    }
    try (Stream<Path> found = Files.walk(path)) {
      List<Path> deepestFirst = found.sorted(Comparator.reverseOrder()).toList();
      for (Path each : deepestFirst) {
        Files.delete(each);
      }
    } catch (IOException e) {
      LOG.warn("the demo's folder {} could not be removed: {}", path, e.toString());
    }
  }
}
