package io.noctule.access.rule;

/** Who may come without a user name. */
public enum Anonymous {
  /** Nobody. */
  NONE,
  /** Clients on this machine, in the group {@code local}. */
  LOCAL,
  /** Everybody; clients on other machines are in the group {@code anonymous}. */
  ALL
}
