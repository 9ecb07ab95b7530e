/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <sys/types.h>

#include "kab-helper-protocol.h"

/* A plain end of the conversation, which can also misbehave. Every wait is
 * bounded. */
typedef struct
{
  int socket;
  GPid pid;
} HelperClient;

typedef struct
{
  KabHelperFrame frame;
  GBytes *rest; /* (owned): after the frame */
  GBytes *bulk; /* (owned) (nullable) */
} HelperAnswer;

void helper_client_start (HelperClient *client, const char *program);
void helper_client_stop (HelperClient *client);
gboolean
helper_client_send_raw (HelperClient *client, gconstpointer data, gsize length, int descriptor);
HelperAnswer *helper_client_receive (HelperClient *client);
HelperAnswer *helper_client_ask (HelperClient *client, KabHelperKind kind, GVariant *arguments);
HelperAnswer *helper_client_open (HelperClient *client, GBytes *pdf);
int helper_client_make_memfd (GBytes *bytes, gboolean sealed);
GVariant *helper_answer_get_rest (HelperAnswer *answer, const char *type);
GVariant *helper_answer_get_bulk (HelperAnswer *answer, const char *type);
void helper_answer_free (HelperAnswer *answer);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HelperAnswer, helper_answer_free)
