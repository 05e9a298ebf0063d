package io.noctule.history.database;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where the history is kept. The password never appears in {@link #toString}.
 *
 * @param vendor the kind of database
 * @param url the JDBC URL, without user and password where they stood before the host
 * @param user null to leave it to the driver
 * @param password null to leave it to the driver, which looks into {@code ~/.pgpass}
 */
public record DatabaseAddress(
    Vendor vendor, String url, @Nullable String user, @Nullable String password) {
  /** The file in the data folder. */
  public static final String FILE_NAME = "history.db";

  private static final String JDBC = "jdbc:";
  private static final String SQLITE = "sqlite:";
  private static final String POSTGRESQL = "postgresql://";
  private static final String POSTGRES = "postgres://";

  /** The environment variable in which PostgreSQL's own programs look for the password. */
  private static final String PASSWORD_VARIABLE = "PGPASSWORD";

  /** The file {@value #FILE_NAME} in a folder. */
  public static DatabaseAddress inFolder(Path folder) {
    return ofFile(folder.resolve(FILE_NAME));
  }

  private static DatabaseAddress ofFile(Path file) {
    return new DatabaseAddress(
        Vendor.SQLITE, JDBC + SQLITE + file.toAbsolutePath().normalize(), null, null);
  }

  /**
   * The address in {@code sqlite:FILE} or {@code postgresql://[USER[:PASSWORD]@]HOST[:PORT]/NAME},
   * each also with {@code jdbc:} before it.
   *
   * @param environment where {@code PGPASSWORD} may stand
   * @throws IllegalArgumentException where it is neither
   */
  public static DatabaseAddress parse(String text, Map<String, String> environment) {
    String plain = text.startsWith(JDBC) ? text.substring(JDBC.length()) : text;
    if (plain.startsWith(SQLITE) && plain.length() > SQLITE.length()) {
      return ofFile(Path.of(plain.substring(SQLITE.length())));
    }
    for (String scheme : new String[] {POSTGRESQL, POSTGRES}) {
      if (plain.startsWith(scheme) && plain.length() > scheme.length()) {
        return ofServer(plain.substring(scheme.length()), environment.get(PASSWORD_VARIABLE));
      }
    }
    throw new IllegalArgumentException(
        "the database must be like postgresql://user@host:5432/name or sqlite:FILE, not '%s'"
            .formatted(withoutUser(text)));
  }

  /** The text may be a mistyped address with a password in it. */
  private static String withoutUser(String text) {
    return text.substring(text.lastIndexOf('@') + 1);
  }

  private static DatabaseAddress ofServer(String text, @Nullable String givenPassword) {
    int path = text.indexOf('/');
    String authority = path < 0 ? text : text.substring(0, path);
    int at = authority.lastIndexOf('@');
    String url = JDBC + POSTGRESQL + text.substring(at + 1);
    if (at < 0) {
      return new DatabaseAddress(Vendor.POSTGRESQL, url, null, givenPassword);
    }
    String credentials = authority.substring(0, at);
    int colon = credentials.indexOf(':');
    return new DatabaseAddress(
        Vendor.POSTGRESQL,
        url,
        unescape(colon < 0 ? credentials : credentials.substring(0, colon)),
        colon < 0 ? givenPassword : unescape(credentials.substring(colon + 1)));
  }

  private static String unescape(String part) {
    return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  /** The file of an SQLite database. */
  public Path file() {
    if (vendor != Vendor.SQLITE) {
      throw new IllegalStateException("a server has no file");
    }
    return Path.of(url.substring((JDBC + SQLITE).length()));
  }

  /** For people: the file, or server and name, without credentials and parameters. */
  @Override
  public String toString() {
    if (vendor == Vendor.SQLITE) {
      return file().toString();
    }
    String plain = url.substring(JDBC.length());
    int query = plain.indexOf('?');
    return query < 0 ? plain : plain.substring(0, query);
  }
}
