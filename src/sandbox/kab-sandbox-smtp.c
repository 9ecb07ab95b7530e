/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-sandbox-smtp.h"

#include "kab-sandbox-certificate.h"
#include "kab-sandbox-dialogue.h"
#include "kab-sandbox-json.h"
#include "kab-sandbox-mail.h"

#include <string.h>

#define IDLE_SECONDS   300
#define CHUNK          8192
#define LONGEST_BUFFER (64 * 1024)

/**
 * KabSandboxSmtp:
 *
 * The mail server: it takes mails for everybody and puts them on the demo phone.
 */
struct _KabSandboxSmtp
{
  GObject parent_instance;

  KabSandboxScript *script;     /* (owned) */
  KabSandboxState *state;       /* (owned) */
  KabSandboxPhone *phone;       /* (owned) */
  GTlsCertificate *certificate; /* (owned) */
  GSocketService *listener;     /* (owned) */
  GCancellable *cancellable;    /* (owned) */
  guint16 port;
};

/* One connection; it ends itself, and owns the server until then. */
typedef struct
{
  KabSandboxSmtp *server;       /* (owned) */
  GSocketConnection *socket;    /* (owned) */
  GIOStream *stream;            /* (owned) the socket, or TLS over it */
  KabSandboxDialogue *dialogue; /* (owned) */
  GByteArray *buffer;           /* (owned) received and not yet understood */
  GString *reply;               /* (owned) */
  KabSandboxStep step;
} Session;

G_DEFINE_FINAL_TYPE (KabSandboxSmtp, kab_sandbox_smtp, G_TYPE_OBJECT)

static void read_more (Session *session);
static void understand (Session *session);

static void
end_session (Session *session)
{
  g_io_stream_close (session->stream, NULL, NULL);
  g_io_stream_close (G_IO_STREAM (session->socket), NULL, NULL);
  g_object_unref (session->stream);
  g_object_unref (session->socket);
  g_object_unref (session->dialogue);
  g_byte_array_unref (session->buffer);
  g_string_free (session->reply, TRUE);
  g_object_unref (session->server);
  g_free (session);
}

static void
deliver (const char *sender, const char *const *recipients, GBytes *source, gpointer user_data)
{
  Session *session = user_data;
  KabSandboxSmtp *self = session->server;
  g_autoptr (KabSandboxMail) mail = kab_sandbox_mail_new (source);
  JsonObject *record = kab_sandbox_script_record (self->script, "smtp");

  json_object_set_string_member (record, "sender", sender);
  json_object_set_array_member (record, "recipients", kab_sandbox_json_array (recipients));
  json_object_set_string_member (record, "from", mail->from);
  json_object_set_string_member (record, "subject", mail->subject);
  json_object_set_string_member (record, "text", mail->text);
  json_object_set_int_member (record, "size", g_bytes_get_size (source));
  for (gsize i = 0; recipients[i]; i++)
    kab_sandbox_phone_add (self->phone, "mail", mail->from, recipients[i], mail->subject,
                           mail->text);
}

static void
tls_ready_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Session *session = user_data;

  if (!g_tls_connection_handshake_finish (G_TLS_CONNECTION (source), result, NULL))
    {
      end_session (session);
      return;
    }
  kab_sandbox_dialogue_secured (session->dialogue);
  read_more (session);
}

static void
start_tls (Session *session)
{
  g_autoptr (GIOStream) plain = g_steal_pointer (&session->stream);
  g_autoptr (GError) error = NULL;

  session->stream = g_tls_server_connection_new (plain, session->server->certificate, &error);
  if (!session->stream)
    {
      g_message ("TLS is not available: %s", error->message);
      session->stream = g_steal_pointer (&plain);
      end_session (session);
      return;
    }
  g_tls_connection_handshake_async (G_TLS_CONNECTION (session->stream), G_PRIORITY_DEFAULT,
                                    session->server->cancellable, tls_ready_cb, session);
}

static void
reply_sent_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Session *session = user_data;

  if (!g_output_stream_write_all_finish (G_OUTPUT_STREAM (source), result, NULL, NULL) ||
      session->step == KAB_SANDBOX_STEP_CLOSE)
    {
      end_session (session);
      return;
    }
  g_string_truncate (session->reply, 0);
  if (session->step == KAB_SANDBOX_STEP_START_TLS)
    start_tls (session);
  else
    understand (session);
}

static void
send_reply (Session *session)
{
  g_output_stream_write_all_async (g_io_stream_get_output_stream (session->stream),
                                   session->reply->str, session->reply->len, G_PRIORITY_DEFAULT,
                                   session->server->cancellable, reply_sent_cb, session);
}

static gboolean
wait_over_cb (gpointer user_data)
{
  send_reply (user_data);
  return G_SOURCE_REMOVE;
}

/* Feeds the complete lines that are there, until one of them asks for something else. */
static void
feed_lines (Session *session)
{
  GByteArray *buffer = session->buffer;
  guint used = 0;

  session->step = KAB_SANDBOX_STEP_GO_ON;
  while (session->step == KAB_SANDBOX_STEP_GO_ON && used < buffer->len)
    {
      const char *line = (const char *) buffer->data + used;
      const char *end = memchr (line, '\n', buffer->len - used);

      if (!end)
        break;
      session->step =
          kab_sandbox_dialogue_feed (session->dialogue, line, end - line, session->reply);
      used += end - line + 1;
    }
  g_byte_array_remove_range (buffer, 0, used);
}

static void
understand (Session *session)
{
  feed_lines (session);
  if (session->step == KAB_SANDBOX_STEP_START_TLS && session->buffer->len > 0)
    {
      /* Words in clear text behind STARTTLS would be taken for encrypted ones (CVE-2011-0411). */
      g_string_assign (session->reply, "554 5.5.1 Nothing may follow STARTTLS\r\n");
      session->step = KAB_SANDBOX_STEP_CLOSE;
    }
  else if (session->buffer->len > LONGEST_BUFFER)
    {
      g_string_assign (session->reply, "500 5.5.6 The line is too long\r\n");
      session->step = KAB_SANDBOX_STEP_CLOSE;
    }
  if (session->step == KAB_SANDBOX_STEP_WAIT)
    g_timeout_add (kab_sandbox_script_get_settings (session->server->script)->slow_delay,
                   wait_over_cb, session);
  else if (session->reply->len > 0)
    send_reply (session);
  else if (session->step == KAB_SANDBOX_STEP_CLOSE)
    end_session (session);
  else
    read_more (session);
}

static void
bytes_read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Session *session = user_data;
  g_autoptr (GBytes) bytes =
      g_input_stream_read_bytes_finish (G_INPUT_STREAM (source), result, NULL);

  if (!bytes || g_bytes_get_size (bytes) == 0)
    {
      end_session (session);
      return;
    }
  g_byte_array_append (session->buffer, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  understand (session);
}

static void
read_more (Session *session)
{
  g_input_stream_read_bytes_async (g_io_stream_get_input_stream (session->stream), CHUNK,
                                   G_PRIORITY_DEFAULT, session->server->cancellable, bytes_read_cb,
                                   session);
}

static gboolean
connection_made_cb (KabSandboxSmtp *self, GSocketConnection *connection)
{
  Session *session = g_new0 (Session, 1);

  g_socket_set_timeout (g_socket_connection_get_socket (connection), IDLE_SECONDS);
  session->server = g_object_ref (self);
  session->socket = g_object_ref (connection);
  session->stream = G_IO_STREAM (g_object_ref (connection));
  session->buffer = g_byte_array_new ();
  session->reply = g_string_new (NULL);
  session->dialogue = kab_sandbox_dialogue_new (
      self->script, KAB_SANDBOX_SMTP_USER,
      kab_sandbox_state_get_secret (self->state, "smtpPassword"), deliver, session);
  kab_sandbox_dialogue_greet (session->dialogue, session->reply);
  send_reply (session);
  return TRUE;
}

static void
kab_sandbox_smtp_finalize (GObject *object)
{
  KabSandboxSmtp *self = KAB_SANDBOX_SMTP (object);

  g_clear_object (&self->script);
  g_clear_object (&self->state);
  g_clear_object (&self->phone);
  g_clear_object (&self->certificate);
  g_object_unref (self->listener);
  g_object_unref (self->cancellable);
  G_OBJECT_CLASS (kab_sandbox_smtp_parent_class)->finalize (object);
}

static void
kab_sandbox_smtp_class_init (KabSandboxSmtpClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = kab_sandbox_smtp_finalize;
}

static void
kab_sandbox_smtp_init (KabSandboxSmtp *self)
{
  self->listener = g_socket_service_new ();
  self->cancellable = g_cancellable_new ();
  g_signal_connect_swapped (self->listener, "incoming", G_CALLBACK (connection_made_cb), self);
}

/**
 * kab_sandbox_smtp_new:
 * @script: orders and log
 * @state: where the password is, and where sandbox-ca.pem goes
 * @phone: where mails arrive
 * @error: of GnuTLS, of the file system, or when there is no free port
 *
 * Returns: (transfer full) (nullable): a mail server on a free port of 127.0.0.1, with a new
 *   certificate
 */
KabSandboxSmtp *
kab_sandbox_smtp_new (KabSandboxScript *script,
                      KabSandboxState *state,
                      KabSandboxPhone *phone,
                      GError **error)
{
  g_autoptr (KabSandboxSmtp) self = g_object_new (KAB_TYPE_SANDBOX_SMTP, NULL);
  g_autoptr (GSocketAddress) wanted = g_inet_socket_address_new_from_string ("127.0.0.1", 0);
  g_autoptr (GSocketAddress) got = NULL;
  g_autofree char *authority = NULL;

  self->script = g_object_ref (script);
  self->state = g_object_ref (state);
  self->phone = g_object_ref (phone);
  self->certificate = kab_sandbox_certificate_new (&authority, error);
  if (!self->certificate || !kab_sandbox_state_write (state, "sandbox-ca.pem", authority, error) ||
      !g_socket_listener_add_address (G_SOCKET_LISTENER (self->listener), wanted,
                                      G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, NULL, &got,
                                      error))
    return NULL;
  self->port = g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (got));
  g_socket_service_start (self->listener);
  return g_steal_pointer (&self);
}

/**
 * kab_sandbox_smtp_get_port:
 * @self: the server
 *
 * Returns: its port
 */
guint16
kab_sandbox_smtp_get_port (KabSandboxSmtp *self)
{
  return self->port;
}

/**
 * kab_sandbox_smtp_stop:
 * @self: the server
 *
 * Takes no connection any more and breaks off those that are open.
 */
void
kab_sandbox_smtp_stop (KabSandboxSmtp *self)
{
  g_cancellable_cancel (self->cancellable);
  g_socket_service_stop (self->listener);
  g_socket_listener_close (G_SOCKET_LISTENER (self->listener));
}
