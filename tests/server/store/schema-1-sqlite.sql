PRAGMA foreign_keys=OFF;
BEGIN TRANSACTION;
CREATE TABLE schema_migrations (version BIGINT NOT NULL PRIMARY KEY, name TEXT NOT NULL, applied_at BIGINT NOT NULL);
INSERT INTO schema_migrations VALUES(1,'0001-foundation.sql',1740787200000000);
CREATE TABLE outbox (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  kind TEXT NOT NULL,
  payload TEXT NOT NULL,
  dedupe_key TEXT UNIQUE,
  order_key TEXT,
  attempts INTEGER NOT NULL DEFAULT 0,
  next_attempt_at INTEGER NOT NULL,
  lease_until INTEGER NOT NULL DEFAULT 0,
  state TEXT NOT NULL DEFAULT 'pending' CHECK (state IN ('pending', 'done', 'failed')),
  last_error TEXT,
  created_at INTEGER NOT NULL,
  finished_at INTEGER
) STRICT;
INSERT INTO outbox VALUES(1,'mail','{"to":1}','m1',NULL,0,1740787200000000,0,'pending',NULL,1740787200000000,NULL);
CREATE TABLE history (
  sequence INTEGER NOT NULL PRIMARY KEY,
  at INTEGER NOT NULL,
  actor_kind TEXT NOT NULL,
  actor_id TEXT,
  subject_id TEXT,
  action TEXT NOT NULL,
  object_kind TEXT NOT NULL,
  object_id TEXT,
  version INTEGER,
  detail TEXT,
  previous_hash BLOB NOT NULL,
  hash BLOB NOT NULL
) STRICT;
INSERT INTO history VALUES(1,1740787200000000,'client','anna','anna','document.submitted','document','d1',1,'{"name":"Līgums"}',X'0000000000000000000000000000000000000000000000000000000000000000',X'32399efbede00498648bfab908b7eb67add9880a80d14eeaca10c4c4adea07e7');
INSERT INTO history VALUES(2,1740787200000000,'system',NULL,NULL,'document.checked','document','d1',0,NULL,X'32399efbede00498648bfab908b7eb67add9880a80d14eeaca10c4c4adea07e7',X'fbce08c3d6c4f7480e0c7910f9a7452374ed4de8265a9192544599e9d998b7be');
CREATE TABLE history_head (
  id INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
  sequence INTEGER NOT NULL,
  hash BLOB NOT NULL
) STRICT;
INSERT INTO history_head VALUES(1,2,X'fbce08c3d6c4f7480e0c7910f9a7452374ed4de8265a9192544599e9d998b7be');
CREATE TABLE idempotency (
  scope TEXT NOT NULL,
  key TEXT NOT NULL,
  fingerprint TEXT NOT NULL,
  status INTEGER NOT NULL DEFAULT 0,
  headers TEXT,
  body BLOB,
  created_at INTEGER NOT NULL,
  PRIMARY KEY (scope, key)
) STRICT;
INSERT INTO idempotency VALUES('anna','k1','f1',201,'ETag: 1',X'6f6b',1740787200000000);
CREATE TABLE events (
  sequence INTEGER PRIMARY KEY AUTOINCREMENT,
  audience TEXT NOT NULL,
  type TEXT NOT NULL,
  object_kind TEXT NOT NULL,
  object_id TEXT NOT NULL,
  payload TEXT,
  created_at INTEGER NOT NULL
) STRICT;
INSERT INTO events VALUES(1,'anna','document.changed','document','d1','{}',1740787200000000);
CREATE TABLE events_floor (
  id INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
  sequence INTEGER NOT NULL
) STRICT;
INSERT INTO events_floor VALUES(1,0);
CREATE TABLE files (
  id TEXT NOT NULL PRIMARY KEY,
  owner_id TEXT,
  name TEXT,
  media_type TEXT,
  length INTEGER,
  received INTEGER NOT NULL DEFAULT 0,
  state TEXT NOT NULL DEFAULT 'receiving' CHECK (state IN ('receiving', 'complete')),
  digest_state BLOB,
  sha256 BLOB,
  created_at INTEGER NOT NULL,
  expires_at INTEGER,
  CHECK (received >= 0 AND (length IS NULL OR received <= length))
) STRICT;
INSERT INTO files VALUES('4cfcce8f5636785f108768711750b2d6','anna','Līgums.pdf','application/pdf',5,5,'complete',NULL,X'2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824',1740787200000000,NULL);
CREATE TABLE file_chunks (
  file_id TEXT NOT NULL REFERENCES files (id) ON DELETE CASCADE,
  start INTEGER NOT NULL,
  data BLOB NOT NULL,
  PRIMARY KEY (file_id, start)
) STRICT;
INSERT INTO file_chunks VALUES('4cfcce8f5636785f108768711750b2d6',0,X'68656c6c6f');
DELETE FROM sqlite_sequence;
INSERT INTO sqlite_sequence VALUES('outbox',1);
INSERT INTO sqlite_sequence VALUES('events',1);
CREATE TRIGGER history_is_never_updated BEFORE UPDATE ON history BEGIN
  SELECT RAISE (ABORT, 'the history is append-only');
END;
CREATE TRIGGER history_is_never_deleted BEFORE DELETE ON history BEGIN
  SELECT RAISE (ABORT, 'the history is append-only');
END;
CREATE INDEX outbox_due ON outbox (next_attempt_at) WHERE state = 'pending';
CREATE INDEX outbox_order ON outbox (order_key, id) WHERE state = 'pending';
CREATE INDEX outbox_finished ON outbox (finished_at) WHERE state <> 'pending';
CREATE INDEX history_object ON history (object_kind, object_id, sequence);
CREATE INDEX history_subject ON history (subject_id, sequence);
CREATE INDEX idempotency_created ON idempotency (created_at);
CREATE INDEX events_audience ON events (audience, sequence);
CREATE INDEX events_created ON events (created_at);
CREATE INDEX files_owner ON files (owner_id);
CREATE INDEX files_expiry ON files (expires_at);
COMMIT;
PRAGMA application_id = 1264673329;
PRAGMA user_version = 1;
