package io.noctule.access.login;

/** What checking a user name and password came to. */
public enum Verdict {
  /** They belong together, and the user is enabled. */
  RIGHT,
  /**
   * Unknown user, wrong password, or a user that is disabled: which of them is nobody's business.
   */
  WRONG,
  /** Not looked at: too many wrong passwords came from this address. */
  TOO_MANY_WRONG,
  /** Not looked at: too many passwords wait to be checked. */
  BUSY
}
