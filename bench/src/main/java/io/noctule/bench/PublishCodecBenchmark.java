package io.noctule.bench;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.noctule.protocol.codec.PacketDecoder;
import io.noctule.protocol.codec.PacketDecoder.Side;
import io.noctule.protocol.codec.PacketEncoder;
import io.noctule.protocol.codec.ProtocolException;
import io.noctule.protocol.packet.Packet;
import io.noctule.protocol.packet.Publish;
import io.noctule.protocol.packet.QoS;
import io.noctule.protocol.topic.TopicName;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * One PUBLISH of QoS 0 to and from bytes, by payload size and wire form: the time of one packet.
 * The buffers are direct, as a connection's are; the decoder has met the topic before.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class PublishCodecBenchmark {
  private static final TopicName TOPIC = TopicName.of("sensor_data/device-7");
  private static final int LARGEST_PACKET_BYTES = 1 << 20;

  /** Size of the payload. */
  @Param({"16", "64", "1024", "65536"})
  private int payloadBytes;

  /** Version and properties. */
  @Param private PublishForm form = PublishForm.V3;

  private final PacketDecoder decoder = new PacketDecoder(Side.SERVER, LARGEST_PACKET_BYTES);
  private final ByteBuf payload = PooledByteBufAllocator.DEFAULT.directBuffer();
  private final ByteBuf packet = PooledByteBufAllocator.DEFAULT.directBuffer();
  private final ByteBuf out = PooledByteBufAllocator.DEFAULT.directBuffer();

  /** Makes the packet; its encoding is what {@link #encode} does as well. */
  @Setup
  public void fill() {
    payload.writeZero(payloadBytes);
    decoder.version(form.version());
    encode(packet);
  }

  /** Gives the buffers back. */
  @TearDown
  public void release() {
    payload.release();
    packet.release();
    out.release();
  }

  /** Bytes to record; the payload is a view. */
  @Benchmark
  public @Nullable Packet decode() throws ProtocolException {
    packet.readerIndex(0);
    return decoder.decode(packet);
  }

  /** Fields to bytes, the payload copied, into a buffer that has the room. */
  @Benchmark
  public ByteBuf encode() {
    out.clear();
    encode(out);
    return out;
  }

  private void encode(ByteBuf to) {
    PacketEncoder.encodePublish(
        form.version(),
        TOPIC,
        Publish.NO_ALIAS,
        QoS.AT_MOST_ONCE,
        false,
        false,
        0,
        form.properties(),
        payload,
        to);
  }
}
