-- Who may use the bank: registrations, codes, users, sessions. Times are microseconds of UTC since 1970.

-- email_key is what addresses are compared by. A temporary password (RCV-6) stands beside the last
-- one until that is changed, because the new one has to differ from it.
CREATE TABLE users (
  id {{text}} NOT NULL PRIMARY KEY,
  role {{text}} NOT NULL CHECK (role IN ('client', 'staff')),
  client_type {{text}} CHECK (client_type IN ('natural', 'legal')),
  email {{text}},
  email_key {{text}} UNIQUE,
  phone {{text}} UNIQUE,
  name {{text}} NOT NULL DEFAULT '',
  password_hash {{text}} NOT NULL,
  temporary_hash {{blob}},
  temporary_expires_at {{int}} NOT NULL DEFAULT 0,
  temporary_used {{int}} NOT NULL DEFAULT 0,
  language {{text}} NOT NULL,
  citizenships {{text}} NOT NULL DEFAULT '[]',
  notices {{text}} NOT NULL DEFAULT '{}',
  version {{int}} NOT NULL DEFAULT 1,
  created_at {{int}} NOT NULL
) {{strict}};

-- A finished one stays a while without its password, so that a repeated confirmation finds its answer.
CREATE TABLE registrations (
  id {{text}} NOT NULL PRIMARY KEY,
  token_hash {{blob}} NOT NULL UNIQUE,
  client_type {{text}} NOT NULL,
  citizenships {{text}} NOT NULL,
  consents {{text}} NOT NULL,
  email {{text}} NOT NULL,
  phone {{text}} NOT NULL,
  password_hash {{text}} NOT NULL,
  language {{text}} NOT NULL,
  version {{int}} NOT NULL DEFAULT 1,
  created_at {{int}} NOT NULL,
  expires_at {{int}} NOT NULL,
  finished_at {{int}}
) {{strict}};

CREATE INDEX registrations_expiry ON registrations (expires_at);

-- One code a purpose, subject and channel. window_start and sent count the codes of the hour;
-- target_key is what targets are compared by.
CREATE TABLE codes (
  purpose {{text}} NOT NULL,
  subject {{text}} NOT NULL,
  channel {{text}} NOT NULL CHECK (channel IN ('email', 'phone')),
  target {{text}} NOT NULL,
  target_key {{text}} NOT NULL,
  code_hash {{blob}} NOT NULL,
  tries {{int}} NOT NULL DEFAULT 0,
  sent {{int}} NOT NULL DEFAULT 1,
  window_start {{int}} NOT NULL,
  sent_at {{int}} NOT NULL,
  expires_at {{int}} NOT NULL,
  confirmed_at {{int}},
  PRIMARY KEY (purpose, subject, channel)
) {{strict}};

CREATE INDEX codes_target ON codes (purpose, target_key);

CREATE INDEX codes_sent ON codes (sent_at);

-- Networks that a user has signed in from, as keyed hashes: who comes from one of them is not locked
-- out by somebody else's wrong passwords.
CREATE TABLE known_networks (
  user_id {{text}} NOT NULL REFERENCES users (id),
  network_hash {{blob}} NOT NULL,
  last_used_at {{int}} NOT NULL,
  PRIMARY KEY (user_id, network_hash)
) {{strict}};

CREATE TABLE consents (
  user_id {{text}} NOT NULL REFERENCES users (id),
  document {{text}} NOT NULL,
  version {{text}} NOT NULL,
  accepted_at {{int}} NOT NULL,
  PRIMARY KEY (user_id, document, version)
) {{strict}};

CREATE TABLE sessions (
  id {{text}} NOT NULL PRIMARY KEY,
  token_hash {{blob}} NOT NULL UNIQUE,
  user_id {{text}} NOT NULL REFERENCES users (id),
  device {{text}} NOT NULL DEFAULT '',
  must_change_password {{int}} NOT NULL DEFAULT 0,
  created_at {{int}} NOT NULL,
  last_used_at {{int}} NOT NULL,
  expires_at {{int}} NOT NULL
) {{strict}};

CREATE INDEX sessions_user ON sessions (user_id);

CREATE INDEX sessions_expiry ON sessions (expires_at);

-- user_id is NULL when the address is nobody's: the answers are the same.
CREATE TABLE recoveries (
  id {{text}} NOT NULL PRIMARY KEY,
  user_id {{text}} REFERENCES users (id),
  channel {{text}} NOT NULL,
  target {{text}} NOT NULL,
  language {{text}} NOT NULL,
  used_at {{int}},
  created_at {{int}} NOT NULL,
  expires_at {{int}} NOT NULL
) {{strict}};

CREATE INDEX recoveries_expiry ON recoveries (expires_at);

CREATE TABLE address_changes (
  id {{text}} NOT NULL PRIMARY KEY,
  user_id {{text}} NOT NULL REFERENCES users (id),
  channel {{text}} NOT NULL,
  address {{text}} NOT NULL,
  used_at {{int}},
  created_at {{int}} NOT NULL,
  expires_at {{int}} NOT NULL
) {{strict}};

CREATE INDEX address_changes_expiry ON address_changes (expires_at);
