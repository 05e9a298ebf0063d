package io.noctule.history.record;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who the recorder is to the broker, kept in a file of the data folder: the client identifier,
 * drawn once, and the filters that the broker's session has. Held by one process at a time: two
 * with the same identifier would throw each other out. For one thread.
 */
final class Identity implements AutoCloseable {
  private static final String FILE_NAME = "history.client";
  private static final String PREFIX = "noctule-history-";
  private static final Pattern CLIENT_ID = Pattern.compile(PREFIX + "[0-9a-f]{16}");
  private static final int RANDOM_BYTES = 8;
  private static final int LONGEST_FILE = 1 << 20;

  /** What the identity is written to: a file, or what a test gives. */
  interface Target {
    int write(ByteBuffer source, long position) throws IOException;

    void truncate(long size) throws IOException;

    /** Returns when it is on the disk. */
    void force() throws IOException;

    static Target of(FileChannel file) {
      return new Target() {
        @Override
        public int write(ByteBuffer source, long position) throws IOException {
          return file.write(source, position);
        }

        @Override
        public void truncate(long size) throws IOException {
          var _ = file.truncate(size);
        }

        @Override
        public void force() throws IOException {
          file.force(true);
        }
      };
    }
  }

  private static final Logger LOG = LoggerFactory.getLogger(Identity.class);

  private final FileChannel file;
  private final String clientId;
  private List<String> filters;

  private Identity(FileChannel file, String clientId, List<String> filters) {
    this.file = file;
    this.clientId = clientId;
    this.filters = filters;
  }

  /**
   * The identity of a data folder, drawn where there is none.
   *
   * @throws IOException where another process holds it, or the file cannot be used
   */
  static Identity hold(Path folder) throws IOException {
    Path path = folder.resolve(FILE_NAME);
    Files.createDirectories(folder);
    FileChannel file =
        FileChannel.open(
            path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    try {
      lock(file, folder);
      List<String> lines = read(file);
      if (!lines.isEmpty() && CLIENT_ID.matcher(lines.getFirst()).matches()) {
        return new Identity(file, lines.getFirst(), lines.subList(1, lines.size()));
      }
      if (!lines.isEmpty()) {
        LOG.warn(
            "history: {} is damaged; what the broker keeps for the earlier client identifier is not"
                + " fetched",
            path);
      }
      byte[] random = new byte[RANDOM_BYTES];
      new SecureRandom().nextBytes(random);
      var identity = new Identity(file, PREFIX + HexFormat.of().formatHex(random), List.of());
      write(Target.of(file), identity.clientId, identity.filters);
      syncFolder(folder);
      return identity;
    } catch (IOException e) {
      file.close();
      throw e;
    }
  }

  /** Held until the file is closed, or the process ends however it does. */
  private static void lock(FileChannel file, Path folder) throws IOException {
    FileLock lock;
    try {
      lock = file.tryLock();
    } catch (OverlappingFileLockException e) {
      throw new IOException("this process already records into " + folder, e);
    }
    if (lock == null) {
      throw new IOException(
          "another noctule records into %s; --data names another folder".formatted(folder));
    }
  }

  private static List<String> read(FileChannel file) throws IOException {
    var bytes = ByteBuffer.allocate((int) Math.min(LONGEST_FILE, file.size()));
    while (bytes.hasRemaining() && file.read(bytes, bytes.position()) >= 0) {
      // Until all is there.
    }
    return StandardCharsets.UTF_8.decode(bytes.flip()).toString().lines().toList();
  }

  /**
   * Writes over what is there, and cuts off the rest last: the identifier stands at the same place
   * as before, so that neither a full disk nor the end of the process takes it away, and with it
   * what the broker keeps.
   */
  static void write(Target file, String clientId, List<String> filters) throws IOException {
    String text = clientId + "\n" + String.join("\n", filters) + "\n";
    ByteBuffer bytes = StandardCharsets.UTF_8.encode(text);
    int length = bytes.remaining();
    while (bytes.hasRemaining()) {
      int _ = file.write(bytes, bytes.position());
    }
    file.truncate(length);
    file.force();
  }

  /** So that the file is there after a power cut. */
  private static void syncFolder(Path folder) {
    try (FileChannel directory = FileChannel.open(folder, StandardOpenOption.READ)) {
      directory.force(true);
    } catch (IOException e) {
      // Windows opens no folders; its file system keeps the order itself.
      LOG.debug("syncing {}: {}", folder, e.getMessage());
    }
  }

  String clientId() {
    return clientId;
  }

  /** What the session was last subscribed to. */
  List<String> filters() {
    return filters;
  }

  void subscribedTo(List<String> nowFilters) throws IOException {
    if (!filters.equals(nowFilters)) {
      write(Target.of(file), clientId, nowFilters);
      filters = List.copyOf(nowFilters);
    }
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
