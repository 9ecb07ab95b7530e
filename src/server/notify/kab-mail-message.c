/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "kab-mail-message.h"

#include <gmime/gmime.h>
#include <string.h>

#include "kab-delivery.h"

static gpointer
start_gmime (gpointer data)
{
  g_mime_init ();
  return NULL;
}

/* No line can be smuggled into a header (ASVS 1.3.11). */
static gboolean
is_line (const char *text)
{
  for (const char *p = text; *p != '\0'; p++)
    if (g_ascii_iscntrl (*p))
      return FALSE;
  return g_utf8_validate (text, -1, NULL);
}

static GMimeObject *
make_body (const char *text)
{
  GMimeTextPart *part = g_mime_text_part_new_with_subtype ("plain");

  g_mime_text_part_set_charset (part, "utf-8");
  g_mime_text_part_set_text (part, text);
  g_mime_part_set_content_encoding (GMIME_PART (part), GMIME_CONTENT_ENCODING_QUOTEDPRINTABLE);
  return GMIME_OBJECT (part);
}

static void
set_message_id (GMimeMessage *message, const KabMail *mail)
{
  const char *at = strrchr (mail->from, '@');
  g_autofree char *id =
      g_strdup_printf ("%s@%s", mail->reference, at != NULL ? at + 1 : "localhost");

  g_mime_message_set_message_id (message, id);
}

static GMimeMessage *
make_message (const KabMail *mail)
{
  GMimeMessage *message = g_mime_message_new (FALSE);
  g_autoptr (GDateTime) date = g_date_time_new_from_unix_utc (mail->sent_at / G_USEC_PER_SEC);
  GMimeObject *body = make_body (mail->text);

  g_mime_message_add_mailbox (message, GMIME_ADDRESS_TYPE_FROM, mail->from_name, mail->from);
  g_mime_message_add_mailbox (message, GMIME_ADDRESS_TYPE_TO, NULL, mail->to);
  g_mime_message_set_subject (message, mail->subject, "utf-8");
  g_mime_message_set_date (message, date);
  set_message_id (message, mail);
  /* RFC 3834: nobody's absence note answers it. */
  g_mime_object_set_header (GMIME_OBJECT (message), "Auto-Submitted", "auto-generated", NULL);
  g_mime_message_set_mime_part (message, body);
  g_object_unref (body);
  return message;
}

/* With CR LF at the end of every line, as SMTP wants it (RFC 5321, 2.3.8). */
static GBytes *
write_message (GMimeMessage *message)
{
  GByteArray *bytes = g_byte_array_new ();
  GMimeStream *memory = g_mime_stream_mem_new_with_byte_array (bytes);
  GMimeStream *filtered = g_mime_stream_filter_new (memory);
  GMimeFilter *lines = g_mime_filter_unix2dos_new (TRUE);

  g_mime_stream_mem_set_owner (GMIME_STREAM_MEM (memory), FALSE);
  g_mime_stream_filter_add (GMIME_STREAM_FILTER (filtered), lines);
  g_mime_object_write_to_stream (GMIME_OBJECT (message), NULL, filtered);
  g_mime_stream_flush (filtered);
  g_object_unref (lines);
  g_object_unref (filtered);
  g_object_unref (memory);
  return g_byte_array_free_to_bytes (bytes);
}

/**
 * kab_mail_message_compose:
 *
 * Returns: (transfer full): the mail as it is sent (RFC 5322, text/plain in UTF-8), or %NULL with
 *   %KAB_DELIVERY_ERROR_PERMANENT when an address, a name or the subject has a line break
 */
GBytes *
kab_mail_message_compose (const KabMail *mail, GError **error)
{
  static GOnce once = G_ONCE_INIT;
  const char *lines[] = { mail->from_name, mail->from, mail->to, mail->subject, mail->reference };
  GMimeMessage *message;
  GBytes *bytes;

  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    if (!is_line (lines[i]))
      {
        g_set_error_literal (error, KAB_DELIVERY_ERROR, KAB_DELIVERY_ERROR_PERMANENT,
                             "A header field would have a control character");
        return NULL;
      }
  g_once (&once, start_gmime, NULL);
  message = make_message (mail);
  bytes = write_message (message);
  g_object_unref (message);
  return bytes;
}
