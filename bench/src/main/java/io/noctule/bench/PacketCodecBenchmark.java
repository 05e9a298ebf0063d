package io.noctule.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.noctule.protocol.codec.PacketDecoder;
import io.noctule.protocol.codec.PacketDecoder.Side;
import io.noctule.protocol.codec.PacketEncoder;
import io.noctule.protocol.codec.ProtocolException;
import io.noctule.protocol.packet.Connect;
import io.noctule.protocol.packet.MqttVersion;
import io.noctule.protocol.packet.Packet;
import io.noctule.protocol.packet.PingReq;
import io.noctule.protocol.packet.PubAck;
import io.noctule.protocol.packet.PublishProperties;
import io.noctule.protocol.packet.QoS;
import io.noctule.protocol.packet.Subscribe;
import io.noctule.protocol.packet.Will;
import io.noctule.protocol.topic.TopicFilter;
import io.noctule.protocol.topic.TopicName;
import java.util.List;
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

/** Packets other than PUBLISH, to and from bytes: the time of one packet. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class PacketCodecBenchmark {
  private static final int LARGEST_PACKET_BYTES = 1 << 20;

  /** What is sent. */
  public enum Kind {
    /** With a will, user name and password, as a device sends it. */
    CONNECT,
    /** With three filters. */
    SUBSCRIBE,
    /** Success. */
    PUBACK,
    /** A sign of life. */
    PINGREQ
  }

  /** The packet. */
  @Param private Kind kind = Kind.CONNECT;

  /** The protocol version. */
  @Param({"MQTT_3_1_1", "MQTT_5"})
  private MqttVersion version = MqttVersion.MQTT_3_1_1;

  private final PacketDecoder decoder = new PacketDecoder(Side.SERVER, LARGEST_PACKET_BYTES);
  private final ByteBuf bytes = PooledByteBufAllocator.DEFAULT.directBuffer();
  private final ByteBuf out = PooledByteBufAllocator.DEFAULT.directBuffer();
  private Packet packet = PingReq.INSTANCE;

  /** Makes the packet and its bytes. */
  @Setup
  public void fill() {
    packet =
        switch (kind) {
          case CONNECT -> connect();
          case SUBSCRIBE -> subscribe();
          case PUBACK -> PubAck.of(7);
          case PINGREQ -> PingReq.INSTANCE;
        };
    decoder.version(version);
    PacketEncoder.encode(packet, version, bytes);
  }

  private Packet connect() {
    var will =
        new Will(
            TopicName.of("status/device-7"),
            "offline".getBytes(UTF_8),
            QoS.AT_LEAST_ONCE,
            true,
            0,
            PublishProperties.NONE);
    return new Connect(
        version,
        "device-7",
        false,
        60,
        will,
        "device-7",
        "a secret of its own".getBytes(UTF_8),
        Connect.Properties.DEFAULT);
  }

  private static Packet subscribe() {
    return new Subscribe(
        7,
        Subscribe.NO_IDENTIFIER,
        List.of(),
        List.of(
            Subscribe.Request.of(TopicFilter.of("config_change"), QoS.AT_LEAST_ONCE),
            Subscribe.Request.of(TopicFilter.of("config_change/device-7"), QoS.AT_LEAST_ONCE),
            Subscribe.Request.of(TopicFilter.of("status/+"), QoS.AT_MOST_ONCE)));
  }

  /** Gives the buffers back. */
  @TearDown
  public void release() {
    bytes.release();
    out.release();
  }

  /** Bytes to record. A CONNECT comes once in a connection, so it has a new decoder each time. */
  @Benchmark
  public @Nullable Packet decode() throws ProtocolException {
    bytes.readerIndex(0);
    return kind == Kind.CONNECT
        ? new PacketDecoder(Side.SERVER, LARGEST_PACKET_BYTES).decode(bytes)
        : decoder.decode(bytes);
  }

  /** Record to bytes, into a buffer that has the room. */
  @Benchmark
  public ByteBuf encode() {
    out.clear();
    PacketEncoder.encode(packet, version, out);
    return out;
  }
}
