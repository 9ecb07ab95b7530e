/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-secret-store.h"

#include <libsecret/secret.h>

#include "kab-secret-memory.h"

/* libsecret's file back end (Flatpak) looks at the attributes only, not at the schema's name. */
#define ATTRIBUTES \
  { \
    { "bank", SECRET_SCHEMA_ATTRIBUTE_STRING }, { "kind", SECRET_SCHEMA_ATTRIBUTE_STRING } \
  }

static const SecretSchema schemas[] = {
  [KAB_SECRET_SESSION] = { .name = "org.kabinets.Kabinets.Session", .attributes = ATTRIBUTES },
  [KAB_SECRET_JOURNAL] = { .name = "org.kabinets.Kabinets.Journal", .attributes = ATTRIBUTES },
};

static const char *const kinds[] = {
  [KAB_SECRET_SESSION] = "session",
  [KAB_SECRET_JOURNAL] = "journal",
};

static void
secret_cleared_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = g_steal_pointer (&user_data);
  g_autoptr (GError) error = NULL;

  /* FALSE without an error says that there was nothing. */
  secret_password_clear_finish (result, &error);
  if (error != NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_boolean (task, TRUE);
}

static void
secret_stored_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = g_steal_pointer (&user_data);
  g_autoptr (GError) error = NULL;

  if (!secret_password_store_finish (result, &error))
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_boolean (task, TRUE);
}

static void
secret_found_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = g_steal_pointer (&user_data);
  g_autoptr (GError) error = NULL;
  char *secret = secret_password_lookup_nonpageable_finish (result, &error);

  if (error != NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_pointer (task, kab_secret_dup (secret), (GDestroyNotify) kab_secret_free);
  secret_password_free (secret);
}

void
kab_secret_store_async (KabSecretKind kind, const char *bank, const char *secret,
                        GCancellable *cancellable, GAsyncReadyCallback callback,
                        gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  g_autofree char *label = NULL;

  g_return_if_fail (kind < G_N_ELEMENTS (schemas));
  g_return_if_fail (bank != NULL);

  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, kab_secret_store_async);
  if (secret == NULL)
    {
      secret_password_clear (&schemas[kind], cancellable, secret_cleared_cb,
                             g_steal_pointer (&task), "bank", bank, "kind", kinds[kind], NULL);
      return;
    }

  label = kind == KAB_SECRET_SESSION ? g_strdup_printf ("Kabinets: session with %s", bank)
                                     : g_strdup_printf ("Kabinets: drafts for %s", bank);
  secret_password_store (&schemas[kind], SECRET_COLLECTION_DEFAULT, label, secret, cancellable,
                         secret_stored_cb, g_steal_pointer (&task), "bank", bank, "kind",
                         kinds[kind], NULL);
}

gboolean
kab_secret_store_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

void
kab_secret_lookup_async (KabSecretKind kind, const char *bank, GCancellable *cancellable,
                         GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (kind < G_N_ELEMENTS (schemas));
  g_return_if_fail (bank != NULL);

  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, kab_secret_lookup_async);
  secret_password_lookup (&schemas[kind], cancellable, secret_found_cb, g_steal_pointer (&task),
                          "bank", bank, "kind", kinds[kind], NULL);
}

char *
kab_secret_lookup_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
