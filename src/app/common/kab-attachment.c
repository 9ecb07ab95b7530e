/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "common/kab-attachment.h"

#include <glib/gi18n.h>

#include "common/kab-error-text.h"
#include "kab-api-error.h"
#include "kab-file-rules.h"

/* As the bank counts them: LGA-10. */
#define MEGABYTE (1024 * 1024)

/**
 * KabAttachment:
 *
 * A file of a document, a message or an answer: one that the bank has, or one on its way there.
 * `changed` is emitted when anything about it did.
 */
struct _KabAttachment
{
  GObject parent_instance;

  KabFile *file;         /* (owned) (nullable) */
  KabUpload *upload;     /* (owned) (nullable) */
  KabDownload *download; /* (owned) (nullable) */
};

enum
{
  CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (KabAttachment, kab_attachment, G_TYPE_OBJECT)

static void
transfer_changed_cb (KabAttachment *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
kab_attachment_dispose (GObject *object)
{
  KabAttachment *self = KAB_ATTACHMENT (object);

  g_clear_object (&self->file);
  g_clear_object (&self->upload);
  g_clear_object (&self->download);

  G_OBJECT_CLASS (kab_attachment_parent_class)->dispose (object);
}

static void
kab_attachment_class_init (KabAttachmentClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = kab_attachment_dispose;

  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static void
kab_attachment_init (KabAttachment *self)
{
}

/**
 * kab_attachment_new_for_file:
 * @file: a file that the bank has
 *
 * Returns: (transfer full): the attachment
 */
KabAttachment *
kab_attachment_new_for_file (KabFile *file)
{
  KabAttachment *self = g_object_new (KAB_TYPE_ATTACHMENT, NULL);

  self->file = g_object_ref (file);

  return self;
}

/**
 * kab_attachment_new_for_upload:
 * @upload: a file on its way
 *
 * Returns: (transfer full): the attachment
 */
KabAttachment *
kab_attachment_new_for_upload (KabUpload *upload)
{
  KabAttachment *self = g_object_new (KAB_TYPE_ATTACHMENT, NULL);

  self->upload = g_object_ref (upload);
  g_signal_connect_object (upload, "notify", G_CALLBACK (transfer_changed_cb), self,
                           G_CONNECT_SWAPPED);

  return self;
}

/* Returns: (transfer none): its name. */
const char *
kab_attachment_get_name (KabAttachment *self)
{
  g_return_val_if_fail (KAB_IS_ATTACHMENT (self), "");

  return self->upload != NULL ? kab_upload_get_name (self->upload) : kab_file_get_name (self->file);
}

/* Returns: bytes; 0 until it is known. */
gint64
kab_attachment_get_size (KabAttachment *self)
{
  g_return_val_if_fail (KAB_IS_ATTACHMENT (self), 0);

  return self->upload != NULL ? kab_upload_get_size (self->upload) : kab_file_get_size (self->file);
}

/* Returns: how far it is; a file that the bank has is done. */
KabUploadState
kab_attachment_get_state (KabAttachment *self)
{
  g_return_val_if_fail (KAB_IS_ATTACHMENT (self), KAB_UPLOAD_FAILED);

  return self->upload != NULL ? kab_upload_get_state (self->upload) : KAB_UPLOAD_DONE;
}

/* Returns: from 0 to 1. */
double
kab_attachment_get_progress (KabAttachment *self)
{
  g_return_val_if_fail (KAB_IS_ATTACHMENT (self), 0);

  return self->upload != NULL ? kab_upload_get_progress (self->upload) : 1;
}

/* Returns: (transfer none) (nullable): the bank's name for it, once the bank has it. */
const char *
kab_attachment_get_id (KabAttachment *self)
{
  g_return_val_if_fail (KAB_IS_ATTACHMENT (self), NULL);

  if (self->file != NULL)
    return kab_file_get_id (self->file);

  return kab_attachment_get_state (self) == KAB_UPLOAD_DONE ? kab_upload_get_id (self->upload)
                                                            : NULL;
}

/* Returns: (transfer none) (nullable): what can be opened and saved. */
KabFile *
kab_attachment_get_file (KabAttachment *self)
{
  g_return_val_if_fail (KAB_IS_ATTACHMENT (self), NULL);

  return self->file;
}

/**
 * kab_attachment_set_file:
 * @self: an attachment
 * @file: what the bank says of it
 *
 * The bank has taken it over.
 */
void
kab_attachment_set_file (KabAttachment *self, KabFile *file)
{
  g_return_if_fail (KAB_IS_ATTACHMENT (self));

  if (g_set_object (&self->file, file))
    g_signal_emit (self, signals[CHANGED], 0);
}

/* Returns: (transfer none) (nullable): how it went, or goes, to the bank. */
KabUpload *
kab_attachment_get_upload (KabAttachment *self)
{
  g_return_val_if_fail (KAB_IS_ATTACHMENT (self), NULL);

  return self->upload;
}

/* Returns: (transfer none) (nullable): how it comes, or came, from the bank. */
KabDownload *
kab_attachment_get_download (KabAttachment *self)
{
  g_return_val_if_fail (KAB_IS_ATTACHMENT (self), NULL);

  return self->download;
}

/**
 * kab_attachment_set_download:
 * @self: an attachment that has a file
 * @download: of that file
 */
void
kab_attachment_set_download (KabAttachment *self, KabDownload *download)
{
  g_return_if_fail (KAB_IS_ATTACHMENT (self));

  if (self->download != NULL)
    g_signal_handlers_disconnect_by_func (self->download, transfer_changed_cb, self);
  g_set_object (&self->download, download);
  g_signal_connect_object (download, "notify", G_CALLBACK (transfer_changed_cb), self,
                           G_CONNECT_SWAPPED);
}

/* What the rules say, with the figures and formats of this file. */
static char *
dup_broken_rule (KabAttachment *self, const char *rule)
{
  if (g_str_equal (rule, "file-too-large"))
    {
      guint size = (guint) ((kab_attachment_get_size (self) + MEGABYTE - 1) / MEGABYTE);

      return g_strdup_printf (
          _("This file is too large: it has %u MB, and %u MB is the most. Make it "
             "smaller or send it in parts."),
          size, (guint) (KAB_FILE_SIZE_MAX / MEGABYTE));
    }
  if (g_str_equal (rule, "file-format"))
    {
      g_autofree char *formats = g_strjoinv (", ", (char **) kab_file_rules_extensions ());

      return g_strdup_printf (_("Files of this type are not accepted. Accepted are: %s."),
                              formats);
    }

  return kab_error_text (rule, NULL);
}

static char *
dup_failure (KabAttachment *self, const GError *error)
{
  KabProblem *problem = kab_api_problem_from_error (error);

  if (problem != NULL && kab_problem_get_n_errors (problem) > 0)
    return dup_broken_rule (self, kab_problem_get_error_code (problem, 0));
  if (problem != NULL && g_str_equal (kab_problem_get_code (problem), "upload-too-large"))
    return dup_broken_rule (self, "file-too-large");
  if (problem != NULL && *kab_problem_get_code (problem) != '\0')
    return kab_error_text (kab_problem_get_code (problem), NULL);
  if (g_error_matches (error, KAB_UPLOAD_ERROR, KAB_UPLOAD_ERROR_CHANGED))
    return g_strdup (_("The file was changed while it was sent. Try again."));
  if (g_error_matches (error, KAB_UPLOAD_ERROR, KAB_UPLOAD_ERROR_EXPIRED))
    return kab_error_text ("upload-expired", NULL);
  if (error->domain == G_IO_ERROR)
    return g_strdup (_("This file can’t be read. See whether it is still there, then try again."));

  return g_strdup (_("The file could not be sent. Try again."));
}

/**
 * kab_attachment_dup_problem:
 * @self: an attachment
 *
 * Returns: (transfer full) (nullable): why it failed and what to do, in the current language
 */
char *
kab_attachment_dup_problem (KabAttachment *self)
{
  const GError *error;

  g_return_val_if_fail (KAB_IS_ATTACHMENT (self), NULL);

  error = self->upload != NULL ? kab_upload_get_error (self->upload) : NULL;
  if (error == NULL)
    return NULL;
  if (kab_upload_get_broken_rule (self->upload) != NULL)
    return dup_broken_rule (self, kab_upload_get_broken_rule (self->upload));

  return dup_failure (self, error);
}

/**
 * kab_attachment_dup_status:
 * @self: an attachment
 *
 * Returns: (transfer full): size and how far it is, in the current language
 */
char *
kab_attachment_dup_status (KabAttachment *self)
{
  g_autofree char *size = NULL;
  int percent;

  g_return_val_if_fail (KAB_IS_ATTACHMENT (self), NULL);

  size = g_format_size (kab_attachment_get_size (self));
  if (self->download != NULL && kab_download_get_active (self->download))
    return g_strdup_printf (_("%s, %d %% fetched"), size,
                            (int) (100 * kab_download_get_progress (self->download)));

  percent = (int) (100 * kab_attachment_get_progress (self));
  switch (kab_attachment_get_state (self))
    {
    case KAB_UPLOAD_CHECKING:
      return g_strdup (_("Looking at the file…"));
    case KAB_UPLOAD_WAITING:
      return g_strdup_printf (_("%s, waiting to be sent"), size);
    case KAB_UPLOAD_SENDING:
      return g_strdup_printf (_("%s, %d %% sent"), size, percent);
    case KAB_UPLOAD_PAUSED:
      return g_strdup_printf (_("%s, paused at %d %%"), size, percent);
    case KAB_UPLOAD_INTERRUPTED:
      return g_strdup_printf (_("%s, connection lost at %d %%. It goes on by itself."), size,
                              percent);
    case KAB_UPLOAD_FAILED:
      return kab_attachment_dup_problem (self);
    case KAB_UPLOAD_DONE:
    default:
      return g_steal_pointer (&size);
    }
}

/**
 * kab_file_get_icon_name:
 * @name: the name of a file
 *
 * Returns: (transfer none): the icon for its kind
 */
const char *
kab_file_get_icon_name (const char *name)
{
  KabFileFormat format;

  if (!kab_file_format_from_name (name, &format))
    return "text-x-generic-symbolic";
  if (format <= KAB_FILE_SVG)
    return "image-x-generic-symbolic";

  switch (format)
    {
    case KAB_FILE_XLS:
    case KAB_FILE_XLSX:
    case KAB_FILE_ODS:
      return "x-office-spreadsheet-symbolic";
    case KAB_FILE_EDOC:
    case KAB_FILE_ASICE:
      return "kab-document-signed-symbolic";
    case KAB_FILE_TXT:
      return "text-x-generic-symbolic";
    default:
      return "x-office-document-symbolic";
    }
}
