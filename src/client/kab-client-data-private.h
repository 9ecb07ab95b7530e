/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-client-data.h"

G_BEGIN_DECLS

/* KabClientData in two: what is seen of it (kab-client-data.c) and how it is kept up to date. */

struct _KabClientData
{
  GObject parent_instance;

  KabApi *api;               /* (owned) */
  KabSession *session;       /* (owned) */
  KabProfile *profile;       /* (owned) */
  KabPagedList *onboardings; /* (owned) */
  KabPagedList *documents;   /* (owned) */
  KabPagedList *messages;    /* (owned) */
  KabEvents *events;         /* (owned) */
  guint unread_messages;
  guint documents_to_do;
  gboolean loaded;

  GCancellable *cancellable; /* (owned) of what the events make us read */
  GHashTable *reading;       /* (owned) path → whether to read it once more */
  GHashTable *stale;         /* (owned) set of paths that couldn't be read and will be again */
  guint failures;            /* pauses since everything was read */
  guint stale_source;        /* reads them after a pause */
  char *newest_message;      /* (owned) (nullable) */
};

/* What is read by a path that is no single object's. */
#define KAB_PATH_ONBOARDINGS "/v1/applications"
#define KAB_PATH_DOCUMENTS   "/v1/documents"
#define KAB_PATH_MESSAGES    "/v1/messages"
#define KAB_PATH_PROFILE     "/v1/profile"

/* kab-client-data.c */

/** Tells of the messages of the bank that came since it was told the last time, oldest first. */
void kab_client_data_announce_messages (KabClientData *self);

/* kab-client-data-reading.c */

/** Begins to read again what the events speak of, once the events are started. */
void kab_client_data_listen (KabClientData *self);

/** Nothing that couldn't be read is read again. */
void kab_client_data_forget_stale (KabClientData *self);

G_END_DECLS
