/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/**
 * KabRequest:
 *
 * One call of the bank's API before it is sent. Reference counted; not changed once it is sent.
 */
typedef struct _KabRequest KabRequest;

/**
 * @path: the path with `{}` where an id belongs, such as `/v1/documents/{}/submission`
 * @...: as many ids as there are `{}`, each escaped so that it stays one segment
 *
 * Returns: (transfer full)
 */
KabRequest *kab_request_new (const char *method, const char *path, ...);
KabRequest *kab_request_ref (KabRequest *self);
void kab_request_unref (KabRequest *self);

/** Adds `name=value` to the query; nothing when @value is NULL. */
void kab_request_add_query (KabRequest *self, const char *name, const char *value);

/** @body: (transfer full): what is sent as JSON; the bytes sent are wiped from memory after. */
void kab_request_take_body (KabRequest *self, JsonObject *body);

/**
 * Makes a create safe to repeat (RFC draft Idempotency-Key). Make the key with
 * kab_idempotency_key_new() when the form opens, keep it until success.
 */
void kab_request_set_idempotency_key (KabRequest *self, const char *key);

/** Only when the object still has @version, else KAB_API_ERROR_CONFLICT. */
void kab_request_set_if_match (KabRequest *self, gint64 version);

/**
 * A step that is taken once: a POST to @path, in which `{}` stands for @id, with @key, and only
 * when the object still has the @version that was seen. Returns: (transfer full)
 */
KabRequest *
kab_request_new_step (const char *path, const char *id, gint64 version, const char *key);

/** Another token than the session's, such as that of a registration. */
void kab_request_set_token (KabRequest *self, const char *token);

/**
 * The answer isn't JSON but bytes of @media_type, such as `application/pdf`, or of any type when
 * NULL.
 */
void kab_request_expect_bytes (KabRequest *self, const char *media_type);

/** A fresh key: 128 random bits in hexadecimal digits. Returns: (transfer full) */
char *kab_idempotency_key_new (void);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KabRequest, kab_request_unref)

G_END_DECLS
