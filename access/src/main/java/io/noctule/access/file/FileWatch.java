package io.noctule.access.file;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Tells when a file has changed. A change counts once the file has stayed as it is from one look to
 * the next, so that a file is not read while an editor writes it. For one thread.
 *
 * <p>Looks, rather than being told by the system: works on every file system, network ones too.
 */
public final class FileWatch {
  private final Path file;
  private FileStamp known;
  private @Nullable FileStamp changing;

  /**
   * A watch that begins now.
   *
   * @throws IOException where the file cannot be looked at
   */
  public FileWatch(Path file) throws IOException {
    this.file = file;
    this.known = FileStamp.of(file);
  }

  /**
   * Whether the file has changed since this last answered yes, and rests.
   *
   * @throws IOException where the file cannot be looked at
   */
  public boolean hasChanged() throws IOException {
    FileStamp now = FileStamp.of(file);
    if (now.equals(known)) {
      changing = null;
      return false;
    }
    if (!now.equals(changing)) {
      changing = now;
      return false;
    }
    known = now;
    changing = null;
    return true;
  }
}
