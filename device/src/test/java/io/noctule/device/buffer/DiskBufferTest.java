package io.noctule.device.buffer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DiskBufferTest {
  private static final BufferLimits SMALL = new BufferLimits(64 << 10, Duration.ofDays(1));

  @TempDir Path folder;
  private final List<String> problems = new ArrayList<>();
  private Clock clock = Clock.fixed(Instant.parse("2026-11-25T10:00:00Z"), ZoneOffset.UTC);

  private DiskBuffer open(BufferLimits limits) throws IOException {
    return DiskBuffer.open(
        folder,
        limits,
        new Clock() {
          @Override
          public Instant instant() {
            return clock.instant();
          }

          @Override
          public ZoneOffset getZone() {
            return ZoneOffset.UTC;
          }

          @Override
          public Clock withZone(java.time.ZoneId zone) {
            return this;
          }
        },
        problems::add);
  }

  private static void append(DiskBuffer buffer, int from, int to) {
    for (int i = from; i < to; i++) {
      buffer.append(("reading " + i).getBytes(UTF_8));
    }
  }

  private static List<String> readAll(DiskBuffer buffer) {
    return Stream.generate(buffer::next)
        .takeWhile(entry -> entry != null)
        .map(entry -> new String(entry.bytes(), UTF_8))
        .toList();
  }

  private static List<String> readings(int from, int to) {
    return IntStream.range(from, to).mapToObj(i -> "reading " + i).toList();
  }

  private List<String> files() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void keepsOrderAndForgetsWhatIsAcknowledged() throws IOException {
    try (DiskBuffer buffer = open(BufferLimits.DEFAULT)) {
      append(buffer, 0, 10);
      assertThat(readAll(buffer)).isEqualTo(readings(0, 10));
      buffer.acknowledge(3);
      buffer.rewind();
      assertThat(readAll(buffer)).isEqualTo(readings(4, 10));
      assertThat(buffer.waiting()).isEqualTo(6);
    }
    try (DiskBuffer buffer = open(BufferLimits.DEFAULT)) {
      append(buffer, 10, 12);
      assertThat(readAll(buffer)).isEqualTo(readings(4, 12));
      buffer.acknowledge(11);
      assertThat(buffer.waiting()).isZero();
    }
    assertThat(files()).containsExactly("position");
    try (DiskBuffer buffer = open(BufferLimits.DEFAULT)) {
      assertThat(buffer.next()).isNull();
      append(buffer, 0, 1);
      assertThat(buffer.next()).extracting(Entry::sequence).isEqualTo(12L);
    }
    assertThat(problems).isEmpty();
  }

  @Test
  void refusesWhatDoesNotFitAndWhatWasNotRead() throws IOException {
    try (DiskBuffer buffer = open(BufferLimits.DEFAULT)) {
      assertThatThrownBy(() -> buffer.append(new byte[262_145]))
          .hasMessage("a record must have at most 262144 bytes, was 262145");
      assertThatThrownBy(() -> buffer.acknowledge(0)).hasMessage("record 0 was not read yet");
    }
    assertThatThrownBy(() -> new BufferLimits(1, Duration.ofDays(1)))
        .hasMessage("the buffer must have at least 65536 bytes, was 1");
    assertThatThrownBy(() -> new BufferLimits(1 << 20, Duration.ZERO))
        .hasMessage("the buffer must keep records for at least a second, was PT0S");
  }

  @Test
  void dropsTheOldestWhenFullAndTellsIt() throws IOException {
    try (DiskBuffer buffer = open(SMALL)) {
      append(buffer, 0, 10_000);
      assertThat(buffer.bytes()).isBetween(48L << 10, 64L << 10);
      List<String> left = readAll(buffer);
      assertThat(left).last().isEqualTo("reading 9999");
      assertThat(left).isEqualTo(readings(10_000 - left.size(), 10_000));
      assertThat(buffer.lost()).isEqualTo(10_000L - left.size());
    }
    assertThat(problems).hasSize(1);
    assertThat(problems.getFirst()).contains("dropped: the buffer is full (65536 bytes)");
  }

  @Test
  void dropsUnderTheReaderWhatItHasNotReachedYet() throws IOException {
    try (DiskBuffer buffer = open(SMALL)) {
      append(buffer, 0, 100);
      Entry first = buffer.next();
      append(buffer, 100, 10_000);
      List<String> left = readAll(buffer);
      assertThat(left).isEqualTo(readings(10_000 - left.size(), 10_000));
      buffer.acknowledge(first == null ? -1 : first.sequence());
      buffer.acknowledge(9_999);
      assertThat(buffer.waiting()).isZero();
    }
  }

  @Test
  void dropsWhatIsTooOld() throws IOException {
    try (DiskBuffer buffer = open(BufferLimits.DEFAULT)) {
      append(buffer, 0, 5);
      clock = Clock.offset(clock, Duration.ofDays(3));
      append(buffer, 5, 10);
      clock = Clock.offset(clock, Duration.ofDays(29));
      append(buffer, 10, 15);
      assertThat(readAll(buffer)).isEqualTo(readings(5, 15));
      assertThat(buffer.lost()).isEqualTo(5);
    }
    assertThat(problems).containsExactly("5 readings dropped: older than PT720H (5 so far)");
  }

  @Test
  void cutsATornTailWhereverItWasTorn() throws IOException {
    try (DiskBuffer buffer = open(BufferLimits.DEFAULT)) {
      append(buffer, 0, 3);
    }
    Path segment = folder.resolve("0000000000000000000.segment");
    byte[] whole = Files.readAllBytes(segment);
    int recordBytes = 8 + "reading 0".length();
    for (int length = 0; length < whole.length; length++) {
      problems.clear();
      Files.write(segment, java.util.Arrays.copyOf(whole, length));
      int intact = Math.max(0, (length - 8) / recordBytes);
      try (DiskBuffer buffer = open(BufferLimits.DEFAULT)) {
        append(buffer, 7, 8);
        assertThat(readAll(buffer))
            .as("cut after %d bytes", length)
            .isEqualTo(
                Stream.concat(readings(0, intact).stream(), Stream.of("reading 7")).toList());
      }
      boolean atAnEnd = length >= 8 && (length - 8) % recordBytes == 0;
      assertThat(problems).hasSize(atAnEnd ? 0 : 1);
    }
  }

  @Test
  void cutsOffZerosThatAPowerCutLeft() throws IOException {
    try (DiskBuffer buffer = open(BufferLimits.DEFAULT)) {
      append(buffer, 0, 3);
    }
    Path segment = folder.resolve("0000000000000000000.segment");
    Files.write(segment, new byte[100_000], java.nio.file.StandardOpenOption.APPEND);
    try (DiskBuffer buffer = open(BufferLimits.DEFAULT)) {
      append(buffer, 3, 4);
      assertThat(readAll(buffer)).isEqualTo(readings(0, 4));
    }
    assertThat(problems)
        .containsExactly(
            "'0000000000000000000.segment' of the buffer ends within a record that was being written: cut off");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 9, 30, 5_000})
  void setsDamageAsideAndGoesOnWithTheNextSegment(int place) throws IOException {
    try (DiskBuffer buffer = open(new BufferLimits(1 << 20, Duration.ofDays(1)))) {
      append(buffer, 0, 5_000);
    }
    Path segment = folder.resolve("0000000000000000000.segment");
    byte[] content = Files.readAllBytes(segment);
    content[place] ^= 0x40;
    Files.write(segment, content);
    try (DiskBuffer buffer = open(new BufferLimits(1 << 20, Duration.ofDays(1)))) {
      List<String> left = readAll(buffer);
      long second =
          files().stream()
              .filter(name -> name.endsWith(".segment"))
              .mapToLong(name -> Long.parseLong(name.substring(0, 19)))
              .filter(first -> first > 0)
              .min()
              .orElseThrow();
      int intact = left.size() - (5_000 - (int) second);
      assertThat(left)
          .isEqualTo(
              Stream.concat(readings(0, intact).stream(), readings((int) second, 5_000).stream())
                  .toList());
      assertThat(intact).isBetween(place / 20 - 1, place / 16);
    }
    assertThat(problems).hasSize(1);
    assertThat(problems.getFirst())
        .contains(" of the buffer is damaged from byte ")
        .contains("set aside as '0000000000000000000.segment.damaged'");
    assertThat(files()).contains("0000000000000000000.segment.damaged");
  }

  @Test
  void noticesDamageThatHappensWhileItRuns() throws IOException {
    try (DiskBuffer buffer = open(BufferLimits.DEFAULT)) {
      append(buffer, 0, 100);
      Path segment = folder.resolve("0000000000000000000.segment");
      byte[] content = Files.readAllBytes(segment);
      content[content.length / 2] ^= 1;
      Files.write(segment, content);
      List<String> left = readAll(buffer);
      assertThat(left).isEqualTo(readings(0, left.size())).hasSizeBetween(40, 60);
      append(buffer, 100, 110);
      assertThat(readAll(buffer)).isEqualTo(readings(100, 110));
      assertThat(buffer.lost()).isEqualTo(100L - left.size());
      buffer.acknowledge(109);
    }
    assertThat(problems).hasSize(2);
    try (DiskBuffer buffer = open(BufferLimits.DEFAULT)) {
      assertThat(buffer.next()).isNull();
    }
  }

  @Test
  void sendsAgainWhereThePositionIsDamaged() throws IOException {
    try (DiskBuffer buffer = open(BufferLimits.DEFAULT)) {
      append(buffer, 0, 5);
      var _ = readAll(buffer);
      buffer.acknowledge(2);
    }
    Files.write(folder.resolve("position"), new byte[] {1, 2, 3});
    try (DiskBuffer buffer = open(BufferLimits.DEFAULT)) {
      assertThat(readAll(buffer)).isEqualTo(readings(0, 5));
    }
    assertThat(problems)
        .containsExactly(
            "the file 'position' of the buffer is damaged: what had been sent already is sent again");
  }

  @Test
  void waitsInMemoryWhileTheDiskIsFull() throws IOException {
    var disk = new FullDisk();
    try (DiskBuffer buffer =
        DiskBuffer.open(folder, BufferLimits.DEFAULT, clock, problems::add, disk)) {
      append(buffer, 0, 10);
      disk.free(5);
      append(buffer, 10, 20);
      assertThat(readAll(buffer)).isEqualTo(readings(0, 20));
      buffer.acknowledge(14);
      disk.free(Long.MAX_VALUE);
      append(buffer, 20, 22);
      assertThat(readAll(buffer)).isEqualTo(readings(20, 22));
      buffer.rewind();
      assertThat(readAll(buffer)).isEqualTo(readings(15, 22));
    }
    assertThat(problems)
        .containsExactly(
            "the disk does not take readings (No space left on device): the last ones wait in memory",
            "the disk takes readings again");
    try (DiskBuffer buffer = open(BufferLimits.DEFAULT)) {
      assertThat(readAll(buffer)).isEqualTo(readings(15, 22));
    }
  }

  @Test
  void keepsTheNewestInMemoryWhileTheDiskStaysFull() throws IOException {
    var disk = new FullDisk();
    try (DiskBuffer buffer =
        DiskBuffer.open(folder, BufferLimits.DEFAULT, clock, problems::add, disk)) {
      disk.free(0);
      append(buffer, 0, 5_000);
      assertThat(buffer.lost()).isEqualTo(4_000);
      assertThat(readAll(buffer)).isEqualTo(readings(4_000, 5_000));
      disk.free(Long.MAX_VALUE);
      buffer.sync();
    }
    try (DiskBuffer buffer = open(BufferLimits.DEFAULT)) {
      assertThat(readAll(buffer)).isEqualTo(readings(4_000, 5_000));
    }
  }

  @Test
  void keepsWhatIsOnDiskWhileTheNewestGoFromMemory() throws IOException {
    var disk = new FullDisk();
    try (DiskBuffer buffer =
        DiskBuffer.open(folder, BufferLimits.DEFAULT, clock, problems::add, disk)) {
      append(buffer, 0, 500);
      disk.free(0);
      append(buffer, 500, 1_600);
      assertThat(buffer.lost()).isEqualTo(100);
      assertThat(buffer.waiting()).isEqualTo(1_500);
      assertThat(readAll(buffer)).isEqualTo(without(500, 600, readings(0, 1_600)));
      disk.free(Long.MAX_VALUE);
      buffer.sync();
    }
    try (DiskBuffer buffer = open(BufferLimits.DEFAULT)) {
      assertThat(readAll(buffer)).isEqualTo(without(500, 600, readings(0, 1_600)));
      assertThat(buffer.waiting()).isEqualTo(1_500);
      buffer.acknowledge(1_599);
      assertThat(buffer.waiting()).isZero();
    }
  }

  @Test
  void tellsWhatItLosesWhenItIsClosedOnAFullDisk() throws IOException {
    var disk = new FullDisk();
    DiskBuffer buffer = DiskBuffer.open(folder, BufferLimits.DEFAULT, clock, problems::add, disk);
    disk.free(0);
    append(buffer, 0, 3);
    buffer.close();
    assertThat(buffer.lost()).isEqualTo(3);
    assertThat(problems).last().asString().contains("the buffer is closed");
  }

  @Test
  void whatIsSyncedHasItsNameOnTheDiskToo() throws IOException {
    List<Path> opened = new ArrayList<>();
    ChannelOpener opener =
        (file, options) -> {
          opened.add(file);
          return FileChannel.open(file, options);
        };
    try (DiskBuffer buffer =
        DiskBuffer.open(folder, BufferLimits.DEFAULT, clock, problems::add, opener)) {
      append(buffer, 0, 1);
      assertThat(opened).doesNotContain(folder);
      buffer.sync();
      append(buffer, 1, 2);
      buffer.sync();
      assertThat(opened).containsOnlyOnce(folder);
    }
  }

  private static List<String> without(int from, int to, List<String> all) {
    return IntStream.range(0, all.size())
        .filter(i -> i < from || i >= to)
        .mapToObj(all::get)
        .toList();
  }
}
