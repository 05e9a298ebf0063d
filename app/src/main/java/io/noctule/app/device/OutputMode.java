package io.noctule.app.device;

/** What the command prints. */
enum OutputMode {
  /** Lines for people. */
  TEXT,
  /** One JSON object per event. */
  JSON,
  /** Errors only. */
  QUIET
}
