package io.noctule.broker.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class InboundBufferTest {
  private static final int MEBIBYTE = 1 << 20;

  private final UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(false, true);
  private final InboundBuffer inbound = new InboundBuffer(allocator);
  private final List<ByteBuf> read = new ArrayList<>();

  private ByteBuf bytes(int count) {
    ByteBuf buffer = allocator.heapBuffer(Math.max(1, count), Math.max(1, count));
    buffer.writeZero(count);
    read.add(buffer);
    return buffer;
  }

  private void assertNothingHeld() {
    assertThat(allocator.metric().usedHeapMemory() + allocator.metric().usedDirectMemory())
        .isZero();
    assertThat(read).allMatch(buffer -> buffer.refCnt() == 0);
  }

  @AfterEach
  void leavesNothingBehind() {
    inbound.discard();
    assertNothingHeld();
  }

  @Test
  void holdsNothingWhileThereAreNoBytes() {
    assertThat(inbound.bytes()).isSameAs(Unpooled.EMPTY_BUFFER);
    inbound.trim();
    inbound.discard();
    assertThat(inbound.bytes()).isSameAs(Unpooled.EMPTY_BUFFER);
  }

  @Test
  void takesOverTheFirstBytesWithoutCopying() {
    ByteBuf first = bytes(10);
    inbound.add(first, 0);
    assertThat(inbound.bytes()).isSameAs(first);
    inbound.bytes().skipBytes(10);
    ByteBuf second = bytes(5);
    inbound.add(second, 0);

    assertThat(first.refCnt()).isZero();
    assertThat(inbound.bytes()).isSameAs(second);
  }

  @Test
  void isGivenBackWhenAllIsDecoded() {
    inbound.add(bytes(10), 0);
    inbound.bytes().skipBytes(9);
    inbound.trim();
    assertThat(inbound.bytes().readableBytes()).isOne();
    inbound.bytes().skipBytes(1);
    inbound.trim();

    assertNothingHeld();
  }

  @Test
  void growsWithWhatCameRatherThanWithWhatWasAnnounced() {
    inbound.add(bytes(10), 0);
    inbound.add(bytes(10), 256 * MEBIBYTE);
    assertThat(inbound.bytes().capacity()).isLessThanOrEqualTo(20 + MEBIBYTE);

    while (inbound.bytes().readableBytes() < 8 * MEBIBYTE) {
      inbound.add(bytes(300_000), 256 * MEBIBYTE);
      int came = inbound.bytes().readableBytes();
      assertThat(inbound.bytes().capacity())
          .isLessThanOrEqualTo(Math.max(2 * came, came + MEBIBYTE));
    }
  }

  @Test
  void aPacketIsCopiedFewTimesWhileItComes() {
    int expected = 16 * MEBIBYTE;
    inbound.add(bytes(1_000), 0);
    int moves = 0;
    while (inbound.bytes().readableBytes() < expected) {
      int room = inbound.bytes().writableBytes();
      inbound.add(bytes(60_000), expected);
      moves += room < 60_000 ? 1 : 0;
    }

    assertThat(moves).isLessThanOrEqualTo(6);
  }

  @Test
  void aSharedBufferIsNotWrittenTo() {
    ByteBuf shared = allocator.heapBuffer(100).writeByte(1);
    read.add(shared);
    ByteBuf other = shared.retainedDuplicate();
    inbound.add(shared, 0);
    inbound.add(bytes(1), 0);
    assertThat(inbound.bytes().readableBytes()).isEqualTo(2);
    assertThat(inbound.bytes()).isNotSameAs(shared);
    other.release();
  }

  /** However the bytes are cut and decoded, they come out as they went in. */
  @Property(tries = 200)
  void keepsBytesAndOrder(
      @ForAll @Size(max = 50) List<@IntRange(min = 1, max = 50) Integer> pieces,
      @ForAll @IntRange(min = 1, max = 60) int packetBytes) {
    ByteBuf in = Unpooled.buffer();
    ByteBuf out = Unpooled.buffer();
    int next = 0;
    for (int piece : pieces) {
      ByteBuf bytes = bytes(piece).clear();
      for (int i = 0; i < piece; i++) {
        bytes.writeByte(next);
        in.writeByte(next++);
      }
      inbound.add(bytes, packetBytes);
      while (inbound.bytes().readableBytes() >= packetBytes) {
        out.writeBytes(inbound.bytes(), packetBytes);
      }
      inbound.trim();
    }
    out.writeBytes(inbound.bytes());
    inbound.trim();

    assertThat(ByteBufUtil.equals(in, out)).isTrue();
    assertNothingHeld();
  }
}
