package io.noctule.broker.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.noctule.broker.Messages;
import io.noctule.broker.routing.Grant;
import io.noctule.protocol.packet.QoS;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class WindowTest {
  private static final Grant GRANT = new Grant(QoS.AT_LEAST_ONCE, false, List.of(), null);
  private static final int HIGHEST_PACKET_ID = 65_535;

  private static InFlight message() {
    return new InFlight(
        Messages.message("t", "x", QoS.AT_LEAST_ONCE), QoS.AT_LEAST_ONCE, false, GRANT);
  }

  /** Steps below 60 add, the others remove the message that stands at that share of the window. */
  @Property(tries = 300)
  void agreesWithAMapInTheOrderOfSending(
      @ForAll @Size(max = 400) List<@IntRange(max = 99) Integer> steps) {
    Window window = new Window();
    Map<Integer, InFlight> model = new LinkedHashMap<>();
    for (int step : steps) {
      if (step < 60 || model.isEmpty()) {
        InFlight added = message();
        int id = window.add(added);
        assertThat(id).isBetween(1, HIGHEST_PACKET_ID).isEqualTo(added.packetId());
        assertThat(model.put(id, added)).as("packet id %d was in use", id).isNull();
      } else {
        List<InFlight> all = List.copyOf(model.values());
        InFlight removed = all.get((step - 60) * all.size() / 40);
        window.remove(removed);
        model.remove(removed.packetId());
        assertThat(window.get(removed.packetId())).isNull();
      }
      assertThat(window.size()).isEqualTo(model.size());
    }

    assertThat(window.inOrder()).containsExactlyElementsOf(model.values());
    model.forEach((id, message) -> assertThat(window.get(id)).isSameAs(message));
  }

  @Test
  void packetIdsAreGivenInTurnAndStartAnewBehindTheHighest() {
    Window window = new Window();
    for (int id = 1; id <= HIGHEST_PACKET_ID; id++) {
      InFlight message = message();
      assertThat(window.add(message)).isEqualTo(id);
      window.remove(message);
    }

    assertThat(window.add(message())).isEqualTo(1);
  }

  @Test
  void anOldMessageKeepsItsPacketIdWhenTheNumbersStartAnew() {
    Window window = new Window();
    List<InFlight> old = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      InFlight message = message();
      window.add(message);
      old.add(message);
    }
    for (int i = 0; i < 3 * HIGHEST_PACKET_ID; i++) {
      InFlight message = message();
      int id = window.add(message);
      assertThat(id).isGreaterThan(3);
      window.remove(message);
    }

    assertThat(window.inOrder()).isEqualTo(old);
    assertThat(old).extracting(InFlight::packetId).containsExactly(1, 2, 3);
  }

  @Test
  void theOrderOfSendingOutlastsTheWrapAround() {
    Window window = new Window();
    for (int i = 0; i < HIGHEST_PACKET_ID - 1; i++) {
      InFlight message = message();
      window.add(message);
      window.remove(message);
    }
    InFlight highest = message();
    InFlight lowest = message();
    window.add(highest);
    window.add(lowest);

    assertThat(highest.packetId()).isEqualTo(HIGHEST_PACKET_ID);
    assertThat(lowest.packetId()).isEqualTo(1);
    assertThat(window.inOrder()).containsExactly(highest, lowest);
  }

  @Test
  void takesAsManyAsThereArePacketIds() {
    Window window = new Window();
    List<InFlight> all = IntStream.range(0, HIGHEST_PACKET_ID).mapToObj(_ -> message()).toList();
    all.forEach(window::add);

    assertThat(all).extracting(InFlight::packetId).doesNotHaveDuplicates().doesNotContain(0);
    assertThat(window.size()).isEqualTo(HIGHEST_PACKET_ID);
    InFlight middle = all.get(40_000);
    window.remove(middle);
    assertThat(window.add(message())).isEqualTo(middle.packetId());
  }

  @Test
  void aPacketIdThatIsNotInUseIsUnknown() {
    Window window = new Window();
    InFlight message = message();
    int id = window.add(message);

    assertThat(window.get(id + 8)).as("the same place of the table").isNull();
    assertThat(window.get(0)).isNull();
    assertThat(window.get(HIGHEST_PACKET_ID)).isNull();
    assertThat(window.get(id)).isSameAs(message);
  }
}
