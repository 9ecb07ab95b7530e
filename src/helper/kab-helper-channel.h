/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "kab-helper-protocol.h"

/* A request as it arrived. */
typedef struct
{
  KabHelperFrame frame;
  GVariant *arguments; /* (owned) (nullable): checked, of the kind's type */
  int bulk;            /* (owned): -1 when there is none */
} KabHelperRequest;

/* A reply under way: the bulk is a memfd that can still be written. */
typedef struct
{
  KabHelperStatus status;
  GVariant *arguments; /* (owned) (nullable) */
  int bulk;            /* (owned): -1 when there is none */
  gsize size;
} KabHelperReply;

gboolean kab_helper_channel_receive (KabHelperRequest *request);
gboolean kab_helper_channel_send (guint32 kind, guint32 serial, KabHelperReply *reply);
gboolean kab_helper_request_parse (KabHelperRequest *request, const char *packet, gsize length);
void kab_helper_request_clear (KabHelperRequest *request);
gboolean kab_helper_reply_create_bulk (KabHelperReply *reply, gsize size);
gboolean kab_helper_reply_set_variant (KabHelperReply *reply, GVariant *value);
