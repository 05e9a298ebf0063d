package io.noctule.app.command;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/**
 * Where a command keeps its files: {@code --data}, else {@code $NOCTULE_HOME}, else {@code
 * ~/.noctule}. An option group; filled by picocli.
 */
public final class DataFolder {
  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "folder of all data ($NOCTULE_HOME, else ~/.noctule)")
  private @Nullable Path folder;

  /** Nothing asked for. */
  public DataFolder() {}

  /** A folder that is known already. */
  public static DataFolder of(Path path) {
    var data = new DataFolder();
    data.folder = path;
    return data;
  }

  /** The folder, which need not exist; absolute. */
  public Path path() {
    if (folder != null) {
      return folder.toAbsolutePath().normalize();
    }
    String home = System.getenv("NOCTULE_HOME");
    return (home == null || home.isEmpty()
            ? Path.of(System.getProperty("user.home"), ".noctule")
            : Path.of(home))
        .toAbsolutePath()
        .normalize();
  }

  /** Whether {@code --data} names one. */
  public boolean isChosen() {
    return folder != null;
  }

  /**
   * The folder, made where it does not exist, readable by its owner only: it holds passwords and
   * keys.
   *
   * @throws CommandFailure where it cannot be made or written to
   */
  public Path create() {
    Path path = path();
    try {
      if (!Files.isDirectory(path)) {
        Files.createDirectories(path);
        if (Files.getFileStore(path).supportsFileAttributeView("posix")) {
          Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwx------"));
        }
      }
    } catch (FileAlreadyExistsException e) {
      throw new CommandFailure(
          "the data folder %s is a file; --data names another".formatted(path),
          CommandFailure.FAILED,
          e);
    } catch (IOException e) {
      throw new CommandFailure(
          "the data folder %s cannot be made: %s; --data names another".formatted(path, e),
          CommandFailure.FAILED,
          e);
    }
    if (!Files.isWritable(path)) {
      throw new CommandFailure(
          "the data folder %s cannot be written to; --data names another".formatted(path),
          CommandFailure.FAILED);
    }
    return path;
  }
}
