-- A document of an application that has ended stays to be read; nothing more is done with it.

ALTER TABLE documents ADD COLUMN closed {{int}} NOT NULL DEFAULT 0;

UPDATE documents SET closed = 1, version = version + 1 WHERE application_id IN
  (SELECT id FROM applications WHERE state IN ('decided', 'withdrawn', 'expired'));
