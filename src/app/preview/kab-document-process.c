/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "preview/kab-document-process.h"

#include <gio/gunixfdmessage.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "preview/kab-preview-config.h"

#define SPARE_DELAY 1 /* seconds, so that it doesn't compete with a first page */

/* One request, waiting or under way. */
typedef struct
{
  GTask *task; /* (owned) */
  KabHelperKind kind;
  GVariant *arguments; /* (owned) (nullable) */
  int bulk;            /* (owned): -1 when there is none */
  gsize bulk_size;
  int priority;
} Call;

/**
 * KabDocumentProcess:
 *
 * One kabinets-document-helper and the conversation with it. It opens one
 * document and lives as long as that; requests are answered one by one, those
 * of a lower priority value first.
 *
 * Signals: `ended` with the #GError that every later call gets too.
 */
struct _KabDocumentProcess
{
  GObject parent_instance;

  GSubprocess *subprocess; /* (owned) (nullable) */
  GSocket *socket;         /* (owned) (nullable) */
  GSource *source;         /* (owned) (nullable) */
  GQueue calls;            /* (element-type Call) (owned), by priority */
  Call *current;           /* (owned) (nullable) */
  GError *ended;           /* (owned) (nullable) */
  guint timeout;
  guint32 serial;
  guint posture;
  gboolean ready;
};

enum
{
  SIGNAL_ENDED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];
static KabDocumentProcess *spare; /* (owned) (nullable) */
static guint spare_timeout;

G_DEFINE_FINAL_TYPE (KabDocumentProcess, kab_document_process, G_TYPE_OBJECT)

static void send_next (KabDocumentProcess *self);

static void
call_free (Call *call)
{
  g_clear_object (&call->task);
  g_clear_pointer (&call->arguments, g_variant_unref);
  if (call->bulk >= 0)
    close (call->bulk);
  g_free (call);
}

/* Nothing is expected of the helper any more. */
static void
end_with_error (KabDocumentProcess *self, int code, const char *message)
{
  g_autoptr (KabDocumentProcess) alive = g_object_ref (self);
  Call *call;

  if (self->ended != NULL)
    return;
  self->ended = g_error_new_literal (KAB_PREVIEW_ERROR, code, message);
  g_clear_handle_id (&self->timeout, g_source_remove);
  if (self->source != NULL)
    g_source_destroy (self->source);
  g_clear_pointer (&self->source, g_source_unref);
  g_clear_object (&self->socket);
  if (self->subprocess != NULL)
    g_subprocess_force_exit (self->subprocess);

  if (self->current != NULL)
    g_queue_push_head (&self->calls, g_steal_pointer (&self->current));
  while ((call = g_queue_pop_head (&self->calls)) != NULL)
    {
      g_task_return_error (call->task, g_error_copy (self->ended));
      call_free (call);
    }
  g_signal_emit (self, signals[SIGNAL_ENDED], 0, self->ended);
}

static gboolean
timed_out_cb (gpointer user_data)
{
  KabDocumentProcess *self = user_data;

  self->timeout = 0;
  end_with_error (self, KAB_PREVIEW_ERROR_TIMED_OUT, "the document helper took too long");
  return G_SOURCE_REMOVE;
}

static void
watch_time (KabDocumentProcess *self, guint seconds)
{
  g_clear_handle_id (&self->timeout, g_source_remove);
  self->timeout = g_timeout_add_seconds (seconds, timed_out_cb, self);
}

static void
receive_hello (KabDocumentProcess *self, const KabHelperFrame *frame, KabDocumentReply *reply)
{
  const char *missing = "";
  guint landlock = 0;

  g_variant_get (reply->arguments, "(uu&s)", &self->posture, &landlock, &missing);
  if (frame->status != KAB_HELPER_OK ||
      (self->posture & KAB_HELPER_POSTURE_REQUIRED) != KAB_HELPER_POSTURE_REQUIRED)
    {
      g_autofree char *message = g_strdup_printf ("the document helper lacks: %s", missing);

      end_with_error (self, KAB_PREVIEW_ERROR_NOT_CONFINED, message);
      return;
    }
  g_clear_handle_id (&self->timeout, g_source_remove);
  self->ready = TRUE;
  send_next (self);
}

static void
receive_reply (KabDocumentProcess *self, const KabHelperFrame *frame, KabDocumentReply *reply)
{
  g_autoptr (KabDocumentProcess) alive = g_object_ref (self);
  Call *call = g_steal_pointer (&self->current);

  g_clear_handle_id (&self->timeout, g_source_remove);
  if (frame->status == KAB_HELPER_OK)
    g_task_return_pointer (call->task, g_steal_pointer (&reply),
                           (GDestroyNotify) kab_document_reply_free);
  else
    g_task_return_new_error (call->task, KAB_PREVIEW_ERROR,
                             kab_preview_error_from_status (frame->status),
                             "the document helper answered %u", frame->status);
  g_clear_pointer (&reply, kab_document_reply_free);
  call_free (call);
  send_next (self);
}

static void
handle_packet (KabDocumentProcess *self, const char *packet, gsize length, int descriptor)
{
  g_autoptr (KabDocumentReply) reply = NULL;
  KabHelperFrame frame = { 0 };
  const gboolean is_hello = !self->ready;
  gboolean failed;

  if (length >= sizeof frame)
    memcpy (&frame, packet, sizeof frame);
  failed = frame.status != KAB_HELPER_OK && !is_hello;
  if (frame.magic == KAB_HELPER_MAGIC && (frame.kind == KAB_HELPER_HELLO) == is_hello &&
      (is_hello || (self->current != NULL && frame.kind == self->current->kind &&
                    frame.serial == self->serial)))
    {
      if (!failed)
        reply = kab_document_reply_new (&frame, packet + sizeof frame, length - sizeof frame,
                                        descriptor);
      else if (length == sizeof frame && descriptor < 0)
        reply = g_new0 (KabDocumentReply, 1);
    }

  if (reply == NULL)
    end_with_error (self, KAB_PREVIEW_ERROR_FAILED, "the document helper broke the protocol");
  else if (is_hello)
    receive_hello (self, &frame, reply);
  else
    receive_reply (self, &frame, g_steal_pointer (&reply));
}

static int
take_descriptor (GSocketControlMessage **messages, int n_messages)
{
  int descriptor = -1;

  for (int i = 0; i < n_messages; i++)
    {
      g_autofree int *descriptors = NULL;
      int n = 0;

      if (G_IS_UNIX_FD_MESSAGE (messages[i]))
        descriptors = g_unix_fd_message_steal_fds (G_UNIX_FD_MESSAGE (messages[i]), &n);
      for (int j = 0; j < n; j++)
        {
          if (descriptor < 0)
            descriptor = descriptors[j];
          else
            close (descriptors[j]);
        }
      g_object_unref (messages[i]);
    }
  return descriptor;
}

static gboolean
readable_cb (GSocket *socket, GIOCondition condition, gpointer user_data)
{
  KabDocumentProcess *self = user_data;
  g_autoptr (KabDocumentProcess) alive = g_object_ref (self);
  g_autofree char *packet = g_malloc (KAB_HELPER_MAX_PACKET);
  g_autofree GSocketControlMessage **messages = NULL;
  GInputVector vector = { packet, KAB_HELPER_MAX_PACKET };
  int n_messages = 0, flags = 0, descriptor;
  g_autoptr (GError) error = NULL;
  gssize length;

  length = g_socket_receive_message (socket, NULL, &vector, 1, &messages, &n_messages, &flags, NULL,
                                     &error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK))
    return G_SOURCE_CONTINUE;
  descriptor = take_descriptor (messages, n_messages);
  if (length <= 0)
    end_with_error (self, KAB_PREVIEW_ERROR_ENDED, "the document helper ended");
  else
    handle_packet (self, packet, (gsize) length, descriptor);
  if (descriptor >= 0)
    close (descriptor);
  return self->ended == NULL ? G_SOURCE_CONTINUE : G_SOURCE_REMOVE;
}

static gboolean
send_call (KabDocumentProcess *self, Call *call)
{
  const KabHelperFrame frame = {
    .magic = KAB_HELPER_MAGIC,
    .kind = call->kind,
    .serial = ++self->serial,
    .size = call->bulk_size,
  };
  GOutputVector vectors[] = {
    { &frame, sizeof frame },
    { call->arguments != NULL ? g_variant_get_data (call->arguments) : NULL,
      call->arguments != NULL ? g_variant_get_size (call->arguments) : 0 },
  };
  g_autoptr (GSocketControlMessage) message = NULL;

  if (call->bulk >= 0)
    {
      message = g_unix_fd_message_new ();
      if (!g_unix_fd_message_append_fd (G_UNIX_FD_MESSAGE (message), call->bulk, NULL))
        return FALSE;
    }
  return g_socket_send_message (self->socket, NULL, vectors, G_N_ELEMENTS (vectors), &message,
                                message != NULL ? 1 : 0, G_SOCKET_MSG_NONE, NULL, NULL) > 0;
}

/* One request is under way at a time, so that a packet always finds room and
 * a request that is no longer wanted is never sent. */
static void
send_next (KabDocumentProcess *self)
{
  while (self->ready && self->ended == NULL && self->current == NULL &&
         !g_queue_is_empty (&self->calls))
    {
      Call *call = g_queue_pop_head (&self->calls);

      if (g_task_return_error_if_cancelled (call->task))
        {
          call_free (call);
          continue;
        }
      self->current = call;
      watch_time (self, KAB_HELPER_ANSWER_SECONDS);
      if (!send_call (self, call))
        end_with_error (self, KAB_PREVIEW_ERROR_ENDED, "the document helper doesn't listen");
    }
}

static const char *
helper_path (void)
{
  const char *path = g_getenv ("KABINETS_DOCUMENT_HELPER");

  return path != NULL ? path : KAB_DOCUMENT_HELPER;
}

/* Only what finding fonts needs. */
static char **
make_environment (void)
{
  static const char *const kept[] = {
    "HOME",
    "XDG_DATA_HOME",
    "XDG_CACHE_HOME",
    "XDG_CONFIG_HOME",
    "FONTCONFIG_FILE",
    "FONTCONFIG_PATH",
    "ASAN_OPTIONS",
    "UBSAN_OPTIONS",
  };
  char **environment = g_environ_setenv (NULL, "LC_ALL", "C.UTF-8", TRUE);

  for (gsize i = 0; i < G_N_ELEMENTS (kept); i++)
    {
      const char *value = g_getenv (kept[i]);

      if (value != NULL)
        environment = g_environ_setenv (environment, kept[i], value, TRUE);
    }
  return environment;
}

static gboolean
start (KabDocumentProcess *self, GError **error)
{
  g_autoptr (GSubprocessLauncher) launcher = NULL;
  g_auto (GStrv) environment = make_environment ();
  int pair[2];

  if (socketpair (AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair) != 0)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_FAILED, "no socket pair");
      return FALSE;
    }
  self->socket = g_socket_new_from_fd (pair[0], error);
  launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDERR_SILENCE |
                                        G_SUBPROCESS_FLAGS_STDOUT_SILENCE);
  g_subprocess_launcher_set_environ (launcher, environment);
  g_subprocess_launcher_take_fd (launcher, pair[1], KAB_HELPER_SOCKET_FD);
  if (self->socket == NULL)
    {
      close (pair[0]);
      return FALSE;
    }
  g_socket_set_blocking (self->socket, FALSE);
  self->subprocess = g_subprocess_launcher_spawn (launcher, error, helper_path (), NULL);
  return self->subprocess != NULL;
}

static KabDocumentProcess *
new_process (void)
{
  KabDocumentProcess *self = g_object_new (KAB_TYPE_DOCUMENT_PROCESS, NULL);
  g_autoptr (GError) error = NULL;

  if (!start (self, &error))
    {
      end_with_error (self, KAB_PREVIEW_ERROR_NOT_CONFINED, error->message);
      return self;
    }
  self->source = g_socket_create_source (self->socket, G_IO_IN | G_IO_HUP, NULL);
  g_source_set_callback (self->source, G_SOURCE_FUNC (readable_cb), self, NULL);
  g_source_attach (self->source, NULL);
  watch_time (self, KAB_HELPER_ANSWER_SECONDS);
  return self;
}

static void
kab_document_process_dispose (GObject *object)
{
  KabDocumentProcess *self = KAB_DOCUMENT_PROCESS (object);

  /* A call holds a reference, so that none is left here. */
  g_clear_handle_id (&self->timeout, g_source_remove);
  if (self->source != NULL)
    g_source_destroy (self->source);
  g_clear_pointer (&self->source, g_source_unref);
  g_clear_object (&self->socket);
  if (self->subprocess != NULL)
    g_subprocess_force_exit (self->subprocess);
  g_clear_object (&self->subprocess);
  g_clear_error (&self->ended);

  G_OBJECT_CLASS (kab_document_process_parent_class)->dispose (object);
}

static void
kab_document_process_class_init (KabDocumentProcessClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = kab_document_process_dispose;

  signals[SIGNAL_ENDED] = g_signal_new ("ended", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                        NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_ERROR);
}

static void
kab_document_process_init (KabDocumentProcess *self)
{
  g_queue_init (&self->calls);
}

static gboolean
prepare_cb (gpointer user_data)
{
  spare_timeout = 0;
  kab_document_process_prepare ();
  return G_SOURCE_REMOVE;
}

/**
 * kab_document_process_prepare:
 *
 * Starts a spare helper, so that the next document finds one that is warm.
 */
void
kab_document_process_prepare (void)
{
  if (spare != NULL && spare->ended != NULL)
    g_clear_object (&spare);
  if (spare == NULL)
    spare = new_process ();
}

/** kab_document_process_drop_spare: ends the spare helper, if there is one. */
void
kab_document_process_drop_spare (void)
{
  g_clear_handle_id (&spare_timeout, g_source_remove);
  g_clear_object (&spare);
}

/**
 * kab_document_process_acquire:
 *
 * Takes the spare helper, or starts one, and sees to the next spare.
 *
 * Returns: (transfer full): a helper that has seen no document; one that could
 *   not be started answers every call with its error
 */
KabDocumentProcess *
kab_document_process_acquire (void)
{
  kab_document_process_prepare ();
  if (spare_timeout == 0)
    spare_timeout =
        g_timeout_add_seconds_full (G_PRIORITY_LOW, SPARE_DELAY, prepare_cb, NULL, NULL);
  return g_steal_pointer (&spare);
}

/**
 * kab_document_process_get_pid:
 *
 * Returns: (nullable): the process id in digits, or %NULL when it has ended
 */
const char *
kab_document_process_get_pid (KabDocumentProcess *self)
{
  return self->subprocess != NULL ? g_subprocess_get_identifier (self->subprocess) : NULL;
}

/** kab_document_process_has_ended: whether calls can only fail. */
gboolean
kab_document_process_has_ended (KabDocumentProcess *self)
{
  return self->ended != NULL;
}

/** kab_document_process_end: ends the helper; waiting calls fail. */
void
kab_document_process_end (KabDocumentProcess *self)
{
  end_with_error (self, KAB_PREVIEW_ERROR_ENDED, "the document was closed");
}

static int
compare_priority (gconstpointer first, gconstpointer second, gpointer user_data)
{
  /* Never equal to what waits already, so that the order of calls is kept. */
  return ((const Call *) first)->priority <= ((const Call *) second)->priority ? -1 : 1;
}

/**
 * kab_document_process_call_async:
 * @kind: what to ask
 * @arguments: (nullable) (transfer floating): of the kind's type
 * @bulk: (transfer full): a sealed memfd, or -1
 * @bulk_size: its length
 * @priority: calls with lower values go first
 * @cancellable: (nullable): a call that waits is dropped; one that is under
 *   way is answered, but nobody hears it
 *
 * Asks the helper.
 */
void
kab_document_process_call_async (KabDocumentProcess *self,
                                 KabHelperKind kind,
                                 GVariant *arguments,
                                 int bulk,
                                 gsize bulk_size,
                                 int priority,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  Call *call = g_new0 (Call, 1);

  call->task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (call->task, kab_document_process_call_async);
  call->kind = kind;
  call->arguments = arguments != NULL ? g_variant_ref_sink (arguments) : NULL;
  call->bulk = bulk;
  call->bulk_size = bulk_size;
  call->priority = priority;

  if (self->ended != NULL)
    {
      g_task_return_error (call->task, g_error_copy (self->ended));
      call_free (call);
      return;
    }
  if (call->arguments != NULL &&
      g_variant_get_size (call->arguments) + sizeof (KabHelperFrame) > KAB_HELPER_MAX_PACKET)
    {
      g_task_return_new_error (call->task, KAB_PREVIEW_ERROR, KAB_PREVIEW_ERROR_TOO_LARGE,
                               "more text than a request can hold");
      call_free (call);
      return;
    }
  g_queue_insert_sorted (&self->calls, call, compare_priority, NULL);
  send_next (self);
}

/**
 * kab_document_process_call_finish:
 * @result: from the callback
 * @error: return location for a #KabPreviewError or %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full): the reply, or %NULL
 */
KabDocumentReply *
kab_document_process_call_finish (KabDocumentProcess *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
