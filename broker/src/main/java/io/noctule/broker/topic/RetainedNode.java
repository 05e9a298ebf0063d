package io.noctule.broker.topic;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The value of a topic name, and the nodes of longer names.
 *
 * <p>The value goes from null to something, and back to null, only under the tree's lock; from one
 * value to another without it. So a node whose value is not null is never being dropped.
 */
final class RetainedNode<M> extends TopicNode<RetainedNode<M>> {
  final AtomicReference<@Nullable M> message = new AtomicReference<>();

  RetainedNode(Level level) {
    super(level);
  }

  @Override
  boolean isEmpty() {
    return message.get() == null && !hasChildren();
  }
}
