package io.noctule.broker.topic;

import static org.assertj.core.api.Assertions.assertThat;

import io.noctule.protocol.topic.TopicFilter;
import io.noctule.protocol.topic.TopicName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What matches what: the examples of section 4.7 of the standard, and cases at the edges. */
class MatchingRulesTest {
  @ParameterizedTest(name = "{0} matches {1}: {2}")
  @CsvSource({
    // 4.7.1.2, multi-level wildcard [MQTT-4.7.1-1]
    "sport/tennis/player1/#, sport/tennis/player1, true",
    "sport/tennis/player1/#, sport/tennis/player1/ranking, true",
    "sport/tennis/player1/#, sport/tennis/player1/score/wimbledon, true",
    "sport/tennis/player1/#, sport/tennis/player2, false",
    "sport/tennis/player1/#, sport/tennis/player11, false",
    "sport/#, sport, true",
    "sport/#, sport/, true",
    "sport/#, sports, false",
    "#, sport, true",
    "#, a/b/c/d, true",
    "#, /, true",
    "sport/tennis/#, sport/tennis, true",
    "sport/tennis/#, sport, false",
    // 4.7.1.3, single-level wildcard [MQTT-4.7.1-2]
    "sport/tennis/+, sport/tennis/player1, true",
    "sport/tennis/+, sport/tennis/player2, true",
    "sport/tennis/+, sport/tennis/player1/ranking, false",
    "sport/+, sport, false",
    "sport/+, sport/, true",
    "+, sport, true",
    "+, sport/tennis, false",
    "+/tennis/#, sport/tennis, true",
    "+/tennis/#, sport/tennis/player1, true",
    "+/tennis/#, sport/football/player1, false",
    "sport/+/player1, sport/tennis/player1, true",
    "sport/+/player1, sport/tennis/x/player1, false",
    "/finance, /finance, true",
    "+/+, /finance, true",
    "/+, /finance, true",
    "+, /finance, false",
    // 4.7.2, topics of the server [MQTT-4.7.2-1]
    "#, $SYS/monitor/Clients, false",
    "#, $SYS, false",
    "+/monitor/Clients, $SYS/monitor/Clients, false",
    "+/#, $SYS/monitor, false",
    "$SYS/#, $SYS/monitor/Clients, true",
    "$SYS/#, $SYS, true",
    "$SYS/monitor/+, $SYS/monitor/Clients, true",
    "$SYS/+/+, $SYS/monitor/Clients, true",
    "+/$x, a/$x, true",
    "a/#, a/$x, true",
    "a/+, a/$x, true",
    "/#, /$x, true",
    "$share/g/#, $SYS/monitor, false",
    "$share/g/+/monitor, $SYS/monitor, false",
    "$share/g/$SYS/#, $SYS/monitor, true",
    // 4.7.3, each character counts [MQTT-4.7.3-4]
    "ACCOUNTS, Accounts, false",
    "Accounts payable, Accounts payable, true",
    "/finance, finance, false",
    "a/, a, false",
    "a, a/, false",
    "a//b, a/b, false",
    "a/+/b, a//b, true",
    "a//b, a//b, true",
    "//, //, true",
    "+/+/+, //, true",
    "+/+, //, false",
    "/, /, true",
    "+/#, /, true",
    "\u00e9, e\u0301, false",
    "温度/+, 温度/室内, true",
    "😀/#, 😀/a, true",
    // 4.8.2, shared subscriptions
    "$share/g/sport/#, sport, true",
    "$share/g//finance, /finance, true",
    "$share/g//, /, true",
    "$share/g/+, sport, true",
    "$share/g/sport, $share/g/sport, false",
  })
  void bothTreesFollowTheRules(String filterText, String topicText, boolean expected) {
    TopicFilter filter = TopicFilter.of(filterText);
    TopicName topic = TopicName.of(topicText);

    TopicTree<String, Integer> subscriptions = new TopicTree<>();
    subscriptions.put(filter, "s", 1);
    RetainedTree<String> retained = new RetainedTree<>();
    retained.put(topic, "m");

    assertThat(Matches.of(subscriptions, topic)).hasSize(expected ? 1 : 0);
    assertThat(Matches.of(retained, filterText)).hasSize(expected ? 1 : 0);
    assertThat(NaiveMatcher.matches(filter, topic)).isEqualTo(expected);
  }
}
