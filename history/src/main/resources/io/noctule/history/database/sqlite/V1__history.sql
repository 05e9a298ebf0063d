-- Times are microseconds since 1970-01-01T00:00:00Z.

CREATE TABLE devices (
  id           INTEGER PRIMARY KEY,
  name         TEXT    NOT NULL UNIQUE,
  first_micros INTEGER NOT NULL  -- when the first message of it arrived
);

CREATE TABLE series (
  id        INTEGER PRIMARY KEY,
  device_id INTEGER NOT NULL REFERENCES devices (id),
  name      TEXT    NOT NULL,
  UNIQUE (device_id, name)
);

-- The rows of a series lie side by side in order of time: the table is its own index.
CREATE TABLE readings (
  series_id   INTEGER NOT NULL REFERENCES series (id),
  time_micros INTEGER NOT NULL,
  value       REAL    NOT NULL,
  PRIMARY KEY (series_id, time_micros)
) WITHOUT ROWID;

CREATE TABLE messages (
  id              INTEGER PRIMARY KEY,
  device_id       INTEGER NOT NULL REFERENCES devices (id),
  time_micros     INTEGER NOT NULL,  -- as the message says, else when it arrived
  received_micros INTEGER NOT NULL,
  topic           TEXT    NOT NULL,
  payload_size    INTEGER NOT NULL,  -- bytes
  payload_text    TEXT,              -- where it is text
  payload_bytes   BLOB               -- where it is not
);
CREATE INDEX messages_by_device_and_time ON messages (device_id, time_micros);

-- Who records here, and the last message that each committed by packet identifier: a message that the broker delivers
-- again, since it did not learn of the commit, is known by them.
CREATE TABLE recorders (
  id         INTEGER PRIMARY KEY,
  client_id  TEXT    NOT NULL UNIQUE,
  last_batch INTEGER NOT NULL  -- counts its transactions: tells whether one whose end it did not hear of was committed
);

CREATE TABLE received (
  recorder_id INTEGER NOT NULL REFERENCES recorders (id),
  packet_id   INTEGER NOT NULL,
  digest      BLOB    NOT NULL,
  PRIMARY KEY (recorder_id, packet_id)
) WITHOUT ROWID;

-- How many rows there are: counting them takes seconds where there are many.
CREATE TABLE totals (
  id       INTEGER PRIMARY KEY CHECK (id = 1),
  readings INTEGER NOT NULL,
  messages INTEGER NOT NULL
);
INSERT INTO totals (id, readings, messages) VALUES (1, 0, 0);
