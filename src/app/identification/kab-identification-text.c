/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "identification/kab-identification-text.h"

#include <glib/gi18n.h>

/* Why an identification did not pass, in words: one sentence for each group of the labels that the
 * provider knows. Labels of suspicion all say the same, and no more than that. */

typedef struct
{
  const char *labels[8];
  const char *text;
} ReasonText;

static const ReasonText reasons[] = {
  { { "UNSATISFACTORY_PHOTOS", "BLACK_AND_WHITE", "SCREENSHOTS", "GRAPHIC_EDITOR" },
    N_("A photo can’t be used. Take new ones in good light, in colour and without reflections; "
        "photos of a screen don’t do.") },
  { { "DOCUMENT_PAGE_MISSING", "INCOMPLETE_DOCUMENT", "BACK_SIDE_MISSING" },
    N_("A side or page of the document is missing. Take all sides, with all four corners in the "
        "picture.") },
  { { "BAD_SELFIE", "BAD_VIDEO_SELFIE", "BAD_FACE_MATCHING" },
    N_("Your face could not be compared with the document. Take off glasses and hat, look "
        "straight into the camera, and be alone in the picture.") },
  { { "BAD_PROOF_OF_IDENTITY", "DB_DATA_NOT_FOUND", "EXPIRATION_DATE", "ID_INVALID" },
    N_("This document can’t be accepted. Use a passport or an ID card that is still valid.") },
  { { "BAD_PROOF_OF_ADDRESS", "BAD_PROOF_OF_PAYMENT", "WRONG_ADDRESS" },
    N_("The proof of your address can’t be accepted. It must show your name and full address.") },
  { { "AGE_REQUIREMENT_MISMATCH" },
    N_("By the document you are younger than 18, so you can’t become a client yet.") },
  { { "WRONG_USER_REGION" },
    N_("Documents of this country can’t be checked this way. Use another document, or write to "
        "the bank.") },
  { { "CHECK_UNAVAILABLE" },
    N_("The check was not possible just now. That is not your fault; try again later.") },
  { { "APPLICANT_INTERRUPTED_INTERVIEW" },
    N_("The call was interrupted. Find a quiet place with a good connection and begin again.") },
  { { "ADDITIONAL_DOCUMENT_REQUIRED", "ADDITIONAL_DATA_REQUIRED" },
    N_("One more document is needed. You are told which one when you begin again.") },
};

static const char other_reason[] =
    N_("The bank could not confirm who you are this way. Call or write to it to go on.");

static const char *
find_text (const char *label)
{
  for (gsize i = 0; i < G_N_ELEMENTS (reasons); i++)
    {
      for (gsize j = 0; j < G_N_ELEMENTS (reasons[i].labels) && reasons[i].labels[j] != NULL; j++)
        {
          if (g_str_equal (reasons[i].labels[j], label))
            return reasons[i].text;
        }
    }

  return other_reason;
}

/**
 * kab_identification_dup_reasons:
 * @identification: one that failed or has to be repeated
 *
 * Returns: (transfer full) (array zero-terminated=1): why, and what to do; each sentence once. What
 *   the bank says to the person comes first
 */
char **
kab_identification_dup_reasons (KabIdentification *identification)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_autoptr (GHashTable) told = g_hash_table_new (NULL, NULL);
  const char *const *labels = kab_identification_get_labels (identification);
  const char *comment = kab_identification_get_comment (identification);

  if (comment != NULL && *comment != '\0')
    g_strv_builder_add (builder, comment);
  for (gsize i = 0; labels != NULL && labels[i] != NULL; i++)
    {
      const char *text = find_text (labels[i]);

      if (g_hash_table_add (told, (gpointer) text))
        g_strv_builder_add (builder, _ (text));
    }

  return g_strv_builder_end (builder);
}
