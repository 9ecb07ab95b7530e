/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-helper-channel.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#define SEALS (F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE)

typedef union
{
  struct cmsghdr header;
  char bytes[CMSG_SPACE (sizeof (int))];
} Control;

static const char *
arguments_type (guint32 kind)
{
  switch ((KabHelperKind) kind)
    {
    case KAB_HELPER_OPEN:
      return KAB_HELPER_OPEN_REQUEST_TYPE;
    case KAB_HELPER_RENDER:
      return KAB_HELPER_RENDER_REQUEST_TYPE;
    case KAB_HELPER_TEXT:
      return KAB_HELPER_PAGE_TYPE;
    case KAB_HELPER_SEARCH:
      return KAB_HELPER_SEARCH_REQUEST_TYPE;
    case KAB_HELPER_SET_FIELD:
      return KAB_HELPER_SET_FIELD_TYPE;
    case KAB_HELPER_DETAILS:
    case KAB_HELPER_SAVE:
    case KAB_HELPER_SELF_TEST:
      return "()";
    case KAB_HELPER_HELLO:
    default:
      return NULL;
    }
}

static int
take_descriptor (struct msghdr *message)
{
  int descriptor = -1;

  for (struct cmsghdr *control = CMSG_FIRSTHDR (message); control != NULL;
       control = CMSG_NXTHDR (message, control))
    {
      if (control->cmsg_level == SOL_SOCKET && control->cmsg_type == SCM_RIGHTS)
        memcpy (&descriptor, CMSG_DATA (control), sizeof descriptor);
    }
  return descriptor;
}

static gboolean
bulk_is_sound (const KabHelperRequest *request)
{
  struct stat info;
  int seals;

  if (request->bulk < 0)
    return request->frame.size == 0 && request->frame.kind != KAB_HELPER_OPEN;
  seals = fcntl (request->bulk, F_GET_SEALS); /* -1 unless it can be sealed */
  return request->frame.kind == KAB_HELPER_OPEN && request->frame.size > 0 &&
         request->frame.size <= KAB_HELPER_MAX_DOCUMENT && seals >= 0 && (seals & SEALS) == SEALS &&
         fstat (request->bulk, &info) == 0 && (guint64) info.st_size == request->frame.size;
}

/**
 * kab_helper_request_parse:
 * @request: (inout): holds the bulk that came with the packet; free its contents
 *   with kab_helper_request_clear(), whatever the result
 * @packet: frame and inline part
 * @length: of @packet
 *
 * Returns: %FALSE when it breaks the rules of kab-helper-protocol.h
 */
gboolean
kab_helper_request_parse (KabHelperRequest *request, const char *packet, gsize length)
{
  g_autoptr (GBytes) bytes = NULL;
  const char *type;

  if (length < sizeof request->frame)
    return FALSE;
  memcpy (&request->frame, packet, sizeof request->frame);
  type = arguments_type (request->frame.kind);
  if (request->frame.magic != KAB_HELPER_MAGIC || request->frame.status != 0 || type == NULL ||
      !bulk_is_sound (request))
    return FALSE;

  packet += sizeof request->frame;
  length -= sizeof request->frame;
  if (g_str_equal (type, "()"))
    return length == 0;
  bytes = g_bytes_new (packet, length);
  request->arguments =
      g_variant_ref_sink (g_variant_new_from_bytes (G_VARIANT_TYPE (type), bytes, FALSE));
  return g_variant_is_normal_form (request->arguments);
}

/**
 * kab_helper_channel_receive:
 * @request: (out caller-allocates): the next request; free its contents with
 *   kab_helper_request_clear(), whatever the result
 *
 * Waits for a request.
 *
 * Returns: %FALSE when the application has closed its end or broken the rules
 */
gboolean
kab_helper_channel_receive (KabHelperRequest *request)
{
  static char packet[KAB_HELPER_MAX_PACKET];
  struct iovec part = { packet, sizeof packet };
  Control control = { 0 };
  struct msghdr message = {
    .msg_iov = &part,
    .msg_iovlen = 1,
    .msg_control = control.bytes,
    .msg_controllen = sizeof control.bytes,
  };
  gssize length;

  *request = (KabHelperRequest) { .bulk = -1 };
  do
    length = recvmsg (KAB_HELPER_SOCKET_FD, &message, MSG_CMSG_CLOEXEC);
  while (length < 0 && errno == EINTR);
  if (length <= 0)
    return FALSE;
  request->bulk = take_descriptor (&message);
  return (message.msg_flags & (MSG_TRUNC | MSG_CTRUNC)) == 0 &&
         kab_helper_request_parse (request, packet, (gsize) length);
}

/** kab_helper_request_clear: frees the contents of @request. */
void
kab_helper_request_clear (KabHelperRequest *request)
{
  g_clear_pointer (&request->arguments, g_variant_unref);
  if (request->bulk >= 0)
    close (request->bulk);
  request->bulk = -1;
}

/**
 * kab_helper_reply_create_bulk:
 * @reply: a reply without bulk
 * @size: bytes, at most KAB_HELPER_MAX_BULK; 0 when it grows while written
 *
 * Gives @reply a memfd to be filled.
 *
 * Returns: %FALSE, with @reply's status set, when there is no memory
 */
gboolean
kab_helper_reply_create_bulk (KabHelperReply *reply, gsize size)
{
  if (size > KAB_HELPER_MAX_BULK)
    {
      reply->status = KAB_HELPER_TOO_LARGE;
      return FALSE;
    }
  reply->bulk = memfd_create ("kabinets-reply", MFD_CLOEXEC | MFD_ALLOW_SEALING | MFD_NOEXEC_SEAL);
  if (reply->bulk < 0 || (size > 0 && ftruncate (reply->bulk, (off_t) size) != 0))
    {
      reply->status = KAB_HELPER_FAILED;
      return FALSE;
    }
  reply->size = size;
  return TRUE;
}

static gboolean
write_all (int descriptor, const char *data, gsize length)
{
  while (length > 0)
    {
      const gssize written = write (descriptor, data, length);

      if (written < 0 && errno == EINTR)
        continue;
      if (written <= 0)
        return FALSE;
      data += written;
      length -= (gsize) written;
    }
  return TRUE;
}

/**
 * kab_helper_reply_set_variant:
 * @reply: a reply without bulk
 * @value: (transfer floating): what the bulk is to hold
 *
 * Returns: %FALSE, with @reply's status set, when it is too large
 */
gboolean
kab_helper_reply_set_variant (KabHelperReply *reply, GVariant *value)
{
  g_autoptr (GVariant) sunk = g_variant_ref_sink (value);
  const gsize size = g_variant_get_size (sunk);

  if (size > KAB_HELPER_MAX_BULK)
    {
      reply->status = KAB_HELPER_TOO_LARGE;
      return FALSE;
    }
  if (!kab_helper_reply_create_bulk (reply, 0) ||
      !write_all (reply->bulk, g_variant_get_data (sunk), size))
    {
      reply->status = KAB_HELPER_FAILED;
      return FALSE;
    }
  reply->size = size;
  return TRUE;
}

static gboolean
send_packet (const KabHelperFrame *frame, GVariant *arguments, int bulk)
{
  struct iovec parts[] = {
    { (void *) frame, sizeof *frame },
    { arguments != NULL ? (void *) g_variant_get_data (arguments) : NULL,
      arguments != NULL ? g_variant_get_size (arguments) : 0 },
  };
  Control control = { 0 };
  struct msghdr message = { .msg_iov = parts, .msg_iovlen = G_N_ELEMENTS (parts) };
  gssize sent;

  if (bulk >= 0)
    {
      message.msg_control = control.bytes;
      message.msg_controllen = sizeof control.bytes;
      control.header.cmsg_level = SOL_SOCKET;
      control.header.cmsg_type = SCM_RIGHTS;
      control.header.cmsg_len = CMSG_LEN (sizeof bulk);
      memcpy (CMSG_DATA (&control.header), &bulk, sizeof bulk);
    }
  do
    sent = sendmsg (KAB_HELPER_SOCKET_FD, &message, MSG_NOSIGNAL);
  while (sent < 0 && errno == EINTR);
  return sent >= 0;
}

/**
 * kab_helper_channel_send:
 * @kind: the request's
 * @serial: the request's
 * @reply: (inout): what to answer; its contents are freed
 *
 * Seals the bulk and answers. A reply that isn't OK carries nothing.
 *
 * Returns: whether the application still listens
 */
gboolean
kab_helper_channel_send (guint32 kind, guint32 serial, KabHelperReply *reply)
{
  KabHelperFrame frame = {
    .magic = KAB_HELPER_MAGIC,
    .kind = kind,
    .serial = serial,
  };
  gboolean sent;

  if (reply->bulk >= 0 && reply->status == KAB_HELPER_OK &&
      fcntl (reply->bulk, F_ADD_SEALS, SEALS | F_SEAL_SEAL) != 0)
    reply->status = KAB_HELPER_FAILED;
  if (reply->status != KAB_HELPER_OK && kind != KAB_HELPER_HELLO)
    g_clear_pointer (&reply->arguments, g_variant_unref);
  if (reply->status != KAB_HELPER_OK && reply->bulk >= 0)
    {
      close (reply->bulk);
      reply->bulk = -1;
    }

  frame.status = reply->status;
  frame.size = reply->bulk >= 0 ? reply->size : 0;
  sent = send_packet (&frame, reply->arguments, reply->bulk);

  g_clear_pointer (&reply->arguments, g_variant_unref);
  if (reply->bulk >= 0)
    close (reply->bulk);
  reply->bulk = -1;
  return sent;
}
