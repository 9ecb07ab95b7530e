/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-postgres-listener.h"

#include "kab-postgres-connection.h"

#include <errno.h>
#include <glib-unix.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#define FIRST_WAIT_MS   100
#define LONGEST_WAIT_MS 5000

struct _KabPostgresListener
{
  char *url;
  char *instance;
  KabStoreListener listener;
  gpointer data;
  int stop;
  GThread *thread;
};

/* Returns FALSE when the listener is to stop; @socket may be -1. */
static gboolean
wait_for_news (KabPostgresListener *self, int socket, int timeout_ms)
{
  struct pollfd polled[] = { { .fd = self->stop, .events = POLLIN },
                             { .fd = socket, .events = POLLIN } };

  while (poll (polled, G_N_ELEMENTS (polled), timeout_ms) < 0 && errno == EINTR)
    ;
  return polled[0].revents == 0;
}

/* The message is "instance topic sequence key"; our own were told at the commit. */
static void
hear (KabPostgresListener *self, const char *message)
{
  g_auto (GStrv) parts = g_strsplit (message, " ", 4);

  if (g_strv_length (parts) != 4 || strcmp (parts[0], self->instance) == 0)
    return;
  self->listener (parts[1], *parts[3] != '\0' ? parts[3] : NULL,
                  g_ascii_strtoll (parts[2], NULL, 10), self->data);
}

static PGconn *
subscribe (KabPostgresListener *self)
{
  PGconn *handle = kab_postgres_connect (self->url, NULL);
  PGresult *result;
  gboolean succeeded;

  if (handle == NULL)
    return NULL;
  result = PQexec (handle, "LISTEN " KAB_POSTGRES_CHANNEL);
  succeeded = PQresultStatus (result) == PGRES_COMMAND_OK;
  PQclear (result);
  if (succeeded)
    return handle;
  PQfinish (handle);
  return NULL;
}

/* Returns FALSE when the listener is to stop, TRUE when the connection is lost. */
static gboolean
listen_until_lost (KabPostgresListener *self, PGconn *handle)
{
  PGnotify *notice;

  for (;;)
    {
      while ((notice = PQnotifies (handle)) != NULL)
        {
          hear (self, notice->extra);
          PQfreemem (notice);
        }
      if (!wait_for_news (self, PQsocket (handle), -1))
        return FALSE;
      if (PQconsumeInput (handle) == 0)
        return TRUE;
    }
}

static gpointer
listen_cb (gpointer data)
{
  KabPostgresListener *self = data;
  gboolean goes_on = TRUE;
  int wait_ms = FIRST_WAIT_MS;

  while (goes_on)
    {
      PGconn *handle = subscribe (self);

      if (handle != NULL)
        {
          self->listener (NULL, NULL, 0, self->data);
          wait_ms = FIRST_WAIT_MS;
          goes_on = listen_until_lost (self, handle);
          PQfinish (handle);
        }
      if (goes_on)
        goes_on = wait_for_news (self, -1, g_random_int_range (wait_ms / 2, wait_ms));
      wait_ms = MIN (2 * wait_ms, LONGEST_WAIT_MS);
    }
  return NULL;
}

/* Calls @listener on a thread of its own with what all but @instance commit, and with no topic
 * after each connecting. */
KabPostgresListener *
kab_postgres_listener_new (const char *url,
                           const char *instance,
                           KabStoreListener listener,
                           gpointer data)
{
  KabPostgresListener *self = g_new0 (KabPostgresListener, 1);

  self->url = g_strdup (url);
  self->instance = g_strdup (instance);
  self->listener = listener;
  self->data = data;
  self->stop = eventfd (0, EFD_CLOEXEC);
  if (self->stop < 0)
    g_error ("No descriptor is left for the listener: %s", g_strerror (errno));
  self->thread = g_thread_new ("store-listener", listen_cb, self);
  return self;
}

void
kab_postgres_listener_free (KabPostgresListener *self)
{
  if (eventfd_write (self->stop, 1) != 0)
    g_critical ("The listener can't be stopped: %s", g_strerror (errno));
  g_thread_join (self->thread);
  close (self->stop);
  g_free (self->url);
  g_free (self->instance);
  g_free (self);
}
