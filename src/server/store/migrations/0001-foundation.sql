-- What every part of the bank stands on: outbox, history, idempotency keys, events, files.
-- Times are microseconds of UTC since 1970.

CREATE TABLE outbox (
  id {{identity}},
  kind {{text}} NOT NULL,
  payload {{text}} NOT NULL,
  dedupe_key {{text}} UNIQUE,
  order_key {{text}},
  attempts {{int}} NOT NULL DEFAULT 0,
  next_attempt_at {{int}} NOT NULL,
  lease_until {{int}} NOT NULL DEFAULT 0,
  state {{text}} NOT NULL DEFAULT 'pending' CHECK (state IN ('pending', 'done', 'failed')),
  last_error {{text}},
  created_at {{int}} NOT NULL,
  finished_at {{int}}
) {{strict}};

CREATE INDEX outbox_due ON outbox (next_attempt_at) WHERE state = 'pending';

CREATE INDEX outbox_order ON outbox (order_key, id) WHERE state = 'pending';

CREATE INDEX outbox_finished ON outbox (finished_at) WHERE state <> 'pending';

CREATE TABLE history (
  sequence {{int}} NOT NULL PRIMARY KEY,
  at {{int}} NOT NULL,
  actor_kind {{text}} NOT NULL,
  actor_id {{text}},
  subject_id {{text}},
  action {{text}} NOT NULL,
  object_kind {{text}} NOT NULL,
  object_id {{text}},
  version {{int}},
  detail {{text}},
  previous_hash {{blob}} NOT NULL,
  hash {{blob}} NOT NULL
) {{strict}};

CREATE INDEX history_object ON history (object_kind, object_id, sequence);

CREATE INDEX history_subject ON history (subject_id, sequence);

-- The last record, so that a cut end is noticed.
CREATE TABLE history_head (
  id {{int}} NOT NULL PRIMARY KEY CHECK (id = 1),
  sequence {{int}} NOT NULL,
  hash {{blob}} NOT NULL
) {{strict}};

-- sqlite
CREATE TRIGGER history_is_never_updated BEFORE UPDATE ON history BEGIN
  SELECT RAISE (ABORT, 'the history is append-only');
END;

-- sqlite
CREATE TRIGGER history_is_never_deleted BEFORE DELETE ON history BEGIN
  SELECT RAISE (ABORT, 'the history is append-only');
END;

-- postgresql
CREATE FUNCTION refuse_history_change () RETURNS trigger LANGUAGE plpgsql AS
  'BEGIN RAISE EXCEPTION ''the history is append-only''; END';

-- postgresql
CREATE TRIGGER history_is_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON history
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_history_change ();

CREATE TABLE idempotency (
  scope {{text}} NOT NULL,
  key {{text}} NOT NULL,
  fingerprint {{text}} NOT NULL,
  status {{int}} NOT NULL DEFAULT 0,
  headers {{text}},
  body {{blob}},
  created_at {{int}} NOT NULL,
  PRIMARY KEY (scope, key)
) {{strict}};

CREATE INDEX idempotency_created ON idempotency (created_at);

CREATE TABLE events (
  sequence {{identity}},
  audience {{text}} NOT NULL,
  type {{text}} NOT NULL,
  object_kind {{text}} NOT NULL,
  object_id {{text}} NOT NULL,
  payload {{text}},
  created_at {{int}} NOT NULL
) {{strict}};

CREATE INDEX events_audience ON events (audience, sequence);

CREATE INDEX events_created ON events (created_at);

-- The newest event that was pruned, so that who comes back too late is told.
CREATE TABLE events_floor (
  id {{int}} NOT NULL PRIMARY KEY CHECK (id = 1),
  sequence {{int}} NOT NULL
) {{strict}};

INSERT INTO events_floor (id, sequence) VALUES (1, 0);

-- digest_state is the SHA-256 of what has arrived so far; a file that is kept has no expires_at.
CREATE TABLE files (
  id {{text}} NOT NULL PRIMARY KEY,
  owner_id {{text}},
  name {{text}},
  media_type {{text}},
  length {{int}},
  received {{int}} NOT NULL DEFAULT 0,
  state {{text}} NOT NULL DEFAULT 'receiving' CHECK (state IN ('receiving', 'complete')),
  digest_state {{blob}},
  sha256 {{blob}},
  created_at {{int}} NOT NULL,
  expires_at {{int}},
  CHECK (received >= 0 AND (length IS NULL OR received <= length))
) {{strict}};

CREATE INDEX files_owner ON files (owner_id);

CREATE INDEX files_expiry ON files (expires_at);

CREATE TABLE file_chunks (
  file_id {{text}} NOT NULL REFERENCES files (id) ON DELETE CASCADE,
  start {{int}} NOT NULL,
  data {{blob}} NOT NULL,
  PRIMARY KEY (file_id, start)
) {{strict}};
