/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "kab-api-operation.h"

#include <sodium.h>
#include <string.h>

#include "kab-api-json.h"
#include "kab-idempotency.h"
#include "kab-secrets.h"

typedef struct
{
  const KabApiContext *context;
  KabRequest *request;
  KabApiOperation operation;
  gpointer data;
  KabResponse *response;
} Run;

/* What a stored answer is kept under and read with. The client's key opens the answer, and only its
 * hash is stored, so that a copy of the database shows no token that an answer carried. */
typedef struct
{
  char *scope;
  char *stored_key;
  char *fingerprint;
  guint8 box_key[KAB_SECRETS_KEY_SIZE];
} Idempotence;

static void
idempotence_clear (Idempotence *self)
{
  g_free (self->scope);
  g_free (self->stored_key);
  g_free (self->fingerprint);
  sodium_memzero (self, sizeof *self);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Idempotence, idempotence_clear)

static void
add_part (crypto_generichash_state *state, gconstpointer data, gsize size)
{
  guint64 counted = GUINT64_TO_LE (size);

  crypto_generichash_update (state, (const guint8 *) &counted, sizeof counted);
  crypto_generichash_update (state, data, size);
}

/* Keyed with the client's key: a plain hash of a body would let its password be guessed. */
static char *
fingerprint_request (const guint8 *key, KabRequest *request)
{
  const char *parts[] = { kab_request_get_parameter (request, "id"),
                          kab_request_get_if_match (request),
                          kab_request_get_header (request, "upload-length"),
                          kab_request_get_header (request, "upload-metadata") };
  GBytes *body = kab_request_get_body (request);
  crypto_generichash_state state;
  guint8 hash[crypto_generichash_BYTES];
  char text[2 * sizeof hash + 1];

  crypto_generichash_init (&state, key, KAB_SECRETS_KEY_SIZE, sizeof hash);
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    add_part (&state, parts[i] != NULL ? parts[i] : "", parts[i] != NULL ? strlen (parts[i]) : 0);
  if (body != NULL)
    add_part (&state, g_bytes_get_data (body, NULL), g_bytes_get_size (body));
  crypto_generichash_final (&state, hash, sizeof hash);
  sodium_bin2hex (text, sizeof text, hash, sizeof hash);
  return g_strdup (text);
}

static void
idempotence_init (Idempotence *self, KabRequest *request, const KabCaller *caller)
{
  const char *key = kab_request_get_idempotency_key (request);

  self->scope = g_strdup_printf ("%s %s %s", caller->id, kab_request_get_method (request),
                                 kab_request_get_route_path (request));
  self->stored_key = g_compute_checksum_for_string (G_CHECKSUM_SHA256, key, -1);
  kab_secrets_derive_key (key, strlen (key), "answer", self->box_key);
  self->fingerprint = fingerprint_request (self->box_key, request);
}

static GBytes *
seal_body (const Idempotence *self, GBytes *plain)
{
  gsize size = 0;
  gconstpointer data = plain != NULL ? g_bytes_get_data (plain, &size) : NULL;

  return kab_secrets_seal (self->box_key, data, size);
}

static const char *const kept_headers[] = { "Content-Type", "ETag", "Location", "Upload-Expires" };

static char *
write_headers (KabResponse *response)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (kept_headers); i++)
    {
      const char *value = kab_response_get_header (response, kept_headers[i]);
      if (value != NULL)
        g_string_append_printf (text, "%s\t%s\n", kept_headers[i], value);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
read_headers (KabResponse *response, const char *text)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      char *tab = strchr (lines[i], '\t');
      if (tab == NULL)
        continue;
      *tab = '\0';
      kab_response_set_header (response, lines[i], tab + 1);
    }
}

/* The first answer again, marked as a repeat. */
static KabResponse *
repeat_answer (const Idempotence *self, const KabIdempotencyAnswer *answer, GError **error)
{
  g_autoptr (GBytes) body = kab_secrets_unseal (self->box_key, answer->body);
  KabResponse *response;

  if (body == NULL)
    {
      kab_problem_set (error, KAB_PROBLEM_INTERNAL, NULL);
      return NULL;
    }
  response =
      g_bytes_get_size (body) > 0
          ? kab_response_new_bytes (answer->status, "application/json", g_steal_pointer (&body))
          : kab_response_new_empty (answer->status);
  read_headers (response, answer->headers != NULL ? answer->headers : "");
  kab_response_set_header (response, "Idempotent-Replayed", "true");
  return response;
}

static KabResponse *
run_once (KabTransaction *tx, Run *run, const KabCaller *caller, GError **error)
{
  g_auto (Idempotence) idempotence = { 0 };
  g_autoptr (KabIdempotencyAnswer) first = NULL;
  g_autoptr (KabResponse) response = NULL;
  g_autoptr (GBytes) sealed = NULL;
  g_autofree char *headers = NULL;

  idempotence_init (&idempotence, run->request, caller);
  switch (kab_idempotency_begin (tx, idempotence.scope, idempotence.stored_key,
                                 idempotence.fingerprint, &first, error))
    {
    case KAB_IDEMPOTENCY_ANSWERED:
      return repeat_answer (&idempotence, first, error);
    case KAB_IDEMPOTENCY_MISMATCH:
      kab_problem_set (error, KAB_PROBLEM_IDEMPOTENCY_KEY_REUSED, NULL);
      return NULL;
    case KAB_IDEMPOTENCY_NEW:
      break;
    case KAB_IDEMPOTENCY_FAILED:
    default:
      return NULL;
    }
  response = run->operation (tx, caller, run->request, run->context, run->data, error);
  if (response == NULL)
    return NULL;
  sealed = seal_body (&idempotence, kab_response_get_body (response));
  headers = write_headers (response);
  if (!kab_idempotency_finish (
          tx, idempotence.scope, idempotence.stored_key,
          &(KabIdempotencyAnswer) { kab_response_get_status (response), headers, sealed }, error))
    return NULL;
  return g_steal_pointer (&response);
}

static gboolean
run_operation (KabTransaction *tx, gpointer data, GError **error)
{
  Run *run = data;
  const KabCaller *caller = kab_authenticator_get_caller (run->request);

  g_clear_object (&run->response);
  if (kab_tx_is_writable (tx) && kab_request_get_idempotency_key (run->request) != NULL)
    run->response = run_once (tx, run, caller, error);
  else
    run->response = run->operation (tx, caller, run->request, run->context, run->data, error);
  return run->response != NULL;
}

static KabResponse *
finish_read (Run *run, gboolean is_read)
{
  if (is_read)
    return run->response;
  g_clear_object (&run->response);
  return NULL;
}

/**
 * kab_api_read:
 * @data: (nullable): for @operation
 *
 * Answers a request from one reading transaction.
 */
KabResponse *
kab_api_read (const KabApiContext *context,
              KabRequest *request,
              KabApiOperation operation,
              gpointer data,
              GError **error)
{
  Run run = { context, request, operation, data, NULL };

  return finish_read (&run, kab_store_read (context->store, run_operation, &run, error));
}

/**
 * kab_api_look_up:
 * @data: (nullable): for @operation
 *
 * As kab_api_read(), for an @operation that makes one query and no more.
 */
KabResponse *
kab_api_look_up (const KabApiContext *context,
                 KabRequest *request,
                 KabApiOperation operation,
                 gpointer data,
                 GError **error)
{
  Run run = { context, request, operation, data, NULL };

  return finish_read (&run, kab_store_look_up (context->store, run_operation, &run, error));
}

/**
 * kab_api_write:
 * @data: (nullable): for @operation
 *
 * Answers a request from one writing transaction. With an Idempotency-Key the effect and its answer
 * are kept together: a repeat gets the first answer, another request under the same key is
 * refused (draft-ietf-httpapi-idempotency-key-header). An error is not kept.
 */
KabResponse *
kab_api_write (const KabApiContext *context,
               KabRequest *request,
               KabApiOperation operation,
               gpointer data,
               GError **error)
{
  Run run = { context, request, operation, data, NULL };

  if (kab_store_write (context->store, run_operation, &run, error))
    return run.response;
  g_clear_object (&run.response);
  return NULL;
}

/**
 * kab_api_write_seen:
 * @operation: is given the version that the client has seen, a #gint64
 *
 * kab_api_write() of a change that needs nothing but If-Match.
 */
KabResponse *
kab_api_write_seen (const KabApiContext *context,
                    KabRequest *request,
                    KabApiOperation operation,
                    GError **error)
{
  gint64 version = kab_api_get_if_match (request, error);

  return version != 0 ? kab_api_write (context, request, operation, &version, error) : NULL;
}

/**
 * kab_api_map_error:
 *
 * The server's #KabErrorMapper: what an error of the store means to a client.
 */
gboolean
kab_api_map_error (const GError *error, gpointer user_data, GError **problem)
{
  if (error->domain != KAB_STORE_ERROR)
    return FALSE;
  switch ((KabStoreError) error->code)
    {
    case KAB_STORE_ERROR_NOT_FOUND:
      kab_problem_set (problem, KAB_PROBLEM_NOT_FOUND, NULL);
      return TRUE;
    case KAB_STORE_ERROR_BUSY:
      kab_problem_set_retry (problem, KAB_PROBLEM_BUSY, 1);
      return TRUE;
    case KAB_STORE_ERROR_UNAVAILABLE:
    case KAB_STORE_ERROR_UNCERTAIN:
    case KAB_STORE_ERROR_BROKEN:
    case KAB_STORE_ERROR_CLOSED:
      kab_problem_set_retry (problem, KAB_PROBLEM_STORE_UNAVAILABLE, 5);
      return TRUE;
    default:
      return FALSE;
    }
}
