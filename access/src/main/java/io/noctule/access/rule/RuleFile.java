package io.noctule.access.rule;

import io.noctule.access.file.FileFault;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * The file of rules, written by hand; where there is none the built-in rules are in force. Any
 * thread.
 */
public final class RuleFile {
  /** Its name in the data folder. */
  public static final String NAME = "rules.yaml";

  private static final String RESOURCE = "built-in-rules.yaml";
  private static final long LARGEST_BYTES = 1 << 20;

  private final Path path;

  /** The file of a data folder, which need not exist. */
  public RuleFile(Path folder) {
    this.path = folder.resolve(NAME);
  }

  /** Where it is. */
  public Path path() {
    return path;
  }

  /**
   * The rules in force.
   *
   * @throws IOException where the file cannot be read
   * @throws FileFault naming the line that is wrong
   */
  public RuleSet read() throws IOException, FileFault {
    String text;
    try {
      text = text();
    } catch (NoSuchFileException _) {
      return builtIn();
    }
    return parse(path, NAME, text);
  }

  /**
   * The text of the rules in force: the file's, or where there is none the built-in one.
   *
   * @throws IOException where the file cannot be read
   */
  public String show() throws IOException {
    try {
      return text();
    } catch (NoSuchFileException _) {
      return builtInText();
    }
  }

  private String text() throws IOException {
    if (Files.size(path) > LARGEST_BYTES) {
      throw new IOException(path + ": larger than " + LARGEST_BYTES + " bytes");
    }
    try {
      return Files.readString(path);
    } catch (CharacterCodingException e) {
      throw new IOException(path + ": not UTF-8", e);
    }
  }

  /** The rules that are in force where there is no file. */
  public static RuleSet builtIn() {
    return BuiltInRules.make();
  }

  static RuleSet parse(Path file, String source, String text) throws FileFault {
    return new RuleReader(file, source).read(text);
  }

  static String builtInText() {
    try (InputStream in = RuleFile.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw new IllegalStateException("the program lacks its file " + RESOURCE);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
