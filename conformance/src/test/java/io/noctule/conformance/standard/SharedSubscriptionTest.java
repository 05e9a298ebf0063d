package io.noctule.conformance.standard;

import static org.assertj.core.api.Assertions.assertThat;

import io.noctule.conformance.wire.Connect;
import io.noctule.conformance.wire.Packet;
import io.noctule.conformance.wire.Peer;
import io.noctule.conformance.wire.Publish;
import io.noctule.conformance.wire.Version;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SharedSubscriptionTest extends BrokerConversation {

  private String shared(String group) {
    return "$share/" + group + "/" + topic("jobs");
  }

  private Peer worker(Version version, String name, String group) {
    Peer worker = connect(version, name);
    assertThat(worker.subscribe(shared(group), 1)).isEqualTo(1);
    worker.subscribe(topic("end"), 0);
    return worker;
  }

  private void publishJobs(Peer publisher, int count) {
    for (int i = 1; i <= count; i++) {
      publisher.publish(Publish.of(topic("jobs"), "job " + i).qos(1, i));
    }
    publisher.publish(Publish.of(topic("end"), "end"));
  }

  private static List<String> untilEnd(Peer worker) {
    List<String> payloads = new ArrayList<>();
    for (String next = worker.receive().payload();
        !next.equals("end");
        next = worker.receive().payload()) {
      payloads.add(next);
    }
    return payloads;
  }

  private static List<String> jobs(int first, int last) {
    return IntStream.rangeClosed(first, last).mapToObj(i -> "job " + i).toList();
  }

  @EachVersion
  void eachMessageGoesToOneMemberAndEachMemberHasItsShare(Version version) {
    List<Peer> workers = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      workers.add(worker(version, "worker" + i, "group"));
    }

    publishJobs(connect(version, "publisher"), 100);

    List<String> all = new ArrayList<>();
    for (Peer worker : workers) {
      List<String> share = untilEnd(worker);
      assertThat(share).hasSizeBetween(10, 30);
      all.addAll(share);
    }
    assertThat(all).containsExactlyInAnyOrderElementsOf(jobs(1, 100));
  }

  @Test
  void groupsAndOrdinarySubscribersEachHaveEverything() {
    Peer one = worker(Version.V5, "one", "first");
    Peer other = worker(Version.V5, "other", "second");
    Peer ordinary = connect(Version.V5, "ordinary");
    ordinary.subscribe(topic("#"), 1);

    publishJobs(connect(Version.V5, "publisher"), 10);

    for (Peer peer : List.of(one, other, ordinary)) {
      assertThat(untilEnd(peer)).containsExactlyElementsOf(jobs(1, 10));
    }
  }

  @Test
  void aMemberThatLeavesGetsNothingMore() {
    Peer staying = worker(Version.V5, "staying", "group");
    Peer leaving = worker(Version.V5, "leaving", "group");
    Peer unsubscribing = worker(Version.V5, "unsubscribing", "group");

    leaving.disconnect();
    assertThat(unsubscribing.unsubscribe(shared("group"))).isZero();
    publishJobs(connect(Version.V5, "publisher"), 20);

    assertThat(untilEnd(staying)).containsExactlyElementsOf(jobs(1, 20));
    assertThat(untilEnd(unsubscribing)).isEmpty();
  }

  @Test
  @Normative("MQTT-4.8.2-4")
  void whileAMemberIsAwayTheOthersDoItsWork() {
    Peer staying = worker(Version.V5, "staying", "group");
    Connect kept = Connect.as(clientId("away")).persistent();
    Peer away = connect(Version.V5, kept);
    away.subscribe(shared("group"), 1);
    away.disconnect();

    publishJobs(connect(Version.V5, "publisher"), 20);

    assertThat(untilEnd(staying)).containsExactlyElementsOf(jobs(1, 20));
    connect(Version.V5, kept).expectNothingBeforePong();
  }

  @Test
  void aGroupWhoseMembersAreAllAwayKeepsTheMessages() {
    Connect kept = Connect.as(clientId("away")).persistent();
    Peer away = connect(Version.V5, kept);
    away.subscribe(shared("group"), 1);
    away.disconnect();

    publishJobs(connect(Version.V5, "publisher"), 20);

    Peer back = connect(Version.V5, kept);
    for (String job : jobs(1, 20)) {
      assertThat(back.receive().payload()).isEqualTo(job);
    }
  }

  @Test
  void noRetainedMessageIsSentToASharedSubscription() {
    Peer publisher = connect(Version.V5, "publisher");
    publisher.publish(Publish.of(topic("jobs"), "retained").qos(1, 1).retained());

    Peer worker = worker(Version.V5, "worker", "group");

    expectNothingElse(worker, publisher);
  }

  @Test
  void sharedAndOrdinarySubscriptionOfOneClientAreTwo() {
    Peer worker = worker(Version.V5, "worker", "group");
    worker.subscribe(topic("jobs"), 1);

    publishJobs(connect(Version.V5, "publisher"), 1);

    assertThat(untilEnd(worker)).containsExactly("job 1", "job 1");
  }

  @Test
  @Normative("MQTT-3.8.3-4")
  void noLocalOnASharedSubscriptionIsAProtocolError() {
    Peer peer = connect(Version.V5, "peer");

    peer.network().send(peer.subscribePacket(shared("group"), 0x04 | 1));

    peer.expectClosedFor(0x82);
  }

  @Test
  @Normative({"MQTT-4.8.2-1", "MQTT-4.8.2-2"})
  void anEmptyOrWildGroupNameIsNotTaken() {
    for (String filter :
        List.of("$share//a", "$share/a+b/a", "$share/#/a", "$share/group/", "$share/group")) {
      Peer peer = connect(Version.V5, "peer");
      peer.network().send(peer.subscribePacket(filter, 0));
      Packet answer = peer.network().next();
      boolean refused =
          answer.type() == Packet.SUBACK && (answer.body()[answer.body().length - 1] & 0x80) != 0;
      assertThat(refused || answer.type() == Packet.DISCONNECT)
          .as("%s was answered by %s", filter, answer)
          .isTrue();
      peer.close();
    }
  }
}
