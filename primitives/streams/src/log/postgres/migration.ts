import type { Migration } from '@heavylift/core'

/** The tables of `PostgresLog` and `PostgresStateStore`, for the migrations of the system that opens them. */
export const postgresLogSql: Migration['sql'] = `
CREATE TABLE log_topic (
  topic text PRIMARY KEY,
  -- The offset that the next event gets. Whoever appends holds this row, so offsets have no gaps and appear in order.
  next bigint NOT NULL DEFAULT 1,
  bytes bigint NOT NULL DEFAULT 0
);
CREATE TABLE log_event (
  topic text NOT NULL,
  log_offset bigint NOT NULL,
  id text NOT NULL,
  key text NOT NULL,
  event_time_ms double precision NOT NULL,
  schema_version integer NOT NULL,
  payload bytea NOT NULL,
  appended_at_ms bigint NOT NULL,
  PRIMARY KEY (topic, log_offset),
  UNIQUE (topic, id)
);
CREATE TABLE log_group (
  topic text NOT NULL,
  name text NOT NULL,
  -- Every event up to here was handed out at least once.
  taken bigint NOT NULL DEFAULT 0,
  PRIMARY KEY (topic, name)
);
CREATE TABLE log_delivery (
  topic text NOT NULL,
  name text NOT NULL,
  log_offset bigint NOT NULL,
  attempt integer NOT NULL,
  -- Handed out again after this moment.
  due timestamptz NOT NULL,
  PRIMARY KEY (topic, name, log_offset)
);
CREATE TABLE log_snapshot (
  name text NOT NULL,
  version integer NOT NULL,
  log_offset bigint NOT NULL,
  bytes bytea NOT NULL,
  PRIMARY KEY (name, version)
);
`
