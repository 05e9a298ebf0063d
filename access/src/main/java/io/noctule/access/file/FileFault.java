package io.noctule.access.file;

import java.io.Serial;
import java.nio.file.Path;

/** Something is wrong in a file: its message tells file, line, what, and what to do. */
public final class FileFault extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  private final int line;

  /**
   * A fault.
   *
   * @param file in which
   * @param line from 1; 0 where it concerns the file as a whole
   * @param what is wrong, and how it is put right
   */
  public FileFault(Path file, int line, String what) {
    super(line == 0 ? file + ": " + what : file + ":" + line + ": " + what);
    this.line = line;
  }

  /** The line, from 1; 0 where the fault concerns the file as a whole. */
  public int line() {
    return line;
  }
}
