/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-demo-bank.h"

#include <glib/gstdio.h>

#include "kab-demo-process.h"
#include "kab-json.h"

#define READY_SECONDS   20
#define STOP_SECONDS    5
#define MAX_RESTARTS    3
#define RESTART_SECONDS 60

struct _KabDemoBank
{
  GObject parent_instance;

  GFile *folder; /* (owned) */
  KabDemoBankState state;
  KabDemoProcess *sandbox; /* (owned) (nullable) */
  KabDemoProcess *server;  /* (owned) (nullable) */
  GTask *start;            /* (owned) (nullable) under way, however often it begins anew */
  GCancellable *attempt;   /* (owned) (nullable) ends the process that is waited for */
  char *address;           /* (owned) (nullable) */
  GError *error;           /* (owned) (nullable) */
  guint restarts;
  gint64 first_restart; /* monotonic */
};

enum
{
  PROP_0,
  PROP_STATE,
  PROP_ADDRESS,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

/* In the order of execution. */
static void restart (KabDemoBank *self, const char *last_line);
static void sandbox_started_cb (GObject *source, GAsyncResult *result, gpointer user_data);
static void server_started_cb (GObject *source, GAsyncResult *result, gpointer user_data);

G_DEFINE_QUARK (kab - demo - bank - error - quark, kab_demo_bank_error)
G_DEFINE_FINAL_TYPE (KabDemoBank, kab_demo_bank, G_TYPE_OBJECT)
G_DEFINE_ENUM_TYPE (KabDemoBankState,
                    kab_demo_bank_state,
                    G_DEFINE_ENUM_VALUE (KAB_DEMO_BANK_STOPPED, "stopped"),
                    G_DEFINE_ENUM_VALUE (KAB_DEMO_BANK_STARTING_SANDBOX, "starting-sandbox"),
                    G_DEFINE_ENUM_VALUE (KAB_DEMO_BANK_STARTING_SERVER, "starting-server"),
                    G_DEFINE_ENUM_VALUE (KAB_DEMO_BANK_RUNNING, "running"),
                    G_DEFINE_ENUM_VALUE (KAB_DEMO_BANK_STOPPING, "stopping"),
                    G_DEFINE_ENUM_VALUE (KAB_DEMO_BANK_FAILED, "failed"))

static void
set_state (KabDemoBank *self, KabDemoBankState state)
{
  if (self->state == state)
    return;

  self->state = state;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE]);
}

static void
set_address (KabDemoBank *self, const char *address)
{
  if (g_set_str (&self->address, address))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ADDRESS]);
}

static void
died_cb (KabDemoProcess *process, const char *last_line, KabDemoBank *self)
{
  /* Which of them it was is told by its own error when it doesn't start again. */
  restart (self, last_line);
}

/* Lets go of a process, whose standard input closes with it. */
static void
drop_process (KabDemoBank *self, KabDemoProcess **process)
{
  if (*process == NULL)
    return;

  g_signal_handlers_disconnect_by_data (*process, self);
  kab_demo_process_stop_async (*process, STOP_SECONDS, NULL, NULL);
  g_clear_object (process);
}

static void
end_attempt (KabDemoBank *self)
{
  g_cancellable_cancel (self->attempt);
  g_clear_object (&self->attempt);
}

static void
drop_all (KabDemoBank *self)
{
  end_attempt (self);
  drop_process (self, &self->server);
  drop_process (self, &self->sandbox);
}

/* @error: (transfer full) */
static void
fail (KabDemoBank *self, GError *error)
{
  g_autoptr (GTask) task = g_steal_pointer (&self->start);

  drop_all (self);
  g_clear_error (&self->error);
  self->error = g_error_copy (error);
  set_state (self, KAB_DEMO_BANK_FAILED);
  if (task != NULL)
    g_task_return_error (task, error);
  else
    g_error_free (error);
}

/* Returns: (transfer full) where a program of ours is */
static char *
find_program (const char *name)
{
  const char *folder = g_getenv ("KABINETS_LIBEXECDIR");

  return g_build_filename (folder && *folder ? folder : KAB_LIBEXECDIR, name, NULL);
}

static void
start_process (KabDemoBank *self,
               const char *name,
               const char *option,
               GAsyncReadyCallback callback)
{
  g_autofree char *program = find_program (name);
  g_autofree char *folder = g_file_get_path (self->folder);
  const char *argv[] = { program, option, folder, "--exit-with-stdin", NULL };

  kab_demo_process_start_async (argv, READY_SECONDS, self->attempt, callback, g_object_ref (self));
}

/* Returns: (transfer full) (nullable) NULL when the start has failed, or the attempt was ended */
static KabDemoProcess *
take_process (KabDemoBank *self, GAsyncResult *result)
{
  GError *error = NULL;
  KabDemoProcess *process = kab_demo_process_start_finish (result, &error);

  if (process != NULL)
    g_signal_connect_object (process, "died", G_CALLBACK (died_cb), self, G_CONNECT_DEFAULT);
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_error_free (error);
  else
    fail (self, error);

  return process;
}

static void
start_sandbox (KabDemoBank *self)
{
  g_autofree char *folder = g_file_get_path (self->folder);

  if (folder == NULL || g_mkdir_with_parents (folder, 0700) != 0)
    {
      fail (self, g_error_new (KAB_DEMO_BANK_ERROR, KAB_DEMO_BANK_ERROR_FOLDER,
                               "%s can't be made: %s", folder ? folder : "?", g_strerror (errno)));
      return;
    }

  self->attempt = g_cancellable_new ();
  set_state (self, KAB_DEMO_BANK_STARTING_SANDBOX);
  start_process (self, "kabinets-sandbox", "--directory", sandbox_started_cb);
}

static void
sandbox_started_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (KabDemoBank) self = g_steal_pointer (&user_data);
  KabDemoProcess *process = take_process (self, result);

  if (process == NULL)
    return;

  self->sandbox = process;
  set_state (self, KAB_DEMO_BANK_STARTING_SERVER);
  start_process (self, "kabinets-server", "--demo", server_started_cb);
}

static void
server_started_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (KabDemoBank) self = g_steal_pointer (&user_data);
  g_autoptr (GTask) task = NULL;
  g_autofree char *line = NULL;
  KabDemoProcess *process = take_process (self, result);
  const char *address;

  if (process == NULL)
    return;

  self->server = process;
  address = kab_json_get_string (kab_demo_process_get_ready (self->server), "address", 200, NULL);
  if (address == NULL)
    {
      fail (self, g_error_new_literal (KAB_DEMO_BANK_ERROR, KAB_DEMO_BANK_ERROR_GARBAGE,
                                       "The server didn't say its address"));
      return;
    }

  g_clear_object (&self->attempt);
  task = g_steal_pointer (&self->start);

  line = g_strdup_printf ("bank %s\n", address);
  kab_demo_process_tell (self->sandbox, line);
  set_address (self, address);
  set_state (self, KAB_DEMO_BANK_RUNNING);
  g_task_return_boolean (task, TRUE);
}

static void
restarted_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  /* Whoever watches the state sees it, too. */
  if (!kab_demo_bank_start_finish (KAB_DEMO_BANK (source), result, &error) &&
      !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_message ("The demo bank can't be started again: %s", error->message);
}

/* The server knows the sandbox by its address, so that both begin anew, in the middle of a start
 * too. */
static void
restart (KabDemoBank *self, const char *last_line)
{
  gint64 now = g_get_monotonic_time ();

  drop_all (self);
  if (self->restarts == 0 || now - self->first_restart > RESTART_SECONDS * G_USEC_PER_SEC)
    {
      self->restarts = 0;
      self->first_restart = now;
    }
  if (self->restarts++ >= MAX_RESTARTS)
    {
      fail (self, g_error_new (KAB_DEMO_BANK_ERROR, KAB_DEMO_BANK_ERROR_DIED,
                               "The demo bank ends again and again: %s", last_line));
      return;
    }

  if (self->start == NULL)
    self->start = g_task_new (self, NULL, restarted_cb, NULL);
  start_sandbox (self);
}

static void
kab_demo_bank_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  KabDemoBank *self = KAB_DEMO_BANK (object);

  switch (prop_id)
    {
    case PROP_STATE:
      g_value_set_enum (value, self->state);
      break;
    case PROP_ADDRESS:
      g_value_set_string (value, self->address);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
kab_demo_bank_dispose (GObject *object)
{
  KabDemoBank *self = KAB_DEMO_BANK (object);

  drop_all (self);
  G_OBJECT_CLASS (kab_demo_bank_parent_class)->dispose (object);
}

static void
kab_demo_bank_finalize (GObject *object)
{
  KabDemoBank *self = KAB_DEMO_BANK (object);

  g_clear_object (&self->folder);
  g_clear_error (&self->error);
  g_free (self->address);
  G_OBJECT_CLASS (kab_demo_bank_parent_class)->finalize (object);
}

static void
kab_demo_bank_class_init (KabDemoBankClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = kab_demo_bank_get_property;
  object_class->dispose = kab_demo_bank_dispose;
  object_class->finalize = kab_demo_bank_finalize;

  properties[PROP_STATE] = g_param_spec_enum ("state", NULL, NULL, KAB_TYPE_DEMO_BANK_STATE,
                                              KAB_DEMO_BANK_STOPPED, flags);
  properties[PROP_ADDRESS] = g_param_spec_string ("address", NULL, NULL, NULL, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
kab_demo_bank_init (KabDemoBank *self)
{
}

KabDemoBank *
kab_demo_bank_new (GFile *folder)
{
  KabDemoBank *self = g_object_new (KAB_TYPE_DEMO_BANK, NULL);
  g_autofree char *path = g_build_filename (g_get_user_data_dir (), "kabinets", "demo", NULL);

  self->folder = folder ? g_object_ref (folder) : g_file_new_for_path (path);

  return self;
}

static void
start_cancelled_cb (KabDemoBank *self, GCancellable *cancellable)
{
  if (self->start != NULL && g_task_get_cancellable (self->start) == cancellable)
    fail (self, g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "Cancelled"));
}

void
kab_demo_bank_start_async (KabDemoBank *self,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  g_return_if_fail (KAB_IS_DEMO_BANK (self));
  g_return_if_fail (self->state == KAB_DEMO_BANK_STOPPED || self->state == KAB_DEMO_BANK_FAILED);

  self->start = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (self->start, kab_demo_bank_start_async);
  if (cancellable != NULL)
    g_signal_connect_object (cancellable, "cancelled", G_CALLBACK (start_cancelled_cb), self,
                             G_CONNECT_SWAPPED);
  g_clear_error (&self->error);
  start_sandbox (self);
}

gboolean
kab_demo_bank_start_finish (KabDemoBank *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
stopped_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = g_steal_pointer (&user_data);
  KabDemoBank *self = g_task_get_source_object (task);
  guint pending = GPOINTER_TO_UINT (g_task_get_task_data (task)) - 1;

  kab_demo_process_stop_finish (KAB_DEMO_PROCESS (source), result);
  g_task_set_task_data (task, GUINT_TO_POINTER (pending), NULL);
  if (pending > 0)
    return;

  set_state (self, KAB_DEMO_BANK_STOPPED);
  g_task_return_boolean (task, TRUE);
}

void
kab_demo_bank_stop_async (KabDemoBank *self, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) start = NULL;
  g_autoptr (GTask) task = NULL;
  KabDemoProcess **processes[] = { &self->server, &self->sandbox };
  guint pending;

  g_return_if_fail (KAB_IS_DEMO_BANK (self));

  start = g_steal_pointer (&self->start);
  end_attempt (self);
  if (start != NULL)
    g_task_return_new_error (start, G_IO_ERROR, G_IO_ERROR_CANCELLED, "It is stopped");

  task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (task, kab_demo_bank_stop_async);
  pending = (self->server != NULL) + (self->sandbox != NULL);
  set_address (self, NULL);
  if (pending == 0)
    {
      set_state (self, KAB_DEMO_BANK_STOPPED);
      g_task_return_boolean (task, TRUE);
      return;
    }

  set_state (self, KAB_DEMO_BANK_STOPPING);
  g_task_set_task_data (task, GUINT_TO_POINTER (pending), NULL);
  for (guint i = 0; i < G_N_ELEMENTS (processes); i++)
    {
      if (*processes[i] == NULL)
        continue;
      g_signal_handlers_disconnect_by_data (*processes[i], self);
      kab_demo_process_stop_async (*processes[i], STOP_SECONDS, stopped_cb, g_object_ref (task));
      g_clear_object (processes[i]);
    }
}

void
kab_demo_bank_stop_finish (KabDemoBank *self, GAsyncResult *result)
{
  g_return_if_fail (g_task_is_valid (result, self));

  g_task_propagate_boolean (G_TASK (result), NULL);
}

KabDemoBankState
kab_demo_bank_get_state (KabDemoBank *self)
{
  g_return_val_if_fail (KAB_IS_DEMO_BANK (self), KAB_DEMO_BANK_FAILED);

  return self->state;
}

const char *
kab_demo_bank_get_address (KabDemoBank *self)
{
  g_return_val_if_fail (KAB_IS_DEMO_BANK (self), NULL);

  return self->address;
}

JsonObject *
kab_demo_bank_get_sandbox (KabDemoBank *self)
{
  g_return_val_if_fail (KAB_IS_DEMO_BANK (self), NULL);

  return self->sandbox ? kab_demo_process_get_ready (self->sandbox) : NULL;
}

const GError *
kab_demo_bank_get_error (KabDemoBank *self)
{
  g_return_val_if_fail (KAB_IS_DEMO_BANK (self), NULL);

  return self->error;
}
