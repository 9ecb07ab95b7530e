/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-secret-store.h"

#include <libsecret/secret.h>

#include "kab-secret-memory.h"

/* libsecret's file back end (Flatpak) looks at the attributes only, not at the schema's name. */
#define ATTRIBUTES                                                                                 \
  {                                                                                                \
    { "bank", SECRET_SCHEMA_ATTRIBUTE_STRING }, { "kind", SECRET_SCHEMA_ATTRIBUTE_STRING }         \
  }

static const SecretSchema schemas[] = {
  [KAB_SECRET_SESSION] = { .name = "org.kabinets.Kabinets.Session", .attributes = ATTRIBUTES },
  [KAB_SECRET_JOURNAL] = { .name = "org.kabinets.Kabinets.Journal", .attributes = ATTRIBUTES },
};

static const char *const kinds[] = {
  [KAB_SECRET_SESSION] = "session",
  [KAB_SECRET_JOURNAL] = "journal",
};

typedef struct
{
  KabSecretKind kind;
  gboolean is_lookup;
  char *bank;   /* (owned) */
  char *secret; /* (owned) (nullable) locked memory; NULL clears */
} Operation;

/*
 * One at a time: libsecret's file back end reads and writes its file as a whole, and of two
 * operations side by side one may fail.
 */
static GQueue waiting = G_QUEUE_INIT; /* of GTask (owned) */
static gboolean busy;

static void run_next (void);

static void
operation_free (Operation *operation)
{
  g_free (operation->bank);
  kab_secret_free (operation->secret);
  g_free (operation);
}

/* All ends go through here. @error: (transfer full) (nullable) */
static void
finish_operation (GTask *task, char *secret, GError *error)
{
  busy = FALSE;
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, secret, (GDestroyNotify) kab_secret_free);
  run_next ();
}

static void
secret_cleared_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = g_steal_pointer (&user_data);
  GError *error = NULL;

  /* FALSE without an error says that there was nothing. */
  secret_password_clear_finish (result, &error);
  finish_operation (task, NULL, error);
}

static void
secret_stored_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = g_steal_pointer (&user_data);
  GError *error = NULL;

  secret_password_store_finish (result, &error);
  finish_operation (task, NULL, error);
}

static void
secret_found_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = g_steal_pointer (&user_data);
  GError *error = NULL;
  char *found = secret_password_lookup_nonpageable_finish (result, &error);
  char *secret = kab_secret_dup (found);

  secret_password_free (found);
  finish_operation (task, secret, error);
}

/* The library isn't told when it is given up: 0.21 then answers twice. Who waits for the task is.
 */
static void
run_operation (GTask *task)
{
  const Operation *operation = g_task_get_task_data (task);
  const SecretSchema *schema = &schemas[operation->kind];
  g_autofree char *label = NULL;

  if (operation->is_lookup)
    {
      secret_password_lookup (schema, NULL, secret_found_cb, task, "bank", operation->bank, "kind",
                              kinds[operation->kind], NULL);
      return;
    }
  if (operation->secret == NULL)
    {
      secret_password_clear (schema, NULL, secret_cleared_cb, task, "bank", operation->bank, "kind",
                             kinds[operation->kind], NULL);
      return;
    }

  label = g_strdup_printf ("Kabinets: %s, %s", kinds[operation->kind], operation->bank);
  secret_password_store (schema, SECRET_COLLECTION_DEFAULT, label, operation->secret, NULL,
                         secret_stored_cb, task, "bank", operation->bank, "kind",
                         kinds[operation->kind], NULL);
}

static void
run_next (void)
{
  GTask *task;

  while (!busy && (task = g_queue_pop_head (&waiting)) != NULL)
    {
      if (g_task_return_error_if_cancelled (task))
        {
          g_object_unref (task);
          continue;
        }
      busy = TRUE;
      run_operation (task);
    }
}

static void
queue_operation (KabSecretKind kind,
                 gboolean is_lookup,
                 const char *bank,
                 const char *secret,
                 gpointer source_tag,
                 GCancellable *cancellable,
                 GAsyncReadyCallback callback,
                 gpointer user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);
  Operation *operation = g_new0 (Operation, 1);

  g_task_set_source_tag (task, source_tag);
  operation->kind = kind;
  operation->is_lookup = is_lookup;
  operation->bank = g_strdup (bank);
  operation->secret = kab_secret_dup (secret);
  g_task_set_task_data (task, operation, (GDestroyNotify) operation_free);
  g_queue_push_tail (&waiting, task);
  run_next ();
}

void
kab_secret_store_async (KabSecretKind kind,
                        const char *bank,
                        const char *secret,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data)
{
  g_return_if_fail (kind < G_N_ELEMENTS (schemas));
  g_return_if_fail (bank != NULL);

  queue_operation (kind, FALSE, bank, secret, kab_secret_store_async, cancellable, callback,
                   user_data);
}

gboolean
kab_secret_store_finish (GAsyncResult *result, GError **error)
{
  GError *local_error = NULL;

  g_return_val_if_fail (g_task_is_valid (result, NULL), FALSE);

  g_task_propagate_pointer (G_TASK (result), &local_error);
  if (local_error == NULL)
    return TRUE;

  g_propagate_error (error, local_error);

  return FALSE;
}

void
kab_secret_lookup_async (KabSecretKind kind,
                         const char *bank,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  g_return_if_fail (kind < G_N_ELEMENTS (schemas));
  g_return_if_fail (bank != NULL);

  queue_operation (kind, TRUE, bank, NULL, kab_secret_lookup_async, cancellable, callback,
                   user_data);
}

char *
kab_secret_lookup_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
