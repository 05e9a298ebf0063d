package io.noctule.device.buffer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/**
 * Random histories beside a list: whatever happens, the buffer is a suffix of what was appended.
 */
class DiskBufferPropertyTest {
  private static final BufferLimits LIMITS = new BufferLimits(64 << 10, Duration.ofDays(1));

  @Property(tries = 60)
  void isAlwaysTheNewestOfWhatWasAppended(@ForAll long seed) throws IOException {
    var random = new Random(seed);
    Path folder = Files.createTempDirectory("noctule-buffer");
    List<byte[]> appended = new ArrayList<>();
    List<String> problems = new ArrayList<>();
    var disk = new FullDisk();
    DiskBuffer buffer = open(folder, problems, disk);
    long acknowledged = -1;
    long last = -1;
    long lost = 0;
    try {
      for (int step = 0; step < 200; step++) {
        switch (random.nextInt(12)) {
          case 0 -> {
            disk.free(Long.MAX_VALUE);
            buffer.close();
            lost += buffer.lost();
            buffer = open(folder, problems, disk);
            last = acknowledged;
          }
          case 1 -> {
            buffer.rewind();
            last = acknowledged;
          }
          case 2 -> disk.free(random.nextBoolean() ? random.nextInt(3_000) : Long.MAX_VALUE);
          case 3 -> buffer.sync();
          case 4, 5 -> {
            if (last > acknowledged) {
              acknowledged = acknowledged + 1 + random.nextLong(last - acknowledged);
              buffer.acknowledge(acknowledged);
            }
          }
          case 6, 7, 8 -> {
            int count = random.nextInt(40);
            for (int i = 0; i < count; i++) {
              Entry entry = buffer.next();
              if (entry == null) {
                break;
              }
              assertThat(entry.sequence()).isGreaterThan(last);
              if (lost + buffer.lost() == 0) {
                assertThat(entry.sequence()).as("without a gap").isEqualTo(last + 1);
              }
              last = entry.sequence();
              assertThat(entry.bytes()).isEqualTo(appended.get((int) last));
            }
          }
          default -> {
            int count = random.nextInt(30);
            for (int i = 0; i < count; i++) {
              byte[] content = new byte[4 + random.nextInt(300)];
              random.nextBytes(content);
              ByteBuffer.wrap(content).putInt(appended.size());
              appended.add(content);
              buffer.append(content);
            }
          }
        }
        assertThat(buffer.bytes()).isLessThanOrEqualTo(LIMITS.maxBytes());
      }
      lost += buffer.lost();
      buffer.rewind();
      long count = Stream.generate(buffer::next).takeWhile(entry -> entry != null).count();
      assertThat(count).isEqualTo(buffer.waiting());
      assertThat(lost + count).isLessThanOrEqualTo(appended.size());
    } finally {
      buffer.close();
      try (Stream<Path> files = Files.walk(folder)) {
        files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(java.io.File::delete);
      }
    }
  }

  private static DiskBuffer open(Path folder, List<String> problems, FullDisk disk)
      throws IOException {
    return DiskBuffer.open(folder, LIMITS, Clock.systemUTC(), problems::add, disk);
  }
}
