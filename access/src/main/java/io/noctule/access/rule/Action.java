package io.noctule.access.rule;

/** What a client wants to do with topics. */
public enum Action {
  /** Send messages to them, the will included. */
  PUBLISH,
  /** Get messages from them. */
  SUBSCRIBE
}
