package io.noctule.device.agent;

import io.noctule.device.Message;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;

/**
 * The changes that were applied, by their id and by what they said, so that none is applied twice:
 * neither one that the broker delivers again, nor one that it has retained and delivers at each
 * start, long after newer ones. Remembers the last 64. Owned by the agent's loop.
 */
final class AppliedChanges {
  private static final int MAX_KEYS = 128;

  private final SequencedSet<String> keys = new LinkedHashSet<>();

  /** Those of an earlier run. */
  AppliedChanges(List<String> keys) {
    keys.forEach(this::remember);
  }

  /**
   * Whether this one was applied. Without an id only a retained one is known again: whoever sends
   * the same words a second time means them.
   */
  boolean contains(Message message, Optional<String> changeId) {
    return changeId.map(id -> keys.contains(idKey(id))).orElse(false)
        || (message.retained() && keys.contains(contentKey(message)));
  }

  void add(Message message, Optional<String> changeId) {
    changeId.ifPresent(id -> remember(idKey(id)));
    remember(contentKey(message));
  }

  /** Forgets one that could not be kept after all. */
  void remove(Message message, Optional<String> changeId) {
    changeId.ifPresent(id -> keys.remove(idKey(id)));
    keys.remove(contentKey(message));
  }

  private void remember(String key) {
    keys.remove(key);
    keys.addLast(key);
    if (keys.size() > MAX_KEYS) {
      keys.removeFirst();
    }
  }

  /** For the next run. */
  List<String> toList() {
    return new ArrayList<>(keys);
  }

  private static String idKey(String id) {
    return "id " + id;
  }

  private static String contentKey(Message message) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(message.topic().getBytes(StandardCharsets.UTF_8));
      digest.update((byte) 0);
      return "sha256 " + HexFormat.of().formatHex(digest.digest(message.payload()), 0, 16);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("each Java has SHA-256", e);
    }
  }
}
