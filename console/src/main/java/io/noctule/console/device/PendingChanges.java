package io.noctule.console.device;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Changes of configurations that somebody waits for the answer to, by their identifier. Any thread.
 * As many as there are requests that wait, so that their bound is also this one's.
 */
final class PendingChanges {
  private record Pending(String device, CompletableFuture<Twin> answer) {}

  private final Map<String, Pending> byId = new ConcurrentHashMap<>();

  /**
   * Begins to wait.
   *
   * @return completed on the feed's thread with the first twin of that device that answers it
   */
  CompletableFuture<Twin> await(String device, String changeId) {
    var answer = new CompletableFuture<Twin>();
    byId.put(changeId, new Pending(device, answer));
    return answer;
  }

  /** Waits no longer. */
  void forget(String changeId) {
    byId.remove(changeId);
  }

  void answered(String device, Twin twin) {
    twin.change()
        .map(change -> byId.get(change.id()))
        .filter(pending -> pending.device().equals(device))
        .ifPresent(pending -> pending.answer().complete(twin));
  }
}
