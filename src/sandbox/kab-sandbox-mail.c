/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-sandbox-mail.h"

#include <gmime/gmime.h>

static void
part_found_cb (GMimeObject *parent, GMimeObject *part, gpointer user_data)
{
  char **text = user_data;
  GMimeContentType *type = g_mime_object_get_content_type (part);

  if (!*text && GMIME_IS_TEXT_PART (part) && g_mime_content_type_is_type (type, "text", "plain") &&
      !g_mime_part_is_attachment (GMIME_PART (part)))
    *text = g_mime_text_part_get_text (GMIME_TEXT_PART (part));
}

static GMimeMessage *
parse (GBytes *source)
{
  static gsize ready = 0;
  GMimeStream *stream;
  GMimeParser *parser;
  GMimeMessage *message;

  if (g_once_init_enter (&ready))
    {
      g_mime_init ();
      g_once_init_leave (&ready, 1);
    }
  stream = g_mime_stream_mem_new_with_buffer (g_bytes_get_data (source, NULL),
                                              g_bytes_get_size (source));
  parser = g_mime_parser_new_with_stream (stream);
  message = g_mime_parser_construct_message (parser, NULL);
  g_object_unref (parser);
  g_object_unref (stream);
  return message;
}

/* What comes from outside may be no UTF-8 in spite of its declaration. */
static char *
as_utf8 (const char *text)
{
  return g_utf8_make_valid (text ? text : "", -1);
}

/**
 * kab_sandbox_mail_new:
 * @source: the mail as it came over the wire, without dot-stuffing
 *
 * Decodes the headers (RFC 2047) and the first text/plain part (quoted-printable, base64, any
 * character set), also inside multipart/alternative.
 *
 * Returns: (transfer full): what a reader sees; parts that are missing are empty texts
 */
KabSandboxMail *
kab_sandbox_mail_new (GBytes *source)
{
  KabSandboxMail *mail = g_new0 (KabSandboxMail, 1);
  GMimeMessage *message = parse (source);
  g_autofree char *from = NULL;
  g_autofree char *text = NULL;

  if (message)
    {
      InternetAddressList *senders = g_mime_message_get_from (message);

      from = senders ? internet_address_list_to_string (senders, NULL, FALSE) : NULL;
      g_mime_message_foreach (message, part_found_cb, &text);
    }
  mail->from = as_utf8 (from);
  mail->subject = as_utf8 (message ? g_mime_message_get_subject (message) : NULL);
  mail->text = as_utf8 (text);
  g_clear_object (&message);
  return mail;
}

/**
 * kab_sandbox_mail_free:
 * @mail: (transfer full): a mail
 */
void
kab_sandbox_mail_free (KabSandboxMail *mail)
{
  g_free (mail->from);
  g_free (mail->subject);
  g_free (mail->text);
  g_free (mail);
}
