/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-test-server.h"

G_BEGIN_DECLS

/**
 * KabTestTus:
 *
 * The bank's side of tus 1.0.0 at /v1/uploads of a test server, strict about every header. It
 * knows one upload at a time, and keeps the digest of what it accepted and nothing else.
 */
typedef struct
{
  GMutex mutex;

  /* what to do, set by the test */
  guint cut_every;     /* which PATCHes are cut, by turns in the body and behind it; 0 for none */
  guint mismatches;    /* answer so many PATCHes by 460 */
  guint forget;        /* answer so many requests of a known upload by 404 */
  guint refuse_status; /* answer the last PATCH by this problem */
  guint delay;         /* milliseconds before each answer to a PATCH */

  /* what happened */
  guint creations;
  guint begun; /* PATCHes */
  guint patches;
  guint terminations;
  guint cuts;
  gint64 received; /* bytes of bodies, accepted or not */
  gint64 length;
  gint64 offset;
  char *id; /* (owned) (nullable) of the newest upload: "u" and its number */
  gboolean known;
  char *name;   /* (owned) (nullable) */
  char *type;   /* (owned) (nullable) */
  char *digest; /* (owned) (nullable) hexadecimal, when all is there */
  GChecksum *checksum;
  const char *wrong; /* the first thing that the client did wrong */
} KabTestTus;

KabTestTus *kab_test_tus_new (KabTestServer *server);

/** Again, after the server was down. */
void kab_test_tus_attach (KabTestTus *self, KabTestServer *server);
void kab_test_tus_free (KabTestTus *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KabTestTus, kab_test_tus_free)

G_END_DECLS
