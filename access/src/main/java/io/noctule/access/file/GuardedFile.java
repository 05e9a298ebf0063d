package io.noctule.access.file;

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
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A file that programs rewrite as a whole, one after another, and that only its owner may read.
 * Readers see the old content or the new one.
 */
public final class GuardedFile {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Duration LOOK_AGAIN = Duration.ofMillis(20);

  private final Path file;
  private final Path folder;

  /** A file, which need not exist, in a folder that has to. */
  public GuardedFile(Path file) {
    this.file = file.toAbsolutePath();
    this.folder = folderOf(this.file);
  }

  private static Path folderOf(Path absolute) {
    Path parent = absolute.getParent();
    if (parent == null) {
      throw new IllegalArgumentException("a folder, not a file: " + absolute);
    }
    return parent;
  }

  /** What is done while nobody else writes. */
  @FunctionalInterface
  public interface Work {
    /** The new content. */
    String newContent() throws IOException, FileFault;
  }

  /**
   * Rewrites the file while nobody else does.
   *
   * @throws IOException where it cannot be written, or others write for more than ten seconds
   * @throws FileFault from the work
   */
  public void rewrite(Work work) throws IOException, FileFault {
    Path lockFile = folder.resolve(file.getFileName() + ".lock");
    try (FileChannel channel =
            FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = acquire(channel)) {
      ownedLikeTheFolder(lockFile);
      if (!lock.isValid()) {
        throw new IOException("the lock on " + file + " was lost");
      }
      replace(work.newContent());
    }
  }

  private FileLock acquire(FileChannel channel) throws IOException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    do {
      FileLock lock = tryLock(channel);
      if (lock != null) {
        return lock;
      }
      LockSupport.parkNanos(LOOK_AGAIN.toNanos());
    } while (System.nanoTime() - deadline < 0);
    throw new IOException("another program is writing " + file + "; try again");
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException _) {
      return null; // Another thread of this process has it.
    }
  }

  private void replace(String content) throws IOException {
    Path fresh = folder.resolve(file.getFileName() + ".new");
    Files.deleteIfExists(fresh); // Left by a writer that was killed; nobody else is here now.
    try (FileChannel channel =
        FileChannel.open(fresh, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      ownedLikeTheFolder(fresh);
      ByteBuffer bytes = ByteBuffer.wrap(content.getBytes(StandardCharsets.UTF_8));
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    try (FileChannel directory = FileChannel.open(folder, StandardOpenOption.READ)) {
      directory.force(true);
    }
  }

  /**
   * For its owner's eyes only, and the owner is that of the folder: what root writes has to be
   * readable for the broker, which is not root.
   */
  private void ownedLikeTheFolder(Path path) throws IOException {
    PosixFileAttributeView view = Files.getFileAttributeView(path, PosixFileAttributeView.class);
    if (view == null) {
      return; // A file system without owners.
    }
    view.setPermissions(PosixFilePermissions.fromString("rw-------"));
    UserPrincipal owner = Files.getOwner(folder);
    if (!owner.equals(view.getOwner()) && view.getOwner().getName().equals("root")) {
      view.setOwner(owner);
    }
  }
}
