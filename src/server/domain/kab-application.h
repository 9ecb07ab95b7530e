/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "kab-application-state.h"
#include "kab-service.h"
#include "kab-transaction.h"

G_BEGIN_DECLS

/**
 * KabApplication:
 * @user: whose it is
 * @client_type: of the user
 * @form: the definition's id
 * @form_version: the definition's version when it was saved last
 * @services: what is asked for, derived from the answers
 * @answers: JSON
 * @waits_for: `client`, `bank` or `nobody`
 * @documents_opened: whether the documents page has opened
 * @version: grows with every change; the ETag
 * @submitted_at: 0 for a draft
 *
 * A row of applications. Times are microseconds since 1970.
 */
typedef struct
{
  char *id;
  char *user;
  KabClientType client_type;
  char *form;
  char *form_version;
  KabServices services;
  char *answers;
  KabApplicationState state;
  char *waits_for;
  gint64 waiting_since;
  gboolean documents_opened;
  gint64 version;
  gint64 created_at;
  gint64 saved_at;
  gint64 submitted_at;
} KabApplication;

KabApplication *
kab_application_load (KabTransaction *tx, const char *id, const char *user, GError **error);
GPtrArray *kab_application_list (KabTransaction *tx,
                                 const char *user,
                                 gint64 created_before,
                                 const char *id_before,
                                 guint limit,
                                 GError **error);
KabServices kab_application_read_services (const char *text);
char *kab_application_write_services (KabServices services);
void kab_application_free (KabApplication *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KabApplication, kab_application_free)

G_END_DECLS
