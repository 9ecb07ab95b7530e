/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "common/kab-history-words.h"

#include <glib/gi18n.h>

/* «Darbību vēsture» (DOC-8) in words. An action is a stable code of docs/history-actions.md; who
 * did it decides the sentence. */

typedef struct
{
  const char *action;
  const char *client; /* (nullable): when the user did it */
  const char *bank;   /* (nullable): when the bank or its systems did */
} Sentence;

static const Sentence sentences[] = {
  { "document-requested", NULL, N_("The bank asked for this document") },
  { "document-saved", N_("You saved it"), N_("The bank saved it") },
  { "document-submitted", N_("You submitted it to the bank"), N_("It was submitted") },
  { "document-information-requested", NULL, N_("The bank asked for more information") },
  { "document-accepted", NULL, N_("The bank accepted it and prepared the final documents") },
  { "document-package-replaced", NULL, N_("The bank replaced the final documents") },
  { "document-signed", NULL, N_("The bank confirmed that the documents are signed") },
  { "document-approved", N_("You approved the final documents"),
    N_("The final documents were approved") },
  { "application-created", N_("You began the application"), N_("The application was begun") },
  { "application-saved", N_("You saved the application"), N_("The application was saved") },
  { "application-submitted", N_("You submitted the application"),
    N_("The application was submitted") },
  { "application-withdrawn", N_("You withdrew the application"),
    N_("The application was withdrawn") },
  { "application-expired", NULL, N_("The application expired: it was not continued") },
  { "identification-demanded", NULL, N_("The bank asked you to identify yourself") },
  { "identification-started", N_("You began the identification"),
    N_("The identification was begun") },
  { "identification-passed", N_("You passed the identification"),
    N_("The identification was passed") },
  { "identification-failed", NULL, N_("The identification did not succeed") },
  { "identification-repeat-requested", NULL, N_("The identification has to be repeated") },
  { "identification-reset", NULL, N_("The identification can be begun again") },
  { "decision-made", NULL, N_("The bank made a decision") },
};

static const char *
find_sentence (const char *action, gboolean by_client)
{
  for (gsize i = 0; i < G_N_ELEMENTS (sentences); i++)
    {
      const Sentence *sentence = &sentences[i];

      if (g_strcmp0 (sentence->action, action) == 0)
        return by_client && sentence->client != NULL ? sentence->client : sentence->bank;
    }

  return NULL;
}

/**
 * kab_history_dup_sentence:
 * @entry: an entry of the history
 *
 * Returns: (transfer full): what happened, in the current language; an action that this version of
 *   the program does not know is told by who did it
 */
char *
kab_history_dup_sentence (KabHistoryEntry *entry)
{
  gboolean by_client = g_strcmp0 (kab_history_entry_get_actor (entry), "client") == 0;
  const char *sentence = find_sentence (kab_history_entry_get_action (entry), by_client);
  gint64 revision = kab_history_entry_get_revision (entry);

  if (sentence == NULL)
    sentence = by_client ? N_("You changed it") : N_("The bank changed it");
  if (revision <= 0)
    return g_strdup (_ (sentence));

  /* Translators: what happened, and to which version */
  return g_strdup_printf (_("%s, version %d"), _ (sentence), (int) revision);
}
