package io.noctule.device.description;

import java.util.List;
import java.util.Optional;

/** What came of a {@link ConfigurationPatch}. */
public sealed interface PatchResult {
  /** What the sender calls the change, to know the answer by; empty where it has no name. */
  Optional<String> changeId();

  /**
   * The whole patch was applied.
   *
   * @param configuration in force from now on; the one before, where the patch changes nothing
   */
  record Applied(DeviceConfiguration configuration, Optional<String> changeId)
      implements PatchResult {}

  /**
   * Nothing of the patch was applied.
   *
   * @param reasons why, each beginning with the key as the sender wrote it; at least one
   */
  record Refused(List<String> reasons, Optional<String> changeId) implements PatchResult {
    /** Takes a copy of the reasons. */
    public Refused {
      reasons = List.copyOf(reasons);
    }
  }
}
