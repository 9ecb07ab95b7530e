-- What a client asks for and how far it is: applications, identifications, documents, decisions.

CREATE TABLE applications (
  id {{text}} NOT NULL PRIMARY KEY,
  user_id {{text}} NOT NULL REFERENCES users (id),
  form {{text}} NOT NULL,
  form_version {{text}} NOT NULL,
  services {{text}} NOT NULL DEFAULT '[]',
  answers {{text}} NOT NULL,
  state {{text}} NOT NULL,
  waits_for {{text}} NOT NULL DEFAULT 'client' CHECK (waits_for IN ('client', 'bank', 'nobody')),
  waiting_since {{int}} NOT NULL,
  documents_opened {{int}} NOT NULL DEFAULT 0,
  version {{int}} NOT NULL DEFAULT 1,
  created_at {{int}} NOT NULL,
  saved_at {{int}} NOT NULL,
  submitted_at {{int}}
) {{strict}};

CREATE INDEX applications_user ON applications (user_id, created_at, id);

CREATE UNIQUE INDEX applications_draft ON applications (user_id) WHERE state = 'draft';

CREATE INDEX applications_queue ON applications (waiting_since, id) WHERE waits_for <> 'nobody';

-- Files that the form's own upload fields name, such as the copy of an identity document (NAT-11).
CREATE TABLE application_files (
  application_id {{text}} NOT NULL REFERENCES applications (id),
  file_id {{text}} NOT NULL REFERENCES files (id),
  PRIMARY KEY (application_id, file_id)
) {{strict}};

CREATE INDEX application_files_file ON application_files (file_id);

-- provider_id is what the provider calls the person, event_at the time of its newest notice.
CREATE TABLE identifications (
  id {{text}} NOT NULL PRIMARY KEY,
  application_id {{text}} NOT NULL REFERENCES applications (id),
  user_id {{text}} REFERENCES users (id),
  person {{text}} NOT NULL,
  kind {{text}} NOT NULL CHECK (kind IN ('photo', 'video', 'in-person')),
  state {{text}} NOT NULL,
  provider_id {{text}},
  comment {{text}} NOT NULL DEFAULT '',
  labels {{text}} NOT NULL DEFAULT '[]',
  event_at {{int}} NOT NULL DEFAULT 0,
  version {{int}} NOT NULL DEFAULT 1,
  created_at {{int}} NOT NULL,
  changed_at {{int}} NOT NULL
) {{strict}};

CREATE INDEX identifications_application ON identifications (application_id, created_at);

-- Notices of the identification provider that were taken, so that a repeat has no effect.
CREATE TABLE provider_notices (
  key {{text}} NOT NULL PRIMARY KEY,
  received_at {{int}} NOT NULL
) {{strict}};

CREATE INDEX provider_notices_received ON provider_notices (received_at);

-- version counts every change; revision counts what was sent, and is what people see.
CREATE TABLE documents (
  id {{text}} NOT NULL PRIMARY KEY,
  application_id {{text}} NOT NULL REFERENCES applications (id),
  user_id {{text}} NOT NULL REFERENCES users (id),
  form {{text}} NOT NULL,
  kind {{text}} NOT NULL,
  title {{text}} NOT NULL,
  position {{int}} NOT NULL,
  state {{text}} NOT NULL,
  filled {{int}} NOT NULL DEFAULT 0,
  revision {{int}} NOT NULL DEFAULT 0,
  answers {{text}},
  open_comments {{int}} NOT NULL DEFAULT 0,
  version {{int}} NOT NULL DEFAULT 1,
  created_at {{int}} NOT NULL,
  changed_at {{int}} NOT NULL
) {{strict}};

CREATE INDEX documents_user ON documents (user_id, created_at, position, id);

CREATE INDEX documents_application ON documents (application_id, position);

CREATE TABLE document_versions (
  document_id {{text}} NOT NULL REFERENCES documents (id),
  revision {{int}} NOT NULL,
  state {{text}} NOT NULL,
  made_by {{text}} NOT NULL CHECK (made_by IN ('client', 'bank')),
  answers {{text}},
  at {{int}} NOT NULL,
  PRIMARY KEY (document_id, revision)
) {{strict}};

-- Revision 0 is the working copy.
CREATE TABLE document_files (
  document_id {{text}} NOT NULL REFERENCES documents (id),
  revision {{int}} NOT NULL,
  position {{int}} NOT NULL,
  file_id {{text}} NOT NULL REFERENCES files (id),
  PRIMARY KEY (document_id, revision, position)
) {{strict}};

CREATE INDEX document_files_file ON document_files (file_id);

CREATE TABLE document_comments (
  document_id {{text}} NOT NULL REFERENCES documents (id),
  revision {{int}} NOT NULL,
  position {{int}} NOT NULL,
  field {{text}} NOT NULL DEFAULT '',
  comment {{text}} NOT NULL,
  author_id {{text}} NOT NULL REFERENCES users (id),
  at {{int}} NOT NULL,
  PRIMARY KEY (document_id, revision, position)
) {{strict}};

CREATE TABLE decisions (
  application_id {{text}} NOT NULL REFERENCES applications (id),
  service {{text}} NOT NULL,
  outcome {{text}} NOT NULL CHECK (outcome IN ('positive', 'negative')),
  decided_by {{text}} NOT NULL REFERENCES users (id),
  decided_at {{int}} NOT NULL,
  PRIMARY KEY (application_id, service)
) {{strict}};
