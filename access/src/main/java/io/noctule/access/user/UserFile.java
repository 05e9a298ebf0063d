package io.noctule.access.user;

import io.noctule.access.file.FileFault;
import io.noctule.access.file.GuardedFile;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * The file of users: one line a user, {@code name:group,group:password}, where the password is a
 * {@link PasswordHash}, {@code *} for none, and has {@code !} before it where the user is disabled.
 * Empty lines and lines that start with {@code #} are left out. Any thread and process.
 */
public final class UserFile {
  /** Its name in the data folder. */
  public static final String NAME = "users";

  private static final String HEADER = "# Written by noctule user. name:groups:password\n";
  private static final String NO_PASSWORD = "*";
  private static final String DISABLED = "!";
  private static final int FIELDS = 3;

  private final Path path;

  /** The file of a data folder, which need not exist. */
  public UserFile(Path folder) {
    this.path = folder.resolve(NAME);
  }

  /** Where it is. */
  public Path path() {
    return path;
  }

  /**
   * All users; none where there is no file.
   *
   * @throws IOException where it cannot be read
   * @throws FileFault naming the line that is wrong
   */
  public Users read() throws IOException, FileFault {
    List<String> lines;
    try {
      lines = Files.readAllLines(path, StandardCharsets.UTF_8);
    } catch (NoSuchFileException _) {
      return Users.NONE;
    } catch (CharacterCodingException e) {
      throw new IOException(path + ": not UTF-8", e);
    }
    Map<String, User> users = new HashMap<>();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).strip();
      if (line.isEmpty() || line.startsWith("#")) {
        continue;
      }
      User user = parse(line, i + 1);
      if (users.put(user.name(), user) != null) {
        throw new FileFault(path, i + 1, "user " + user.name() + " is there twice");
      }
    }
    return new Users(users);
  }

  private User parse(String line, int number) throws FileFault {
    String[] fields = line.split(":", FIELDS);
    if (fields.length < FIELDS) {
      throw new FileFault(path, number, "a user must be name:groups:password");
    }
    Set<String> groups =
        Arrays.stream(fields[1].split(","))
            .map(String::strip)
            .filter(group -> !group.isEmpty())
            .collect(Collectors.toCollection(LinkedHashSet::new));
    boolean disabled = fields[2].startsWith(DISABLED);
    String password = disabled ? fields[2].substring(1) : fields[2];
    try {
      return new User(
          fields[0],
          groups,
          password.equals(NO_PASSWORD) ? null : PasswordHash.parse(password),
          !disabled);
    } catch (IllegalArgumentException e) {
      throw new FileFault(path, number, String.valueOf(e.getMessage()));
    }
  }

  /**
   * Adds a user.
   *
   * @throws IllegalArgumentException where there is one of that name
   * @throws IOException where the file cannot be written
   * @throws FileFault where what is there cannot be read
   */
  public void add(User user) throws IOException, FileFault {
    rewrite(
        users -> {
          if (users.find(user.name()) != null) {
            throw new IllegalArgumentException("user " + user.name() + " exists already");
          }
          return users.with(user);
        });
  }

  /**
   * Changes a user.
   *
   * @throws IllegalArgumentException where there is none of that name
   * @throws IOException where the file cannot be written
   * @throws FileFault where what is there cannot be read
   */
  public void change(String name, UnaryOperator<User> change) throws IOException, FileFault {
    rewrite(users -> users.with(change.apply(existing(users, name))));
  }

  /**
   * Removes a user.
   *
   * @throws IllegalArgumentException where there is none of that name
   * @throws IOException where the file cannot be written
   * @throws FileFault where what is there cannot be read
   */
  public void remove(String name) throws IOException, FileFault {
    rewrite(users -> users.without(existing(users, name).name()));
  }

  private static User existing(Users users, String name) {
    User user = users.find(name);
    if (user == null) {
      throw new IllegalArgumentException("there is no user " + name);
    }
    return user;
  }

  private void rewrite(UnaryOperator<Users> change) throws IOException, FileFault {
    new GuardedFile(path).rewrite(() -> text(change.apply(read())));
  }

  private static String text(Users users) {
    return users.all().stream().map(UserFile::line).collect(Collectors.joining("", HEADER, ""));
  }

  private static String line(User user) {
    PasswordHash password = user.password();
    return "%s:%s:%s%s\n"
        .formatted(
            user.name(),
            String.join(",", user.groups()),
            user.isEnabled() ? "" : DISABLED,
            password == null ? NO_PASSWORD : password.text());
  }
}
