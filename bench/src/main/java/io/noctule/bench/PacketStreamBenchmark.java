package io.noctule.bench;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.noctule.protocol.codec.PacketDecoder;
import io.noctule.protocol.codec.PacketDecoder.Side;
import io.noctule.protocol.codec.PacketEncoder;
import io.noctule.protocol.codec.ProtocolException;
import io.noctule.protocol.packet.MqttVersion;
import io.noctule.protocol.packet.Packet;
import io.noctule.protocol.packet.PubAck;
import io.noctule.protocol.packet.Publish;
import io.noctule.protocol.packet.PublishProperties;
import io.noctule.protocol.packet.QoS;
import io.noctule.protocol.topic.TopicName;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/**
 * A buffer of 1000 small packets, as a busy connection's read leaves it, decoded to its end: the
 * time of one packet.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@OperationsPerInvocation(PacketStreamBenchmark.PACKETS)
public class PacketStreamBenchmark {
  static final int PACKETS = 1000;
  private static final int PAYLOAD_BYTES = 64;
  private static final int LARGEST_PACKET_BYTES = 1 << 20;

  /** PUBLISH packets of 64 bytes payload at QoS 0. */
  @State(Scope.Benchmark)
  public static class Publishes {
    /** The protocol version. */
    @Param({"MQTT_3_1_1", "MQTT_5"})
    private MqttVersion version = MqttVersion.MQTT_3_1_1;

    /** How many topics take turns: 1 and 8 are remembered by the decoder, 1000 are too many. */
    @Param({"1", "8", "1000"})
    private int topics;

    private final Stream stream = new Stream();

    /** Writes the packets. */
    @Setup
    public void fill() {
      ByteBuf payload = Unpooled.directBuffer().writeZero(PAYLOAD_BYTES);
      stream.fill(
          version,
          i ->
              new Publish(
                  TopicName.of("sensor_data/device-" + i % topics),
                  Publish.NO_ALIAS,
                  QoS.AT_MOST_ONCE,
                  false,
                  false,
                  0,
                  PublishProperties.NONE,
                  payload));
      payload.release();
    }

    /** Gives the buffer back. */
    @TearDown
    public void release() {
      stream.bytes.release();
    }
  }

  /** PUBACK packets of four bytes. */
  @State(Scope.Benchmark)
  public static class Acknowledgements {
    private final Stream stream = new Stream();

    /** Writes the packets. */
    @Setup
    public void fill() {
      stream.fill(MqttVersion.MQTT_5, i -> PubAck.of(i + 1));
    }

    /** Gives the buffer back. */
    @TearDown
    public void release() {
      stream.bytes.release();
    }
  }

  /** Messages that come in. */
  @Benchmark
  public void publishes(Publishes publishes, Blackhole told) throws ProtocolException {
    publishes.stream.decode(told);
  }

  /** Acknowledgements that come in. */
  @Benchmark
  public void acknowledgements(Acknowledgements acknowledgements, Blackhole told)
      throws ProtocolException {
    acknowledgements.stream.decode(told);
  }

  /** A connection's decoder and what has come in. */
  private static final class Stream {
    private final PacketDecoder decoder = new PacketDecoder(Side.SERVER, LARGEST_PACKET_BYTES);
    private final ByteBuf bytes = PooledByteBufAllocator.DEFAULT.directBuffer();

    void fill(MqttVersion version, IntFunction<Packet> packets) {
      decoder.version(version);
      for (int i = 0; i < PACKETS; i++) {
        PacketEncoder.encode(packets.apply(i), version, bytes);
      }
    }

    void decode(Blackhole told) throws ProtocolException {
      bytes.readerIndex(0);
      for (Packet packet = decoder.decode(bytes); packet != null; packet = decoder.decode(bytes)) {
        told.consume(packet);
      }
    }
  }
}
