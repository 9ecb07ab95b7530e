/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <json-glib/json-glib.h>
#include <libsoup/soup.h>

#include "kab-api-context.h"
#include "kab-http-server.h"

G_BEGIN_DECLS

/**
 * KabTestBank:
 * @now: what the store's clock says, microseconds since 1970; only kab_test_bank_pass_time() moves
 * it
 * @folder: temporary, removed at the end
 * @url: of the server, without a slash at the end
 *
 * The whole server in this process, on loopback and any free port, with a store of its own and the
 * demo bank's data. Nothing is delivered: mails and messages wait in the outbox, where tests read
 * them.
 */
typedef struct
{
  gint64 now;
  char *folder;
  char *url;
  KabStore *store;
  KabApiContext *context;
  KabRouter *router;
  KabMetrics *metrics;
  KabHttpServer *server;
  SoupSession *session;
} KabTestBank;

/**
 * KabTestAnswer:
 * @json: (nullable): the body, when it is a JSON object
 * @body: the body as it came, with a NUL after it
 */
typedef struct
{
  guint status;
  JsonObject *json;
  char *body;
  gsize length;
  SoupMessageHeaders *headers;
} KabTestAnswer;

KabTestBank *kab_test_bank_new (void);
KabTestBank *kab_test_bank_new_on (const char *store_url);
void kab_test_bank_free (KabTestBank *self);
/**
 * KabTestBankFunc:
 *
 * A test that gets a bank of its own.
 */
typedef void (*KabTestBankFunc) (KabTestBank *bank);

void kab_test_bank_add_test (const char *path, KabTestBankFunc func);
void kab_test_bank_pass_time (KabTestBank *self, GTimeSpan span);

KabTestAnswer *kab_test_bank_call (KabTestBank *self,
                                   const char *method,
                                   const char *path,
                                   const char *token,
                                   const char *if_match,
                                   const char *body);
KabTestAnswer *kab_test_bank_call_keyed (KabTestBank *self,
                                         const char *method,
                                         const char *path,
                                         const char *token,
                                         const char *key,
                                         const char *body);
KabTestAnswer *kab_test_bank_send (KabTestBank *self, SoupMessage *message);
SoupMessage *
kab_test_bank_message (KabTestBank *self, const char *method, const char *path, const char *token);
void kab_test_answer_free (KabTestAnswer *self);
void kab_test_answer_expect (KabTestAnswer *self, guint status, const char *code);
const char *kab_test_answer_text (KabTestAnswer *self, const char *path);
gint64 kab_test_answer_int (KabTestAnswer *self, const char *path);
const char *kab_test_answer_field (KabTestAnswer *self, const char *pointer);

char *kab_test_bank_registration_body (KabTestBank *self, const char *email, const char *phone);
KabTestAnswer *kab_test_bank_confirm (KabTestBank *self,
                                      const char *token,
                                      const char *email_code,
                                      const char *phone_code);
char *kab_test_bank_register (KabTestBank *self, const char *email, const char *phone);
char *kab_test_bank_add_client (KabTestBank *self,
                                const char *email,
                                const char *phone,
                                const char *password);
char *kab_test_bank_add_staff (KabTestBank *self,
                               const char *email,
                               const char *name,
                               const char *password);
char *kab_test_bank_sign_in (KabTestBank *self, const char *user);
char *kab_test_bank_find_user (KabTestBank *self, const char *email);
char *kab_test_bank_last_notice (KabTestBank *self, const char *notice, const char *address);
guint kab_test_bank_n_notices (KabTestBank *self, const char *notice, const char *address);
gint64 kab_test_bank_count (KabTestBank *self, const char *table);

/* A password that CON-6 has nothing against. */
#define KAB_TEST_PASSWORD "Zaļa-mīkla-7"

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KabTestBank, kab_test_bank_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KabTestAnswer, kab_test_answer_free)

G_END_DECLS
