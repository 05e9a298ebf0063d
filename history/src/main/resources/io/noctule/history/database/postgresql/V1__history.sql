-- Times are microseconds since 1970-01-01T00:00:00Z: to_timestamp(time_micros / 1e6).

CREATE TABLE devices (
  id           INTEGER GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  name         TEXT    NOT NULL UNIQUE,
  first_micros BIGINT  NOT NULL  -- when the first message of it arrived
);

CREATE TABLE series (
  id        INTEGER GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  device_id INTEGER NOT NULL REFERENCES devices (id),
  name      TEXT    NOT NULL,
  UNIQUE (device_id, name)
);

-- No foreign key: it would be looked up for each of many rows, and series are never removed.
CREATE TABLE readings (
  series_id   INTEGER          NOT NULL,
  time_micros BIGINT           NOT NULL,
  value       DOUBLE PRECISION NOT NULL,
  PRIMARY KEY (series_id, time_micros)
);

CREATE TABLE messages (
  id              BIGINT  GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  device_id       INTEGER NOT NULL,
  time_micros     BIGINT  NOT NULL,  -- as the message says, else when it arrived
  received_micros BIGINT  NOT NULL,
  topic           TEXT    NOT NULL,
  payload_size    INTEGER NOT NULL,  -- bytes
  payload_text    TEXT,              -- where it is text
  payload_bytes   BYTEA              -- where it is not
);
CREATE INDEX messages_by_device_and_time ON messages (device_id, time_micros);

-- Who records here, and the last message that each committed by packet identifier: a message that the broker delivers
-- again, since it did not learn of the commit, is known by them.
CREATE TABLE recorders (
  id         INTEGER GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  client_id  TEXT    NOT NULL UNIQUE,
  last_batch BIGINT  NOT NULL  -- counts its transactions: tells whether one whose end it did not hear of was committed
);

CREATE TABLE received (
  recorder_id INTEGER NOT NULL REFERENCES recorders (id),
  packet_id   INTEGER NOT NULL,
  digest      BYTEA   NOT NULL,
  PRIMARY KEY (recorder_id, packet_id)
);

-- How many rows there are: counting them takes seconds where there are many.
CREATE TABLE totals (
  id       INTEGER PRIMARY KEY CHECK (id = 1),
  readings BIGINT NOT NULL,
  messages BIGINT NOT NULL
);
INSERT INTO totals (id, readings, messages) VALUES (1, 0, 0);
