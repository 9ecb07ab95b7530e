/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-demo-process.h"

#include <signal.h>
#include <string.h>

#include "kab-demo-bank.h"
#include "kab-json.h"

#define MAX_READY_BYTES 4096
#define MAX_READY_DEPTH 4
#define STOP_SECONDS    5

struct _KabDemoProcess
{
  GObject parent_instance;

  char *name;               /* (owned) path of the program */
  GSubprocess *subprocess;  /* (owned) */
  GDataInputStream *output; /* (owned) */
  GDataInputStream *errors; /* (owned) */
  char *last_line;          /* (owned) (nullable) of its standard error */
  JsonObject *ready;        /* (owned) (nullable) */
  gboolean stopping;
  gboolean ended;
  gboolean silent;           /* its standard error is at its end: the last line is known */
  GCancellable *cancellable; /* (owned) of reading what it says */
  GTask *start;              /* (owned) (nullable) until it is ready */
  GTask *stop;               /* (owned) (nullable) */
  guint timeout_source;
};

enum
{
  DIED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (KabDemoProcess, kab_demo_process, G_TYPE_OBJECT)

/* Nobody waits for it any more: it sees the end of its input. */
static void
abandon (gpointer process)
{
  kab_demo_process_stop_async (process, STOP_SECONDS, NULL, NULL);
  g_object_unref (process);
}

/* The start ends here, well or badly. @error: (transfer full) (nullable) */
static void
finish_start (KabDemoProcess *self, GError *error)
{
  g_autoptr (GTask) task = g_steal_pointer (&self->start);

  g_clear_handle_id (&self->timeout_source, g_source_remove);
  if (task == NULL)
    {
      g_clear_error (&error);
      return;
    }

  if (error == NULL)
    {
      g_task_return_pointer (task, g_object_ref (self), abandon);
      return;
    }
  self->stopping = TRUE;
  if (!self->ended)
    g_subprocess_force_exit (self->subprocess);
  g_task_return_error (task, error);
}

/* It is gone and its last word is heard. */
static void
handle_death (KabDemoProcess *self)
{
  const char *last_line = self->last_line ? self->last_line : "";

  if (!self->ended || !self->silent)
    return;

  if (self->start != NULL)
    finish_start (self, g_error_new (KAB_DEMO_BANK_ERROR, KAB_DEMO_BANK_ERROR_DIED, "%s ended: %s",
                                     self->name, last_line));
  else if (!self->stopping)
    g_signal_emit (self, signals[DIED], 0, last_line);
}

static void
error_line_read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (KabDemoProcess) self = g_steal_pointer (&user_data);
  g_autofree char *line =
      g_data_input_stream_read_line_finish_utf8 (G_DATA_INPUT_STREAM (source), result, NULL, NULL);

  if (line == NULL)
    {
      self->silent = TRUE;
      handle_death (self);
      return;
    }

  g_debug ("%s: %s", self->name, line);
  g_free (self->last_line);
  self->last_line = g_steal_pointer (&line);
  g_data_input_stream_read_line_async (self->errors, G_PRIORITY_DEFAULT, self->cancellable,
                                       error_line_read_cb, g_object_ref (self));
}

static void
output_line_read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (KabDemoProcess) self = g_steal_pointer (&user_data);
  g_autofree char *line =
      g_data_input_stream_read_line_finish_utf8 (G_DATA_INPUT_STREAM (source), result, NULL, NULL);

  /* At the end of the stream the process is about to be waited for. */
  if (line == NULL)
    return;

  /* Later lines are only taken off the pipe. */
  if (self->ready == NULL)
    {
      self->ready =
          kab_json_parse_object (line, strlen (line), MAX_READY_BYTES, MAX_READY_DEPTH, NULL);
      finish_start (self, self->ready
                              ? NULL
                              : g_error_new (KAB_DEMO_BANK_ERROR, KAB_DEMO_BANK_ERROR_GARBAGE,
                                             "%s said something else than that it is "
                                             "ready",
                                             self->name));
    }
  g_data_input_stream_read_line_async (self->output, G_PRIORITY_DEFAULT, self->cancellable,
                                       output_line_read_cb, g_object_ref (self));
}

static void
ended_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (KabDemoProcess) self = g_steal_pointer (&user_data);
  g_autoptr (GTask) stop = g_steal_pointer (&self->stop);

  g_subprocess_wait_finish (G_SUBPROCESS (source), result, NULL);
  self->ended = TRUE;
  if (stop != NULL)
    {
      g_clear_handle_id (&self->timeout_source, g_source_remove);
      g_task_return_boolean (stop, TRUE);
      return;
    }
  handle_death (self);
}

static gboolean
start_too_slow_cb (gpointer user_data)
{
  KabDemoProcess *self = user_data;

  self->timeout_source = 0;
  finish_start (self, g_error_new (KAB_DEMO_BANK_ERROR, KAB_DEMO_BANK_ERROR_SILENT,
                                   "%s didn't say that it is ready", self->name));

  return G_SOURCE_REMOVE;
}

static gboolean
stop_too_slow_cb (gpointer user_data)
{
  KabDemoProcess *self = user_data;

  self->timeout_source = 0;
  g_subprocess_force_exit (self->subprocess);

  return G_SOURCE_REMOVE;
}

static void
start_cancelled_cb (GCancellable *cancellable, KabDemoProcess *self)
{
  g_autoptr (GError) error = NULL;

  if (g_cancellable_set_error_if_cancelled (cancellable, &error))
    finish_start (self, g_steal_pointer (&error));
}

static void
kab_demo_process_dispose (GObject *object)
{
  KabDemoProcess *self = KAB_DEMO_PROCESS (object);

  g_clear_handle_id (&self->timeout_source, g_source_remove);
  g_cancellable_cancel (self->cancellable);
  G_OBJECT_CLASS (kab_demo_process_parent_class)->dispose (object);
}

static void
kab_demo_process_finalize (GObject *object)
{
  KabDemoProcess *self = KAB_DEMO_PROCESS (object);

  g_clear_object (&self->output);
  g_clear_object (&self->errors);
  g_clear_object (&self->subprocess);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->ready, json_object_unref);
  g_free (self->last_line);
  g_free (self->name);
  G_OBJECT_CLASS (kab_demo_process_parent_class)->finalize (object);
}

static void
kab_demo_process_class_init (KabDemoProcessClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = kab_demo_process_dispose;
  G_OBJECT_CLASS (klass)->finalize = kab_demo_process_finalize;

  signals[DIED] = g_signal_new ("died", KAB_TYPE_DEMO_PROCESS, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
kab_demo_process_init (KabDemoProcess *self)
{
  self->cancellable = g_cancellable_new ();
}

static GError *
spawn_error (const char *program, const GError *error)
{
  return g_error_new (KAB_DEMO_BANK_ERROR, KAB_DEMO_BANK_ERROR_MISSING, "%s can't be started: %s",
                      program, error->message);
}

void
kab_demo_process_start_async (const char *const *argv,
                              guint seconds,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  g_autoptr (KabDemoProcess) self = g_object_new (KAB_TYPE_DEMO_PROCESS, NULL);
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  g_autoptr (GError) error = NULL;

  g_task_set_source_tag (task, kab_demo_process_start_async);
  /* Telling something to one that has died is no reason to die too. GSocket does the same. */
  signal (SIGPIPE, SIG_IGN);
  self->name = g_strdup (argv[0]);
  self->subprocess =
      g_subprocess_newv (argv,
                         G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE |
                             G_SUBPROCESS_FLAGS_STDERR_PIPE,
                         &error);
  if (self->subprocess == NULL)
    {
      g_task_return_error (task, spawn_error (argv[0], error));
      return;
    }

  self->start = g_steal_pointer (&task);
  self->output = g_data_input_stream_new (g_subprocess_get_stdout_pipe (self->subprocess));
  self->errors = g_data_input_stream_new (g_subprocess_get_stderr_pipe (self->subprocess));
  self->timeout_source = g_timeout_add_seconds (seconds, start_too_slow_cb, self);
  g_data_input_stream_read_line_async (self->output, G_PRIORITY_DEFAULT, self->cancellable,
                                       output_line_read_cb, g_object_ref (self));
  g_data_input_stream_read_line_async (self->errors, G_PRIORITY_DEFAULT, self->cancellable,
                                       error_line_read_cb, g_object_ref (self));
  g_subprocess_wait_async (self->subprocess, NULL, ended_cb, g_object_ref (self));
  if (cancellable != NULL)
    g_signal_connect_object (cancellable, "cancelled", G_CALLBACK (start_cancelled_cb), self,
                             G_CONNECT_DEFAULT);
}

KabDemoProcess *
kab_demo_process_start_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

JsonObject *
kab_demo_process_get_ready (KabDemoProcess *self)
{
  return self->ready;
}

void
kab_demo_process_tell (KabDemoProcess *self, const char *line)
{
  GOutputStream *input = g_subprocess_get_stdin_pipe (self->subprocess);

  /* Far smaller than a pipe holds, so that this doesn't block. */
  g_output_stream_write_all (input, line, strlen (line), NULL, NULL, NULL);
  g_output_stream_flush (input, NULL, NULL);
}

void
kab_demo_process_stop_async (KabDemoProcess *self,
                             guint seconds,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, user_data);

  g_task_set_source_tag (task, kab_demo_process_stop_async);
  self->stopping = TRUE;
  if (self->ended)
    {
      g_task_return_boolean (task, TRUE);
      return;
    }

  self->stop = g_steal_pointer (&task);
  g_output_stream_close (g_subprocess_get_stdin_pipe (self->subprocess), NULL, NULL);
  self->timeout_source = g_timeout_add_seconds (seconds, stop_too_slow_cb, self);
}

void
kab_demo_process_stop_finish (KabDemoProcess *self, GAsyncResult *result)
{
  g_return_if_fail (g_task_is_valid (result, self));

  g_task_propagate_boolean (G_TASK (result), NULL);
}
