/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-sandbox-state.h"

#include "kab-sandbox-crypto.h"
#include "kab-sandbox-json.h"

#include <glib/gstdio.h>

#define STATE_FILE "sandbox-state.json"

/**
 * KabSandboxState:
 *
 * What the providers remember between two runs: secrets and applicants. It is written at each
 * change, so that nothing is forgotten when the process is killed.
 */
struct _KabSandboxState
{
  GObject parent_instance;

  char *directory;  /* (owned) */
  JsonObject *root; /* (owned) */
};

G_DEFINE_FINAL_TYPE (KabSandboxState, kab_sandbox_state, G_TYPE_OBJECT)

static gboolean
load (KabSandboxState *self, GError **error)
{
  g_autofree char *path = g_build_filename (self->directory, STATE_FILE, NULL);
  g_autoptr (GError) local = NULL;
  g_autoptr (GBytes) bytes = NULL;
  char *text;
  gsize length;

  if (!g_file_get_contents (path, &text, &length, &local))
    {
      if (!g_error_matches (local, G_FILE_ERROR, G_FILE_ERROR_NOENT))
        {
          g_propagate_error (error, g_steal_pointer (&local));
          return FALSE;
        }
      self->root = json_object_new ();
      return TRUE;
    }
  bytes = g_bytes_new_take (text, length);
  self->root = kab_sandbox_json_parse (bytes, error);
  if (!self->root)
    g_prefix_error (error, "%s is damaged; remove it to start anew: ", path);
  return self->root != NULL;
}

/* The parser's objects are immutable; what is remembered is built anew with each secret. */
static void
complete_secrets (KabSandboxState *self)
{
  static const struct
  {
    const char *name, *prefix;
  } secrets[] = {
    { "sumsubToken", "sbx:" }, { "sumsubSecret", "" }, { "webhookSecret", "" },
    { "smsToken", "" },        { "smtpPassword", "" }, { "pathKey", "" },
  };
  JsonObject *root = json_object_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (secrets); i++)
    {
      const char *old = kab_sandbox_json_text (self->root, secrets[i].name);
      g_autofree char *random = kab_sandbox_random_token (24);
      g_autofree char *fresh = g_strconcat (secrets[i].prefix, random, NULL);

      json_object_set_string_member (root, secrets[i].name, old && *old ? old : fresh);
    }
  if (json_object_has_member (self->root, "applicants") &&
      JSON_NODE_HOLDS_ARRAY (json_object_get_member (self->root, "applicants")))
    json_object_set_member (root, "applicants", json_object_dup_member (self->root, "applicants"));
  json_object_unref (self->root);
  self->root = root;
}

static gboolean
save (KabSandboxState *self, GError **error)
{
  g_autofree char *text = kab_sandbox_json_print (self->root, TRUE);

  return kab_sandbox_state_write (self, STATE_FILE, text, error);
}

static void
kab_sandbox_state_finalize (GObject *object)
{
  KabSandboxState *self = KAB_SANDBOX_STATE (object);

  g_free (self->directory);
  g_clear_pointer (&self->root, json_object_unref);
  G_OBJECT_CLASS (kab_sandbox_state_parent_class)->finalize (object);
}

static void
kab_sandbox_state_class_init (KabSandboxStateClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = kab_sandbox_state_finalize;
}

static void
kab_sandbox_state_init (KabSandboxState *self)
{
}

/**
 * kab_sandbox_state_new:
 * @directory: where everything is kept; made when it isn't there
 * @error: of the file system, or of a damaged file
 *
 * Returns: (transfer full) (nullable): the state of the last run, or a new one
 */
KabSandboxState *
kab_sandbox_state_new (const char *directory, GError **error)
{
  g_autoptr (KabSandboxState) self = g_object_new (KAB_TYPE_SANDBOX_STATE, NULL);

  self->directory = g_canonicalize_filename (directory, NULL);
  if (g_mkdir_with_parents (directory, 0700) != 0)
    {
      g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_FAILED, "%s can't be made", directory);
      return NULL;
    }
  if (!load (self, error))
    return NULL;
  complete_secrets (self);
  return save (self, error) ? g_steal_pointer (&self) : NULL;
}

/**
 * kab_sandbox_state_get_directory:
 * @self: the state
 *
 * Returns: (transfer none): where it is kept
 */
const char *
kab_sandbox_state_get_directory (KabSandboxState *self)
{
  return self->directory;
}

/**
 * kab_sandbox_state_get_secret:
 * @self: the state
 * @name: sumsubToken, sumsubSecret, webhookSecret, smsToken, smtpPassword or pathKey
 *
 * Returns: (transfer none): the secret, the same for the life of the directory
 */
const char *
kab_sandbox_state_get_secret (KabSandboxState *self, const char *name)
{
  return json_object_get_string_member (self->root, name);
}

/**
 * kab_sandbox_state_get_applicants:
 * @self: the state
 *
 * Returns: (transfer none) (nullable): the applicants of the last run
 */
JsonArray *
kab_sandbox_state_get_applicants (KabSandboxState *self)
{
  return json_object_has_member (self->root, "applicants")
             ? json_object_get_array_member (self->root, "applicants")
             : NULL;
}

/**
 * kab_sandbox_state_set_applicants:
 * @self: the state
 * @applicants: (transfer full): all of them
 *
 * Remembers them. A full disk is only reported: the providers go on from memory.
 */
void
kab_sandbox_state_set_applicants (KabSandboxState *self, JsonArray *applicants)
{
  g_autoptr (GError) error = NULL;

  json_object_set_array_member (self->root, "applicants", applicants);
  if (!save (self, &error))
    g_message ("The applicants could not be saved: %s", error->message);
}

/**
 * kab_sandbox_state_write:
 * @self: the state
 * @name: a file's name
 * @text: its content
 * @error: of the file system
 *
 * Writes a file of the directory in one step, readable for its owner only.
 *
 * Returns: whether it is there
 */
gboolean
kab_sandbox_state_write (KabSandboxState *self, const char *name, const char *text, GError **error)
{
  g_autofree char *path = g_build_filename (self->directory, name, NULL);

  return g_file_set_contents_full (path, text, -1, G_FILE_SET_CONTENTS_CONSISTENT, 0600, error);
}
