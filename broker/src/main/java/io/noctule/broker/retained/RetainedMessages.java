package io.noctule.broker.retained;

import io.noctule.broker.message.Publication;
import io.noctule.broker.topic.RetainedTree;
import io.noctule.protocol.topic.TopicFilter;
import io.noctule.protocol.topic.TopicName;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Retained messages in memory. Any thread.
 *
 * <p>Bounds: a number of messages and a number of bytes; what would exceed one is not kept, and the
 * caller is told. Expired messages go when they are met and by {@link #removeExpired}.
 */
public final class RetainedMessages {
  // What a level of a topic takes in the tree where no other topic shares it.
  private static final int LEVEL_BYTES = 160;

  private final RetainedTree<Publication> tree = new RetainedTree<>();
  private final AtomicLong bytes = new AtomicLong();
  private final int maximumMessages;
  private final long maximumBytes;

  /** An empty store with its bounds. */
  public RetainedMessages(int maximumMessages, long maximumBytes) {
    this.maximumMessages = maximumMessages;
    this.maximumBytes = maximumBytes;
  }

  /**
   * Replaces the message of its topic, or removes it where the payload is empty [MQTT-3.3.1-5]
   * [MQTT-3.3.1-6].
   *
   * @param publication kept
   * @return false where a limit was reached; the former message is gone all the same, since it is
   *     no longer the topic's last
   */
  public boolean put(Publication publication) {
    if (!publication.payload().isReadable()) {
      account(tree.remove(publication.topic()), null);
      return true;
    }
    Publication former = tree.get(publication.topic());
    if ((former == null && tree.size() >= maximumMessages)
        || bytes.get() - bytesOf(former) + bytesOf(publication) > maximumBytes) {
      account(tree.remove(publication.topic()), null);
      return false;
    }
    account(tree.put(publication.topic(), publication), publication);
    return true;
  }

  /** Whether a publication is still the message of its topic. */
  public boolean isCurrent(Publication publication) {
    return tree.get(publication.topic()) == publication;
  }

  /** The messages whose topics match, expired ones left out. */
  public List<Publication> match(TopicFilter filter, long nowNanos) {
    List<Publication> found = new ArrayList<>();
    tree.match(
        filter,
        publication -> {
          if (publication.isExpired(nowNanos)) {
            remove(publication);
          } else {
            found.add(publication);
          }
        });
    return found;
  }

  /** The message of a topic; null where there is none or it has expired. */
  public @Nullable Publication get(TopicName topic, long nowNanos) {
    Publication publication = tree.get(topic);
    return publication == null || publication.isExpired(nowNanos) ? null : publication;
  }

  /** Removes what has expired; linear in the number of messages, so called seldom. */
  public void removeExpired(long nowNanos) {
    tree.match(
        TopicFilter.of("#"),
        publication -> {
          if (publication.isExpired(nowNanos)) {
            remove(publication);
          }
        });
  }

  /** How many messages there are. */
  public int size() {
    return tree.size();
  }

  /** How many bytes they take in memory, estimated. */
  public long bytes() {
    return bytes.get();
  }

  private void remove(Publication publication) {
    if (tree.remove(publication.topic(), publication)) {
      account(publication, null);
    }
  }

  private void account(@Nullable Publication gone, @Nullable Publication come) {
    bytes.addAndGet(bytesOf(come) - bytesOf(gone));
  }

  private static long bytesOf(@Nullable Publication publication) {
    return publication == null
        ? 0
        : publication.memoryBytes() + (long) LEVEL_BYTES * publication.topic().levelCount();
  }
}
