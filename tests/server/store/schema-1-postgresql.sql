
SET statement_timeout = 0;
SET lock_timeout = 0;
SET idle_in_transaction_session_timeout = 0;
SET transaction_timeout = 0;
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SELECT pg_catalog.set_config('search_path', '', false);
SET check_function_bodies = false;
SET xmloption = content;
SET client_min_messages = warning;
SET row_security = off;

CREATE FUNCTION public.refuse_history_change() RETURNS trigger
    LANGUAGE plpgsql
    AS $$BEGIN RAISE EXCEPTION 'the history is append-only'; END$$;

SET default_tablespace = '';

SET default_table_access_method = heap;

CREATE TABLE public.events (
    sequence bigint NOT NULL,
    audience text NOT NULL COLLATE pg_catalog."C",
    type text NOT NULL COLLATE pg_catalog."C",
    object_kind text NOT NULL COLLATE pg_catalog."C",
    object_id text NOT NULL COLLATE pg_catalog."C",
    payload text COLLATE pg_catalog."C",
    created_at bigint NOT NULL
);

CREATE TABLE public.events_floor (
    id bigint NOT NULL,
    sequence bigint NOT NULL,
    CONSTRAINT events_floor_id_check CHECK ((id = 1))
);

ALTER TABLE public.events ALTER COLUMN sequence ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.events_sequence_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.file_chunks (
    file_id text NOT NULL COLLATE pg_catalog."C",
    start bigint NOT NULL,
    data bytea NOT NULL
);

CREATE TABLE public.files (
    id text NOT NULL COLLATE pg_catalog."C",
    owner_id text COLLATE pg_catalog."C",
    name text COLLATE pg_catalog."C",
    media_type text COLLATE pg_catalog."C",
    length bigint,
    received bigint DEFAULT 0 NOT NULL,
    state text DEFAULT 'receiving'::text NOT NULL COLLATE pg_catalog."C",
    digest_state bytea,
    sha256 bytea,
    created_at bigint NOT NULL,
    expires_at bigint,
    CONSTRAINT files_check CHECK (((received >= 0) AND ((length IS NULL) OR (received <= length)))),
    CONSTRAINT files_state_check CHECK ((state = ANY (ARRAY['receiving'::text, 'complete'::text])))
);

CREATE TABLE public.history (
    sequence bigint NOT NULL,
    at bigint NOT NULL,
    actor_kind text NOT NULL COLLATE pg_catalog."C",
    actor_id text COLLATE pg_catalog."C",
    subject_id text COLLATE pg_catalog."C",
    action text NOT NULL COLLATE pg_catalog."C",
    object_kind text NOT NULL COLLATE pg_catalog."C",
    object_id text COLLATE pg_catalog."C",
    version bigint,
    detail text COLLATE pg_catalog."C",
    previous_hash bytea NOT NULL,
    hash bytea NOT NULL
);

CREATE TABLE public.history_head (
    id bigint NOT NULL,
    sequence bigint NOT NULL,
    hash bytea NOT NULL,
    CONSTRAINT history_head_id_check CHECK ((id = 1))
);

CREATE TABLE public.idempotency (
    scope text NOT NULL COLLATE pg_catalog."C",
    key text NOT NULL COLLATE pg_catalog."C",
    fingerprint text NOT NULL COLLATE pg_catalog."C",
    status bigint DEFAULT 0 NOT NULL,
    headers text COLLATE pg_catalog."C",
    body bytea,
    created_at bigint NOT NULL
);

CREATE TABLE public.outbox (
    id bigint NOT NULL,
    kind text NOT NULL COLLATE pg_catalog."C",
    payload text NOT NULL COLLATE pg_catalog."C",
    dedupe_key text COLLATE pg_catalog."C",
    order_key text COLLATE pg_catalog."C",
    attempts bigint DEFAULT 0 NOT NULL,
    next_attempt_at bigint NOT NULL,
    lease_until bigint DEFAULT 0 NOT NULL,
    state text DEFAULT 'pending'::text NOT NULL COLLATE pg_catalog."C",
    last_error text COLLATE pg_catalog."C",
    created_at bigint NOT NULL,
    finished_at bigint,
    CONSTRAINT outbox_state_check CHECK ((state = ANY (ARRAY['pending'::text, 'done'::text, 'failed'::text])))
);

ALTER TABLE public.outbox ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.outbox_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.schema_migrations (
    version bigint NOT NULL,
    name text NOT NULL,
    applied_at bigint NOT NULL
);

INSERT INTO public.events OVERRIDING SYSTEM VALUE VALUES (1, 'anna', 'document.changed', 'document', 'd1', '{}', 1740787200000000);

INSERT INTO public.events_floor VALUES (1, 0);

INSERT INTO public.file_chunks VALUES ('7950ef7451799a9de14dbc2ef85fa6f0', 0, '\x68656c6c6f');

INSERT INTO public.files VALUES ('7950ef7451799a9de14dbc2ef85fa6f0', 'anna', 'Līgums.pdf', 'application/pdf', 5, 5, 'complete', NULL, '\x2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824', 1740787200000000, NULL);

INSERT INTO public.history VALUES (1, 1740787200000000, 'client', 'anna', 'anna', 'document.submitted', 'document', 'd1', 1, '{"name":"Līgums"}', '\x0000000000000000000000000000000000000000000000000000000000000000', '\x32399efbede00498648bfab908b7eb67add9880a80d14eeaca10c4c4adea07e7');
INSERT INTO public.history VALUES (2, 1740787200000000, 'system', NULL, NULL, 'document.checked', 'document', 'd1', 0, NULL, '\x32399efbede00498648bfab908b7eb67add9880a80d14eeaca10c4c4adea07e7', '\xfbce08c3d6c4f7480e0c7910f9a7452374ed4de8265a9192544599e9d998b7be');

INSERT INTO public.history_head VALUES (1, 2, '\xfbce08c3d6c4f7480e0c7910f9a7452374ed4de8265a9192544599e9d998b7be');

INSERT INTO public.idempotency VALUES ('anna', 'k1', 'f1', 201, 'ETag: 1', '\x6f6b', 1740787200000000);

INSERT INTO public.outbox OVERRIDING SYSTEM VALUE VALUES (1, 'mail', '{"to":1}', 'm1', NULL, 0, 1740787200000000, 0, 'pending', NULL, 1740787200000000, NULL);

INSERT INTO public.schema_migrations VALUES (1, '0001-foundation.sql', 1740787200000000);

SELECT pg_catalog.setval('public.events_sequence_seq', 1, true);

SELECT pg_catalog.setval('public.outbox_id_seq', 1, true);

ALTER TABLE ONLY public.events_floor
    ADD CONSTRAINT events_floor_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.events
    ADD CONSTRAINT events_pkey PRIMARY KEY (sequence);

ALTER TABLE ONLY public.file_chunks
    ADD CONSTRAINT file_chunks_pkey PRIMARY KEY (file_id, start);

ALTER TABLE ONLY public.files
    ADD CONSTRAINT files_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.history_head
    ADD CONSTRAINT history_head_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.history
    ADD CONSTRAINT history_pkey PRIMARY KEY (sequence);

ALTER TABLE ONLY public.idempotency
    ADD CONSTRAINT idempotency_pkey PRIMARY KEY (scope, key);

ALTER TABLE ONLY public.outbox
    ADD CONSTRAINT outbox_dedupe_key_key UNIQUE (dedupe_key);

ALTER TABLE ONLY public.outbox
    ADD CONSTRAINT outbox_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.schema_migrations
    ADD CONSTRAINT schema_migrations_pkey PRIMARY KEY (version);

CREATE INDEX events_audience ON public.events USING btree (audience, sequence);

CREATE INDEX events_created ON public.events USING btree (created_at);

CREATE INDEX files_expiry ON public.files USING btree (expires_at);

CREATE INDEX files_owner ON public.files USING btree (owner_id);

CREATE INDEX history_object ON public.history USING btree (object_kind, object_id, sequence);

CREATE INDEX history_subject ON public.history USING btree (subject_id, sequence);

CREATE INDEX idempotency_created ON public.idempotency USING btree (created_at);

CREATE INDEX outbox_due ON public.outbox USING btree (next_attempt_at) WHERE (state = 'pending'::text);

CREATE INDEX outbox_finished ON public.outbox USING btree (finished_at) WHERE (state <> 'pending'::text);

CREATE INDEX outbox_order ON public.outbox USING btree (order_key, id) WHERE (state = 'pending'::text);

CREATE TRIGGER history_is_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON public.history FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_history_change();

ALTER TABLE ONLY public.file_chunks
    ADD CONSTRAINT file_chunks_file_id_fkey FOREIGN KEY (file_id) REFERENCES public.files(id) ON DELETE CASCADE;

