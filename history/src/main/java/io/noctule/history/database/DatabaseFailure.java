package io.noctule.history.database;

import java.sql.SQLException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** Tells what a failure of a database means: in words for the operator, and whose fault it is. */
public final class DatabaseFailure {
  private static final int LONGEST_REASON = 300;

  private DatabaseFailure() {}

  /** What failed and what to do about it where that is known: one line, without the address. */
  public static String reason(Throwable failure) {
    Throwable root = failure;
    for (int depth = 0; depth < 8 && root.getCause() != null; depth++) {
      if (root instanceof SQLiteException) {
        break;
      }
      root = root.getCause();
    }
    String text =
        root instanceof SQLiteException e ? sqlite(e) : firstLine(root.getMessage(), root);
    return text.length() > LONGEST_REASON ? text.substring(0, LONGEST_REASON) + "…" : text;
  }

  private static String sqlite(SQLiteException failure) {
    SQLiteErrorCode code = failure.getResultCode();
    return switch (primary(code)) {
      case "SQLITE_FULL" -> "the disk is full";
      case "SQLITE_READONLY" -> "the file or its folder cannot be written to";
      case "SQLITE_CANTOPEN" -> "the file cannot be opened";
      case "SQLITE_PERM", "SQLITE_AUTH" -> "the file may not be opened";
      case "SQLITE_NOTADB" -> "the file is no SQLite database; move it away";
      case "SQLITE_CORRUPT" -> "the file is damaged; move it away, or restore it";
      case "SQLITE_BUSY", "SQLITE_LOCKED" -> "another program keeps the file locked";
      case "SQLITE_IOERR" -> "the file cannot be read or written (" + code.message + ")";
      default -> firstLine(failure.getMessage(), failure);
    };
  }

  /** SQLITE_IOERR of SQLITE_IOERR_WRITE: codes are a kind, and details of it. */
  private static String primary(SQLiteErrorCode code) {
    String[] parts = code.name().split("_", -1);
    return parts.length < 2 ? code.name() : parts[0] + "_" + parts[1];
  }

  private static String firstLine(@Nullable String message, Throwable failure) {
    return message == null
        ? failure.getClass().getSimpleName()
        : message.lines().findFirst().orElse("").strip();
  }

  /**
   * Whether the data is at fault rather than the database: tried again, it would fail again, and
   * keep all that comes after it waiting.
   */
  public static boolean isDataRefused(SQLException failure) {
    if (failure instanceof SQLiteException e) {
      return switch (primary(e.getResultCode())) {
        case "SQLITE_TOOBIG", "SQLITE_CONSTRAINT", "SQLITE_MISMATCH", "SQLITE_RANGE" -> true;
        default -> false;
      };
    }
    SQLException next = failure.getNextException();
    String state = failure.getSQLState();
    // Data exceptions, violated constraints, limits of the program.
    boolean refused =
        state != null
            && (state.startsWith("22")
                || state.startsWith("23")
                || state.toUpperCase(Locale.ROOT).startsWith("54"));
    return refused || (next != null && isDataRefused(next));
  }
}
