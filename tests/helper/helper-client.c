/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "helper-client.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#define PATIENCE 60000 /* milliseconds */

typedef union
{
  struct cmsghdr header;
  char bytes[CMSG_SPACE (sizeof (int))];
} Control;

static void
place_socket (gpointer user_data)
{
  dup2 (GPOINTER_TO_INT (user_data), KAB_HELPER_SOCKET_FD);
}

/** helper_client_start: starts @program as the application does. */
void
helper_client_start (HelperClient *client, const char *program)
{
  const char *const arguments[] = { program, NULL };
  const char *const environment[] = { "LC_ALL=C.UTF-8", "HOME=/nonexistent", NULL };
  g_autoptr (GError) error = NULL;
  int pair[2];

  g_assert_cmpint (socketpair (AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair), ==, 0);
  g_spawn_async (NULL, (char **) arguments, (char **) environment,
                 G_SPAWN_DO_NOT_REAP_CHILD | G_SPAWN_LEAVE_DESCRIPTORS_OPEN |
                     G_SPAWN_STDERR_TO_DEV_NULL,
                 place_socket, GINT_TO_POINTER (pair[1]), &client->pid, &error);
  g_assert_no_error (error);
  close (pair[1]);
  client->socket = pair[0];
}

/** helper_client_stop: closes the conversation; the helper must end by itself. */
void
helper_client_stop (HelperClient *client)
{
  int status;

  close (client->socket);
  g_assert_cmpint (waitpid (client->pid, &status, 0), ==, client->pid);
  g_spawn_close_pid (client->pid);
}

/** helper_client_send_raw: sends a packet, sound or not. */
gboolean
helper_client_send_raw (HelperClient *client, gconstpointer data, gsize length, int descriptor)
{
  struct iovec part = { (void *) data, length };
  Control control = { 0 };
  struct msghdr message = { .msg_iov = &part, .msg_iovlen = 1 };

  if (descriptor >= 0)
    {
      message.msg_control = control.bytes;
      message.msg_controllen = sizeof control.bytes;
      control.header.cmsg_level = SOL_SOCKET;
      control.header.cmsg_type = SCM_RIGHTS;
      control.header.cmsg_len = CMSG_LEN (sizeof descriptor);
      memcpy (CMSG_DATA (&control.header), &descriptor, sizeof descriptor);
    }
  return sendmsg (client->socket, &message, MSG_NOSIGNAL) == (gssize) length;
}

static GBytes *
read_bulk (int descriptor, guint64 size)
{
  char *data = g_malloc (size);

  g_assert_cmpint (fcntl (descriptor, F_GET_SEALS) & (F_SEAL_WRITE | F_SEAL_SHRINK | F_SEAL_GROW),
                   ==, F_SEAL_WRITE | F_SEAL_SHRINK | F_SEAL_GROW);
  g_assert_cmpint (pread (descriptor, data, size, 0), ==, (gssize) size);
  close (descriptor);
  return g_bytes_new_take (data, size);
}

/** helper_client_receive: (transfer full) (nullable): the next packet; %NULL when the helper has
 * ended. */
HelperAnswer *
helper_client_receive (HelperClient *client)
{
  g_autofree char *packet = g_malloc (KAB_HELPER_MAX_PACKET);
  struct iovec part = { packet, KAB_HELPER_MAX_PACKET };
  Control control = { 0 };
  struct msghdr message = { .msg_iov = &part,
                            .msg_iovlen = 1,
                            .msg_control = control.bytes,
                            .msg_controllen = sizeof control.bytes };
  struct pollfd wait = { client->socket, POLLIN, 0 };
  struct cmsghdr *header;
  HelperAnswer *answer;
  gssize length;

  if (poll (&wait, 1, PATIENCE) == 0)
    {
      kill (client->pid, SIGKILL);
      g_error ("the helper doesn't answer");
    }
  length = recvmsg (client->socket, &message, MSG_CMSG_CLOEXEC);
  if (length <= 0)
    return NULL;
  g_assert_cmpint (length, >=, sizeof (KabHelperFrame));
  answer = g_new0 (HelperAnswer, 1);
  memcpy (&answer->frame, packet, sizeof answer->frame);
  answer->rest = g_bytes_new (packet + sizeof answer->frame, (gsize) length - sizeof answer->frame);
  header = CMSG_FIRSTHDR (&message);
  if (header != NULL)
    {
      int descriptor;

      memcpy (&descriptor, CMSG_DATA (header), sizeof descriptor);
      answer->bulk = read_bulk (descriptor, answer->frame.size);
    }
  return answer;
}

static HelperAnswer *
ask_with (HelperClient *client, KabHelperKind kind, GVariant *arguments, int descriptor, gsize size)
{
  g_autoptr (GVariant) sunk = arguments != NULL ? g_variant_ref_sink (arguments) : NULL;
  const KabHelperFrame frame = { KAB_HELPER_MAGIC, kind, 7, 0, size };
  g_autoptr (GByteArray) packet = g_byte_array_new ();

  g_byte_array_append (packet, (const guint8 *) &frame, sizeof frame);
  if (sunk != NULL)
    g_byte_array_append (packet, g_variant_get_data (sunk), (guint) g_variant_get_size (sunk));
  if (!helper_client_send_raw (client, packet->data, packet->len, descriptor))
    return NULL;
  return helper_client_receive (client);
}

/** helper_client_ask: (transfer full) (nullable): the answer to a sound request. */
HelperAnswer *
helper_client_ask (HelperClient *client, KabHelperKind kind, GVariant *arguments)
{
  return ask_with (client, kind, arguments, -1, 0);
}

/** helper_client_make_memfd: a memfd that holds @bytes. */
int
helper_client_make_memfd (GBytes *bytes, gboolean sealed)
{
  gsize size;
  gconstpointer data = g_bytes_get_data (bytes, &size);
  const int descriptor = memfd_create ("test", MFD_CLOEXEC | MFD_ALLOW_SEALING);

  g_assert_cmpint (write (descriptor, data, size), ==, (gssize) size);
  if (sealed)
    g_assert_cmpint (
        fcntl (descriptor, F_ADD_SEALS, F_SEAL_WRITE | F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_SEAL),
        ==, 0);
  return descriptor;
}

/** helper_client_open: (transfer full) (nullable): the answer to opening @pdf. */
HelperAnswer *
helper_client_open (HelperClient *client, GBytes *pdf)
{
  const int descriptor = helper_client_make_memfd (pdf, TRUE);
  HelperAnswer *answer = ask_with (client, KAB_HELPER_OPEN, g_variant_new ("(s)", ""), descriptor,
                                   g_bytes_get_size (pdf));

  close (descriptor);
  return answer;
}

static GVariant *
to_variant (GBytes *bytes, const char *type)
{
  GVariant *value =
      g_variant_ref_sink (g_variant_new_from_bytes (G_VARIANT_TYPE (type), bytes, FALSE));

  g_assert_true (g_variant_is_normal_form (value));
  return value;
}

/** helper_answer_get_rest: (transfer full): the inline part. */
GVariant *
helper_answer_get_rest (HelperAnswer *answer, const char *type)
{
  return to_variant (answer->rest, type);
}

/** helper_answer_get_bulk: (transfer full): the bulk. */
GVariant *
helper_answer_get_bulk (HelperAnswer *answer, const char *type)
{
  g_assert_nonnull (answer->bulk);
  return to_variant (answer->bulk, type);
}

/** helper_answer_free: frees @answer. */
void
helper_answer_free (HelperAnswer *answer)
{
  g_bytes_unref (answer->rest);
  g_clear_pointer (&answer->bulk, g_bytes_unref);
  g_free (answer);
}
