/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "kab-test-bank.h"
#include "kab-test-server.h"

G_BEGIN_DECLS

/* A bank that is asked byte by byte. */
typedef struct
{
  KabTestBank *bank;
  guint16 port;
} KabTestDesk;

typedef void (*KabTestDeskFunc) (KabTestDesk *desk);

/* A request; @body_length is -1 for a text. */
typedef struct
{
  const char *token; /* (nullable) */
  const char *method;
  const char *path;
  const char *headers; /* (nullable): whole lines */
  const char *body;    /* (nullable) */
  gssize body_length;
} KabTestCall;

/* Adds a test for both engines. */
void kab_test_desk_add (const char *path, KabTestDeskFunc test);

void kab_test_desk_write (KabTestDesk *self, KabStoreFunc func, gpointer data);
gint64 kab_test_desk_count (KabTestDesk *self, const char *table);

char *kab_test_desk_add_user (KabTestDesk *self, const char *role);
char *kab_test_desk_add_case (KabTestDesk *self, const char *user);

char *kab_test_desk_compose (const KabTestCall *call);
KabTestReply *kab_test_desk_call (KabTestDesk *self, const KabTestCall *call);
KabTestReply *kab_test_desk_post (KabTestDesk *self,
                                  const char *token,
                                  const char *path,
                                  const char *key,
                                  const char *json);
KabTestReply *kab_test_desk_get (KabTestDesk *self, const char *token, const char *path);
char *kab_test_desk_begin (KabTestDesk *self, const char *token, const char *name, gint64 length);
KabTestReply *kab_test_desk_append (KabTestDesk *self,
                                    const char *token,
                                    const char *id,
                                    gint64 offset,
                                    GBytes *bytes);
char *kab_test_desk_upload (KabTestDesk *self, const char *token, const char *name, GBytes *bytes);

JsonObject *kab_test_reply_json (KabTestReply *reply);
void kab_test_assert_problem (KabTestReply *reply, guint status, const char *code);
void kab_test_assert_field (KabTestReply *reply, const char *pointer, const char *code);

G_END_DECLS
