package io.noctule.access.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import org.jspecify.annotations.Nullable;

/**
 * What tells one state of a file from the next without reading it.
 *
 * @param key the file's identity on its disk; null where there is none, or no file
 * @param modified null where there is no file
 * @param size bytes; -1 where there is no file
 */
record FileStamp(@Nullable Object key, @Nullable FileTime modified, long size) {
  private static final FileStamp ABSENT = new FileStamp(null, null, -1);

  static FileStamp of(Path file) throws IOException {
    try {
      BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
      return new FileStamp(attributes.fileKey(), attributes.lastModifiedTime(), attributes.size());
    } catch (NoSuchFileException _) {
      return ABSENT;
    }
  }
}
