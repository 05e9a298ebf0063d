package io.noctule.protocol.codec;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.noctule.protocol.codec.PacketDecoder.Side;
import io.noctule.protocol.packet.MqttVersion;
import io.noctule.protocol.topic.TopicFilter;
import io.noctule.protocol.topic.TopicName;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Fuzz targets, seeded with the vectors and the malformed packets. In the build they run the seeds
 * and what is stored among the resources; with {@code JAZZER_FUZZ=1} in the environment they look
 * for more.
 *
 * <p>The first byte chooses how the rest is decoded: 0 to 2 as a version, 3 as the first bytes of a
 * connection.
 */
class DecoderFuzzTest {
  private static final int LARGEST = 1 << 20;
  private static final int NO_VERSION = 3;

  static Stream<byte[]> serverSeeds() {
    return seeds(Side.SERVER);
  }

  static Stream<byte[]> clientSeeds() {
    return seeds(Side.CLIENT);
  }

  static Stream<byte[]> topicSeeds() {
    return Stream.of(
            "a", "a/b", "/", "+/a/#", "#", "$share/g/a/+", "$share/g", "$share//", "a#", "é/中/😀")
        .map(text -> text.getBytes(StandardCharsets.UTF_8));
  }

  @MethodSource("serverSeeds")
  @FuzzTest(maxDuration = "60s")
  void serverDecoder(byte[] input) {
    decode(input, Side.SERVER);
  }

  @MethodSource("clientSeeds")
  @FuzzTest(maxDuration = "60s")
  void clientDecoder(byte[] input) {
    decode(input, Side.CLIENT);
  }

  @MethodSource("topicSeeds")
  @FuzzTest(maxDuration = "30s")
  void topicFilter(byte[] input) {
    String text = new String(input, StandardCharsets.UTF_8);
    TopicFilter filter;
    try {
      filter = TopicFilter.of(text);
    } catch (IllegalArgumentException _) {
      return;
    }
    boolean valid =
        filter.text().equals(text)
            && String.join("/", filter.levels()).equals(filter.match())
            && !filter.match().isEmpty()
            && TopicFilter.of(filter.match()).match().endsWith(filter.match());
    if (!valid) {
      throw new AssertionError("not a topic filter: " + filter);
    }
    if (!filter.hasWildcard()) {
      TopicName.of(filter.match());
    }
  }

  private static void decode(byte[] input, Side side) {
    if (input.length == 0) {
      return;
    }
    PacketDecoder decoder = new PacketDecoder(side, LARGEST);
    int chosen = input[0] & 3;
    if (chosen != NO_VERSION) {
      decoder.version(MqttVersion.values()[chosen]);
    }
    DecoderOracle.check(Arrays.copyOfRange(input, 1, input.length), decoder, side);
  }

  private static Stream<byte[]> seeds(Side side) {
    Stream<byte[]> allowed =
        Vectors.all().stream()
            .filter(vector -> vector.receiver() == side)
            .map(
                vector ->
                    seed(
                        vector.name().startsWith("CONNECT")
                            ? NO_VERSION
                            : vector.version().ordinal(),
                        vector.bytes()));
    Stream<byte[]> forbidden =
        MalformedPackets.all().stream()
            .filter(malformed -> malformed.receiver() == side)
            .map(
                malformed ->
                    seed(
                        malformed.version() == null ? NO_VERSION : malformed.version().ordinal(),
                        AnnotatedHex.parse(malformed.hex())));
    return Stream.concat(allowed, forbidden);
  }

  private static byte[] seed(int chosen, byte[] packet) {
    byte[] seed = new byte[1 + packet.length];
    seed[0] = (byte) chosen;
    System.arraycopy(packet, 0, seed, 1, packet.length);
    return seed;
  }
}
