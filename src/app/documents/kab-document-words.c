/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "documents/kab-document-words.h"

#include <glib/gi18n.h>
#include <locale.h>

#include "common/kab-local-text.h"
#include "common/kab-status-label.h"
#include "kab-file-rules.h"
#include "kab-time.h"

/* What is said about a document, in the current language. */

static const char *
translate (KabTranslations *title)
{
  return title != NULL ? kab_translations_get (title, setlocale (LC_MESSAGES, NULL)) : "";
}

/* Returns: (transfer none): its title in the current language. */
const char *
kab_document_get_local_title (KabDocument *document)
{
  return translate (kab_document_get_title (document));
}

static char *
dup_file_name (const char *title)
{
  g_autofree char *name = g_strconcat (title, ".pdf", NULL);

  return kab_file_rules_safe_name (name);
}

/**
 * kab_document_dup_file_name:
 * @document: a document
 *
 * Returns: (transfer full): the name of its filled copy, in the current language
 */
char *
kab_document_dup_file_name (KabDocument *document)
{
  return dup_file_name (kab_document_get_local_title (document));
}

/**
 * kab_document_has_name:
 * @document: a document
 * @file_name: the name of a file
 *
 * Returns: whether that is the name of its filled copy, in any language
 */
gboolean
kab_document_has_name (KabDocument *document, const char *file_name)
{
  static const char *const languages[] = { "lv", "en", "ru" };
  KabTranslations *title = kab_document_get_title (document);

  for (gsize i = 0; title != NULL && i < G_N_ELEMENTS (languages); i++)
    {
      g_autofree char *name = dup_file_name (kab_translations_get (title, languages[i]));

      if (g_strcmp0 (name, file_name) == 0)
        return TRUE;
    }

  return FALSE;
}

/* Returns: its state; %KAB_DOCUMENT_NONE for a word that is not known. */
KabDocumentState
kab_document_read_state (KabDocument *document)
{
  KabDocumentState state = KAB_DOCUMENT_NONE;

  kab_document_state_from_name (kab_document_get_state (document), &state);

  return state;
}

/**
 * kab_document_allows:
 * @document: a document
 * @action: `edit`, `save`, `submit` or `approve`
 *
 * Returns: whether the bank lets the user do that now
 */
gboolean
kab_document_allows (KabDocument *document, const char *action)
{
  return g_strv_contains (kab_document_get_actions (document), action);
}

/* Returns: (transfer none): the icon of its kind. */
const char *
kab_document_get_icon_name (KabDocument *document)
{
  return g_strcmp0 (kab_document_get_kind (document), "identity-copy") == 0
             ? "x-office-address-book-symbolic"
             : "x-office-document-symbolic";
}

/* Returns: (transfer none): the one thing to do with it now, «Labot» of DOC-2. */
const char *
kab_document_get_next_word (KabDocument *document)
{
  if (kab_document_allows (document, "approve"))
    return _("Approve");
  if (!kab_document_allows (document, "edit"))
    return _("Open");
  if (kab_document_get_comment_count (document) > 0)
    return _("Correct");

  return _("Fill in");
}

/* Returns: (transfer none): what its state means for the user and what comes next. */
const char *
kab_document_get_meaning (KabDocument *document)
{
  switch (kab_document_read_state (document))
    {
    case KAB_DOCUMENT_NEW:
      return _ (
          "Fill it in, then submit it to the bank. You can stop at any time and go on later.");
    case KAB_DOCUMENT_PROCESSING:
      return _("The bank is looking at it. You don’t have to do anything; you are told when "
                "something changes.");
    case KAB_DOCUMENT_INFORMATION_NEEDED:
      return _("The bank needs something more from you. Correct it and submit it again.");
    case KAB_DOCUMENT_DRAFT:
      return _ (
          "Your corrections are saved but not with the bank yet. Submit them when you are done.");
    case KAB_DOCUMENT_READY_FOR_SIGNING:
      return kab_document_allows (document, "approve")
                 ? _("The bank has prepared the final documents. Read them, then approve them.")
                 : _("The bank has accepted it. If it has to be signed, the bank arranges that "
                      "with "
                      "you.");
    case KAB_DOCUMENT_SIGNING:
      return _("You have approved the documents. They are signed next; the bank tells you where.");
    case KAB_DOCUMENT_SIGNED:
      return _ (
          "It is signed and can’t be changed any more. Write to the bank about anything else.");
    case KAB_DOCUMENT_NONE:
    default:
      return _("The bank hasn’t asked for it yet.");
    }
}

/* Returns: (transfer full): the version that people see. */
char *
kab_document_dup_version (gint64 revision)
{
  if (revision <= 0)
    return g_strdup (_("not filled in"));

  return g_strdup_printf (_("Version %d"), (int) revision);
}

/* Returns: microseconds since 1970, UTC; 0 for %NULL. */
gint64
kab_date_time_to_time (GDateTime *date_time)
{
  return date_time != NULL ? g_date_time_to_unix (date_time) * KAB_TIME_SECOND : 0;
}

/**
 * kab_document_dup_spoken:
 * @document: a document
 *
 * Returns: (transfer full): all that its row shows, in one sentence
 */
char *
kab_document_dup_spoken (KabDocument *document)
{
  g_autofree char *version = kab_document_dup_version (kab_document_get_revision (document));
  gint64 time = kab_date_time_to_time (kab_document_get_changed_at (document));
  g_autofree char *exact = kab_local_time_exact (time);

  /* Translators: a row for a screen reader: title, state, version, time, what to do */
  return g_strdup_printf (_("%s. %s, %s, changed %s. %s"), kab_document_get_local_title (document),
                          kab_document_state_get_word (kab_document_read_state (document)), version,
                          exact, kab_document_get_next_word (document));
}
