package io.noctule.broker.transport;

/** Whether clients show a certificate of their own. */
public enum ClientCertificates {
  /** They are not asked for one. */
  NONE,
  /** Those that have one show it; the others come in without. */
  OPTIONAL,
  /** Nobody comes in without one. */
  REQUIRED
}
