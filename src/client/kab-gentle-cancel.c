/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-gentle-cancel.h"

struct _KabGentleCancel
{
  GCancellable *outer; /* (owned) (nullable) */
  gulong outer_id;
  GCancellable *inner; /* (owned) */
};

static gboolean
due_cb (gpointer user_data)
{
  g_cancellable_cancel (user_data);

  return G_SOURCE_REMOVE;
}

static void
cancel_soon (GCancellable *inner)
{
  g_autoptr (GSource) source = g_idle_source_new ();

  g_source_set_priority (source, G_PRIORITY_LOW);
  g_source_set_callback (source, due_cb, g_object_ref (inner), g_object_unref);
  g_source_attach (source, g_main_context_get_thread_default ());
}

static void
outer_cancelled_cb (GCancellable *outer, gpointer user_data)
{
  cancel_soon (user_data);
}

KabGentleCancel *
kab_gentle_cancel_new (GCancellable *outer)
{
  KabGentleCancel *self = g_new0 (KabGentleCancel, 1);

  self->inner = g_cancellable_new ();
  if (outer != NULL)
    {
      self->outer = g_object_ref (outer);
      self->outer_id = g_cancellable_connect (outer, G_CALLBACK (outer_cancelled_cb),
                                              g_object_ref (self->inner), g_object_unref);
    }

  return self;
}

GCancellable *
kab_gentle_cancel_get (KabGentleCancel *self)
{
  return self->inner;
}

void
kab_gentle_cancel_trigger (KabGentleCancel *self)
{
  cancel_soon (self->inner);
}

void
kab_gentle_cancel_free (KabGentleCancel *self)
{
  if (self == NULL)
    return;

  g_cancellable_disconnect (self->outer, self->outer_id);
  g_clear_object (&self->outer);
  g_object_unref (self->inner);
  g_free (self);
}
