-- Every code that went to an address, also those of a registration that goes on with another one: how
-- many an address gets doesn't depend on where the registration has gone since.

CREATE TABLE code_sendings (
  purpose {{text}} NOT NULL,
  target_key {{text}} NOT NULL,
  sent_at {{int}} NOT NULL
) {{strict}};

CREATE INDEX code_sendings_target ON code_sendings (purpose, target_key, sent_at);

CREATE INDEX code_sendings_sent ON code_sendings (sent_at);

INSERT INTO code_sendings (purpose, target_key, sent_at)
  SELECT purpose, target_key, sent_at FROM codes;

DROP INDEX codes_target;
