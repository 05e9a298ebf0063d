package io.noctule.broker.topic;

import io.noctule.protocol.topic.TopicName;
import java.util.Arrays;

/**
 * One walk over the filters that a topic matches, level by level: the text is read once, each node
 * at most once. For one thread and one use.
 */
final class TopicWalk<K, V> {
  private static final int FIRST_CAPACITY = 4;

  private final LevelCursor cursor;

  /** Whether wildcards match the level that comes next: all but a first one of {@code $}. */
  private boolean wildcardsApply;

  /** The nodes, {@link #count} of them, whose filters match the levels walked so far. */
  private SubscriptionNode<K, V>[] reached = newNodes();

  private int count = 1;

  TopicWalk(SubscriptionNode<K, V> root, TopicName topic) {
    cursor = new LevelCursor(topic.text());
    wildcardsApply = !topic.startsWithDollar(); // [MQTT-4.7.2-1]
    reached[0] = root;
  }

  @SuppressWarnings({"unchecked", "rawtypes"})
  private static <K, V> SubscriptionNode<K, V>[] newNodes() {
    return new SubscriptionNode[FIRST_CAPACITY];
  }

  void forEach(TopicTree.Visitor<K, V> visitor) {
    while (count > 0 && cursor.next()) {
      visitMultiLevel(visitor);
      descend();
      wildcardsApply = true;
    }
    // `#` includes the parent level: sport/# matches sport.
    visitMultiLevel(visitor);
    for (int i = 0; i < count; i++) {
      reached[i].visit(visitor);
    }
  }

  private void visitMultiLevel(TopicTree.Visitor<K, V> visitor) {
    for (int i = 0; wildcardsApply && i < count; i++) {
      SubscriptionNode<K, V> multiLevel = reached[i].multiLevel();
      if (multiLevel != null) {
        multiLevel.visit(visitor);
      }
    }
  }

  /** Replaces each node by the one or two below it that match the cursor's level, if any. */
  private void descend() {
    int kept = 0;
    // The first one of a node takes a place already read; a second one waits behind those to read.
    int waiting = count;
    for (int i = 0; i < count; i++) {
      SubscriptionNode<K, V> node = reached[i];
      SubscriptionNode<K, V> exact = node.child(cursor);
      SubscriptionNode<K, V> single = wildcardsApply ? node.singleLevel() : null;
      if (exact != null) {
        reached[kept++] = exact;
      }
      if (exact == null && single != null) {
        reached[kept++] = single;
      } else if (single != null) {
        if (waiting == reached.length) {
          reached = Arrays.copyOf(reached, 2 * waiting);
        }
        reached[waiting++] = single;
      }
    }
    System.arraycopy(reached, count, reached, kept, waiting - count);
    count = kept + waiting - count;
  }
}
