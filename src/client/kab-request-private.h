/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-request.h"

G_BEGIN_DECLS

struct _KabRequest
{
  const char *method;     /* interned */
  GString *path;          /* (owned) with query, from the base URI's root on */
  GBytes *body;           /* (owned) (nullable) wiped when freed */
  char *idempotency_key;  /* (owned) (nullable) */
  char *if_match;         /* (owned) (nullable) */
  char *if_none_match;    /* (owned) (nullable) */
  char *token;            /* (owned) (nullable) locked memory */
  gboolean expects_bytes; /* instead of JSON */
  char *media_type;       /* (owned) (nullable) of the bytes, NULL: any */
};

/** Bytes that are wiped when they are freed. @data: (transfer full). Returns: (transfer full) */
GBytes *kab_bytes_new_wiped (char *data, gsize length);

/** Asks for the object only when its ETag isn't @etag any more; 304 is then a success. */
void kab_request_set_if_none_match (KabRequest *self, const char *etag);

G_END_DECLS
