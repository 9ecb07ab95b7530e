-- The conversation of a client with the bank.

CREATE TABLE messages (
  sequence {{identity}},
  id {{text}} NOT NULL UNIQUE,
  user_id {{text}} NOT NULL REFERENCES users (id),
  sender {{text}} NOT NULL CHECK (sender IN ('client', 'bank')),
  author_id {{text}} NOT NULL REFERENCES users (id),
  body {{text}} NOT NULL,
  sent_at {{int}} NOT NULL
) {{strict}};

CREATE INDEX messages_user ON messages (user_id, sequence);

CREATE TABLE message_files (
  message_id {{text}} NOT NULL REFERENCES messages (id),
  position {{int}} NOT NULL,
  file_id {{text}} NOT NULL REFERENCES files (id),
  PRIMARY KEY (message_id, position)
) {{strict}};

CREATE INDEX message_files_file ON message_files (file_id);

-- Up to which message each side has read the conversation of this client.
CREATE TABLE read_marks (
  user_id {{text}} NOT NULL REFERENCES users (id),
  side {{text}} NOT NULL CHECK (side IN ('client', 'bank')),
  up_to {{int}} NOT NULL,
  PRIMARY KEY (user_id, side)
) {{strict}};
