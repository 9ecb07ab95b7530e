/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <json-glib/json-glib.h>

#include "kab-api-operation.h"

G_BEGIN_DECLS

/* Numbers that a place in a list may consist of, beside an id. */
#define KAB_API_PAGE_NUMBERS 2

/**
 * KabApiPage:
 * @numbers: where the page begins; all 0 for the beginning
 * @id: (owned): the same; empty for the beginning
 * @limit: how many items at most
 *
 * Which page of a list is asked for.
 */
typedef struct
{
  gint64 numbers[KAB_API_PAGE_NUMBERS];
  char *id;
  guint limit;
} KabApiPage;

gboolean kab_api_page_read (KabApiPage *self, KabRequest *request, GError **error);
void kab_api_page_clear (KabApiPage *self);
char *kab_api_page_write_cursor (gint64 first, gint64 second, const char *id);
KabResponse *kab_api_page_answer (JsonArray *items, const char *next);
KabResponse *kab_api_page_answer_until (JsonArray *items, gint64 next);
KabResponse *kab_api_read_page (const KabApiContext *context,
                                KabRequest *request,
                                KabApiOperation operation,
                                GError **error);
GString *kab_api_page_begin (void);
KabResponse *kab_api_page_end (GString *text, const char *next);
KabResponse *kab_api_answer_version (JsonObject *object, guint status, gint64 version);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (KabApiPage, kab_api_page_clear)

G_END_DECLS
