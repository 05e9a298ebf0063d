package io.noctule.broker.routing;

import io.noctule.broker.loop.BrokerLoop;
import io.noctule.broker.message.FrameCache;
import io.noctule.broker.message.Publication;

/**
 * The recipients of a topic that one loop owns: a publication goes to all of them by one command.
 */
final class LoopRecipients {
  private final BrokerLoop loop;
  private final FrameCache frames;
  private final Recipient[] recipients;
  private final boolean ignorePublisher;

  LoopRecipients(BrokerLoop loop, FrameCache frames, Recipient[] recipients) {
    this.loop = loop;
    this.frames = frames;
    this.recipients = recipients;
    boolean ignore = true;
    for (Recipient recipient : recipients) {
      ignore &= recipient.ignoresPublisher();
    }
    this.ignorePublisher = ignore;
  }

  BrokerLoop loop() {
    return loop;
  }

  /** On {@link #loop()}. */
  void deliver(Publication publication) {
    if (recipients.length == 1) {
      deliver(publication, recipients[0]);
      return;
    }
    frames.begin(publication);
    try {
      for (Recipient recipient : recipients) {
        deliver(publication, recipient);
      }
    } finally {
      frames.end();
    }
  }

  private void deliver(Publication publication, Recipient recipient) {
    Subscriber subscriber = recipient.subscriber();
    Grant grant =
        ignorePublisher || !subscriber.clientId().equals(publication.publisher())
            ? recipient.grant()
            : recipient.ownGrant();
    if (grant != null) {
      subscriber.deliver(publication, grant);
    }
  }
}
