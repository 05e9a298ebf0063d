package io.noctule.device.agent;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * What an agent keeps on disk: {@code devices/ID} in the data folder, for one agent at a time.
 *
 * <pre>
 * lock                who uses the folder
 * configuration.json  what was changed at run time
 * buffer/             readings that are not sent yet
 * </pre>
 */
final class AgentFolder implements AutoCloseable {
  private static final String CONFIGURATION = "configuration.json";
  private static final long MAX_CONFIGURATION_BYTES = 1 << 20;

  private final Path folder;
  private final FileChannel lockFile;

  private AgentFolder(Path folder, FileChannel lockFile) {
    this.folder = folder;
    this.lockFile = lockFile;
  }

  /**
   * Opens the folder of a device, which is made where it does not exist.
   *
   * @throws AgentException where another agent uses it, or where it cannot be used
   */
  static AgentFolder open(Path dataFolder, String id) throws AgentException {
    Path folder = dataFolder.resolve("devices").resolve(fileName(id));
    try {
      Files.createDirectories(folder);
      FileChannel lockFile =
          FileChannel.open(
              folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (lock(lockFile) == null) {
        lockFile.close();
        throw new AgentException(
            "a device with the id '%s' runs on this machine already and uses the folder %s; give this one an id or a data folder of its own"
                .formatted(id, folder));
      }
      return new AgentFolder(folder, lockFile);
    } catch (IOException e) {
      throw new AgentException("the folder %s cannot be used: %s".formatted(folder, e), e);
    }
  }

  /** The lock; null where another process, or this one, has it. Ends with the process. */
  private static @Nullable FileLock lock(FileChannel file) throws IOException {
    try {
      return file.tryLock();
    } catch (OverlappingFileLockException _) {
      return null;
    }
  }

  /** Letters, digits, _ and - as they are, other bytes as %XX: no id leads out of the folder. */
  static String fileName(String id) {
    var name = new StringBuilder();
    for (byte b : id.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xff);
      boolean plain =
          (c >= 'a' && c <= 'z')
              || (c >= 'A' && c <= 'Z')
              || (c >= '0' && c <= '9')
              || c == '_'
              || c == '-';
      name.append(plain ? Character.toString(c) : "%%%02X".formatted((int) c));
    }
    return name.toString();
  }

  Path buffer() {
    return folder.resolve("buffer");
  }

  /** The text of the configuration file; null where there is none. */
  @Nullable String readConfiguration() throws IOException {
    Path file = folder.resolve(CONFIGURATION);
    if (!Files.exists(file)) {
      return null;
    }
    if (Files.size(file) > MAX_CONFIGURATION_BYTES) {
      throw new IOException("it has more than %d bytes".formatted(MAX_CONFIGURATION_BYTES));
    }
    return Files.readString(file);
  }

  /** Puts the configuration file out of the way, where somebody may look at it. */
  void setConfigurationAside() throws IOException {
    Files.move(
        folder.resolve(CONFIGURATION),
        folder.resolve(CONFIGURATION + ".damaged"),
        StandardCopyOption.REPLACE_EXISTING);
  }

  /** Writes the configuration file: after a power cut it is the old or the new one, and whole. */
  void writeConfiguration(String text) throws IOException {
    Path made = folder.resolve(CONFIGURATION + ".new");
    ByteBuffer bytes = StandardCharsets.UTF_8.encode(text);
    try (FileChannel file =
        FileChannel.open(
            made,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      while (bytes.hasRemaining()) {
        int _ = file.write(bytes);
      }
      file.force(true);
    }
    Files.move(
        made,
        folder.resolve(CONFIGURATION),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
    syncFolder();
  }

  /** So that the new name is on disk too; not every system can. */
  private void syncFolder() {
    try (FileChannel directory = FileChannel.open(folder, StandardOpenOption.READ)) {
      directory.force(true);
    } catch (IOException _) {
      // Windows opens no folders; its file system keeps the order itself.
    }
  }

  @Override
  public void close() throws IOException {
    lockFile.close();
  }
}
