package io.noctule.broker.loop;

/** What the broker counts. Each constant's sentence is the metric's description. */
public enum Counter {
  /** Network connections accepted. */
  CONNECTIONS_OPENED,
  /** Network connections closed, for whatever reason. */
  CONNECTIONS_CLOSED,
  /** Connections closed because their TLS handshake failed. */
  TLS_HANDSHAKES_FAILED,
  /** Clients accepted with a CONNACK of success. */
  CLIENTS_ACCEPTED,
  /** Accepted clients whose connection has ended. */
  CLIENTS_GONE,
  /** CONNECT packets refused. */
  CLIENTS_REFUSED,
  /** CONNECT packets refused because of an unknown user or a wrong password. */
  CLIENTS_REFUSED_CREDENTIALS,
  /** CONNECT packets refused because too many passwords were to be checked, or too many wrong. */
  CLIENTS_REFUSED_BUSY,
  /** Clients disconnected because users or rules have changed. */
  CLIENTS_EXPELLED,
  /** Connections closed because of a malformed or forbidden packet. */
  PROTOCOL_FAULTS,
  /** Bytes read from clients. */
  BYTES_RECEIVED,
  /** Bytes handed to the network. */
  BYTES_SENT,
  /** PUBLISH packets received. */
  MESSAGES_RECEIVED,
  /** PUBLISH packets sent. */
  MESSAGES_SENT,
  /** QoS 0 messages dropped because the subscriber reads too slowly. */
  DROPPED_SLOW_SUBSCRIBER,
  /** Messages dropped because the session's queue was full. */
  DROPPED_QUEUE_FULL,
  /** Messages dropped because their expiry interval had passed. */
  DROPPED_EXPIRED,
  /** Messages not sent because they exceed the client's maximum packet size. */
  DROPPED_PACKET_TOO_LARGE,
  /** Messages dropped because the client may no longer get them. */
  DROPPED_NOT_ALLOWED,
  /** Messages and wills not accepted because the client may not publish there. */
  PUBLISH_DENIED,
  /** Subscriptions not accepted because the client may not subscribe there. */
  SUBSCRIBE_DENIED,
  /** Subscriptions ended because the rules do not allow them any more. */
  SUBSCRIPTIONS_REVOKED,
  /** Retained messages not kept because the limit was reached. */
  RETAINED_LIMIT_REACHED,
  /** Times that reading from a connection paused because another loop was behind. */
  READS_PAUSED
}
