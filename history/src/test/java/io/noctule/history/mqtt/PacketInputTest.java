package io.noctule.history.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.noctule.history.mqtt.Incoming.Publish;
import io.noctule.history.mqtt.Incoming.Sign;
import io.noctule.history.mqtt.Incoming.SubAck;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.HexFormat;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PacketInputTest {
  private static final int LIMIT = 4;

  private static PacketInput input(String hex) {
    byte[] bytes = HexFormat.of().parseHex(hex.replace(" ", ""));
    return new PacketInput(new ByteArrayInputStream(bytes), LIMIT);
  }

  private static Publish publish(String hex) throws IOException {
    return (Publish) input(hex).next();
  }

  @Test
  void aMessageIsRead() throws IOException {
    Publish atMostOnce = publish("30 05 0001 61 3132");
    assertThat(atMostOnce.topic()).isEqualTo("a");
    assertThat(atMostOnce.payload()).asString().isEqualTo("12");
    assertThat(atMostOnce.packetId()).isZero();
    assertThat(atMostOnce.duplicate()).isFalse();
    assertThat(atMostOnce.retained()).isFalse();

    Publish again = publish("3b 07 0001 61 ffff 3132");
    assertThat(again.packetId()).isEqualTo(65_535);
    assertThat(again.duplicate()).isTrue();
    assertThat(again.retained()).isTrue();
    assertThat(again.size()).isEqualTo(2);
  }

  @Test
  void ofALongPayloadTheBeginningIsKeptAndTheNextPacketIsFound() throws IOException {
    PacketInput input = input("30 0b 0001 61 3132333435363738  d000");
    assertThat(input.next())
        .isInstanceOfSatisfying(
            Publish.class,
            publish -> {
              assertThat(publish.payload()).asString().isEqualTo("1234");
              assertThat(publish.size()).isEqualTo(8);
            });
    assertThat(input.next()).isInstanceOf(Sign.class);
  }

  @Test
  void answersAreRead() throws IOException {
    assertThat(input("90 04 0001 01 80").next())
        .isInstanceOfSatisfying(
            SubAck.class, answer -> assertThat(answer.granted()).containsExactly(1, 128));
    assertThat(input("b0 02 0001").next()).isInstanceOf(Sign.class);
    assertThat(input("20 02 01 00").connAck()).containsExactly(1, 0);
  }

  @Test
  void anyTopicIsTaken() throws IOException {
    assertThat(publish("30 03 0001 07").topic()).isEqualTo("\u0007");
    assertThat(publish("30 03 0001 ff").topic()).isEqualTo("\uFFFD");
    assertThat(publish("30 05 0003 efbfbe").topic()).isEqualTo("\uFFFE");
    assertThat(publish("30 06 0004 f09f8ca1").topic()).isEqualTo("\uD83C\uDF21");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "30 01 00", // no room for a topic
        "30 02 0005", // a topic longer than its packet
        "32 03 0001 61", // no room for the packet identifier
        "34 05 0001 61 0001", // QoS 2, which nobody asked for
        "30 ff ff ff ff 01", // a length of five bytes
        "90 ff ff ff 7f", // an answer of 256 MB
        "10 00", // CONNECT
        "48 54" // HTTP
      })
  void whatIsNoPacketEndsTheConnection(String hex) {
    assertThatIOException().isThrownBy(() -> input(hex).next());
  }

  @Test
  void whoDoesNotSpeakMqttIsTold() {
    assertThatIOException()
        .isThrownBy(() -> input("485454502f312e31").connAck())
        .withMessage("what listens there is no MQTT broker");
  }

  @Property(tries = 5_000)
  void anyBytesArePacketsOrAnEnd(@ForAll @Size(max = 200) byte[] bytes) {
    var input = new PacketInput(new ByteArrayInputStream(bytes), LIMIT);
    assertThatIOException()
        .isThrownBy(
            () -> {
              for (int i = 0; i <= bytes.length; i++) {
                input.next();
              }
            });
  }
}
