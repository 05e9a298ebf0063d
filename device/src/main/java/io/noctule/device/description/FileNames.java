package io.noctule.device.description;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Names of files in a file.
 *
 * @param folder where the file lies, and where relative names start from
 */
record FileNames(Path folder) {
  private static final int MAX_SECRET_BYTES = 64 << 10;

  /** The root of the file system that the folder is on. */
  Path root() {
    Path root = folder.toAbsolutePath().getRoot();
    return root == null ? folder.toAbsolutePath() : root;
  }

  Path resolve(Section section, Key key, String name) {
    try {
      return folder.resolve(name);
    } catch (InvalidPathException _) {
      section.refuse(key, "must be the name of a file, was '" + name + "'");
      throw new Section.Abandoned();
    }
  }

  @Nullable Path resolve(Section section, Key key) {
    var name = section.text(key);
    return name.isPresent() ? resolve(section, key, name.get()) : null;
  }

  /** The first line of a file that a key names. */
  String firstLine(Section section, Key key, Path file) {
    String reason;
    try {
      if (Files.isDirectory(file)) {
        reason = "is a folder";
      } else if (Files.size(file) > MAX_SECRET_BYTES) {
        reason = "is larger than " + MAX_SECRET_BYTES + " bytes";
      } else {
        try (BufferedReader reader = Files.newBufferedReader(file)) {
          String line = reader.readLine();
          return line == null ? "" : line;
        }
      }
    } catch (NoSuchFileException _) {
      reason = "there is no such file";
    } catch (AccessDeniedException _) {
      reason = "reading it is not allowed";
    } catch (CharacterCodingException _) {
      reason = "is not UTF-8 text";
    } catch (IOException e) {
      reason = "cannot be read: " + e.getMessage();
    }
    section.refuse(key, file + ": " + reason);
    throw new Section.Abandoned();
  }
}
