package io.noctule.app.device;

import io.noctule.app.command.CommandFailure;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * A small text file that an option names.
 *
 * @param option how the option is written, for messages
 * @param name the file's name
 */
record OptionFile(String option, String name) {
  private static final long MAX_BYTES = 1 << 20;

  /**
   * The text in UTF-8.
   *
   * @throws CommandFailure telling why it cannot be read
   */
  String read() {
    try {
      Path path = Path.of(name);
      if (Files.isDirectory(path)) {
        throw failure("is a folder");
      }
      if (Files.size(path) > MAX_BYTES) {
        throw failure("is larger than " + MAX_BYTES + " bytes");
      }
      return Files.readString(path);
    } catch (NoSuchFileException _) {
      throw failure("there is no such file");
    } catch (AccessDeniedException _) {
      throw failure("reading it is not allowed");
    } catch (CharacterCodingException _) {
      throw failure("is not UTF-8 text");
    } catch (InvalidPathException | IOException e) {
      throw failure("cannot be read: " + e.getMessage());
    }
  }

  /** A failure of the option because of the file. */
  CommandFailure failure(String what) {
    return CommandFailure.usage(option + name + ": " + what);
  }
}
