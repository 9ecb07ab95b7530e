/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "application/kab-application-place.h"

/* Where somebody is in the application form, kept as long as the page is open. */
#define KEY "place/application"

/**
 * kab_application_place_find:
 * @journal: (nullable): where unsent answers are kept
 *
 * Returns: (transfer none) (nullable): the field in which the program ended in the middle of the
 *   form, so that it should open there
 */
const char *
kab_application_place_find (KabDraftJournal *journal)
{
  JsonObject *draft = journal != NULL ? kab_draft_journal_get (journal, KEY) : NULL;

  return draft != NULL ? json_object_get_string_member_with_default (draft, "field", NULL) : NULL;
}

/**
 * kab_application_place_keep:
 * @journal: where unsent answers are kept
 * @place: the field that somebody is in
 */
void
kab_application_place_keep (KabDraftJournal *journal, const char *place)
{
  g_autoptr (JsonObject) draft = json_object_new ();

  json_object_set_string_member (draft, "field", place);
  kab_draft_journal_put_async (journal, KEY, draft, NULL, NULL, NULL);
}

/**
 * kab_application_place_forget:
 * @journal: where unsent answers are kept
 *
 * The form was left in order.
 */
void
kab_application_place_forget (KabDraftJournal *journal)
{
  kab_draft_journal_remove (journal, KEY);
}
