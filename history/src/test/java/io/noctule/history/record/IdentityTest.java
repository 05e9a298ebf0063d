package io.noctule.history.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IdentityTest {
  @TempDir Path folder;

  @Test
  void isTheSameAfterARestart() throws IOException {
    String drawn;
    try (Identity identity = Identity.hold(folder)) {
      drawn = identity.clientId();
      identity.subscribedTo(List.of("a/longer/filter/#", "b"));
      identity.subscribedTo(List.of("c"));
    }
    try (Identity identity = Identity.hold(folder)) {
      assertThat(identity.clientId()).isEqualTo(drawn);
      assertThat(identity.filters()).containsExactly("c");
    }
  }

  @Test
  void isHeldByOneAtATime() throws IOException {
    try (Identity _ = Identity.hold(folder)) {
      assertThatExceptionOfType(IOException.class).isThrownBy(() -> Identity.hold(folder));
    }
  }

  /** Where the process or the disk ends in the middle of it, the broker's session is still ours. */
  @Test
  void theIdentifierIsInTheFileAtEachMomentOfAChange() throws IOException {
    Path path = folder.resolve("history.client");
    String before;
    try (Identity identity = Identity.hold(folder)) {
      before = identity.clientId();
      identity.subscribedTo(List.of("sensor_data/#"));
    }
    try (FileChannel file =
        FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      var full = new FullDisk(file);
      assertThatExceptionOfType(IOException.class)
          .isThrownBy(() -> Identity.write(full, before, List.of("other/#")))
          .withMessage("No space left on device");
    }
    assertThat(Files.readString(path)).startsWith(before + "\n");
    try (Identity identity = Identity.hold(folder)) {
      assertThat(identity.clientId()).isEqualTo(before);
    }
  }

  /** Takes nothing any more, and gives room back. */
  private static final class FullDisk implements Identity.Target {
    private final FileChannel file;

    FullDisk(FileChannel file) {
      this.file = file;
    }

    @Override
    public int write(ByteBuffer source, long position) throws IOException {
      throw new IOException("No space left on device");
    }

    @Override
    public void truncate(long size) throws IOException {
      var _ = file.truncate(size);
    }

    @Override
    public void force() throws IOException {
      file.force(true);
    }
  }
}
