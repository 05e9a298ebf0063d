package io.noctule.tls.pem;

import java.io.IOException;
import java.io.Serial;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A file of certificates or keys that cannot be used: names the file and what is wrong with it. */
public final class PemException extends IOException {
  @Serial private static final long serialVersionUID = 1L;

  /**
   * A file that cannot be used.
   *
   * @param what follows the name of the file, as in "has no certificate in it"
   */
  public PemException(Path file, String what) {
    this(file, what, null);
  }

  /** The same, with what led to it. */
  public PemException(Path file, String what, @Nullable Throwable cause) {
    super(file + " " + what, cause);
  }
}
