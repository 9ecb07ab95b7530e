/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-document-workflow.h"

#include <string.h>

/* The tables of §11.1 and §11.2 a second time, in words: who may do what in which state, and what
 * becomes of it where that is another state or the same one anew. All else is refused. */
static const struct
{
  const char *state;
  const char *allowed[KAB_N_DOCUMENT_ACTORS]; /* client, employee, system */
} expected[] = {
  { "none",
    { "edit add-files save>new submit>processing", "create-requested>new",
      "create-requested>new" } },
  { "new", { "view view-content edit add-files save>new submit>processing", "view", "" } },
  { "processing",
    { "view view-content",
      "view view-content comment request-information>information-needed "
      "send-package>ready-for-signing",
      "" } },
  { "information-needed",
    { "view view-content edit add-files save>draft submit>processing", "view view-content", "" } },
  { "draft", { "view view-content edit add-files save>draft submit>processing", "view", "" } },
  { "ready-for-signing",
    { "view view-content approve>signing request-changes>ready-for-signing",
      "view view-content approve>signing replace-package>ready-for-signing", "" } },
  { "signing",
    { "view view-content download-package open-signing-link upload-signed>signing",
      "view view-content remind replace-package>ready-for-signing verify-signature>signed",
      "verify-signature>signed report-all-signed>signed" } },
  { "signed",
    { "view view-content download-package", "view view-content download-package archive", "" } },
};

/* The state that the words lead to; NULL if they don't name the action. */
static const char *
expected_outcome (guint state, guint actor, const char *action)
{
  g_auto (GStrv) words = g_strsplit (expected[state].allowed[actor], " ", -1);

  for (guint i = 0; words[i] != NULL; i++)
    {
      g_auto (GStrv) parts = g_strsplit (words[i], ">", 2);

      if (g_str_equal (parts[0], action))
        return g_intern_string (parts[1] != NULL ? parts[1] : expected[state].state);
    }

  return NULL;
}

static gboolean
ever_expected (guint actor, const char *action)
{
  for (guint state = 0; state < G_N_ELEMENTS (expected); state++)
    {
      if (expected_outcome (state, actor, action) != NULL)
        return TRUE;
    }

  return FALSE;
}

static void
assert_reason (const GError *error, guint state, guint actor, const char *action)
{
  const char *reason = "document-state";

  if (!ever_expected (actor, action))
    reason = "document-actor";
  else if (g_str_equal (expected[state].state, "signed"))
    reason = "document-signed";
  else if (actor == 0 && g_str_equal (expected[state].state, "processing"))
    reason = "document-locked";

  g_assert_nonnull (error);
  g_assert_true (error->domain == KAB_DOCUMENT_ERROR);
  g_assert_cmpstr (kab_document_error_code ((KabDocumentError) error->code), ==, reason);
}

static void
test_every_pair (void)
{
  guint n_allowed = 0;

  g_assert_cmpuint (G_N_ELEMENTS (expected), ==, KAB_N_DOCUMENT_STATES);

  for (guint state = 0; state < KAB_N_DOCUMENT_STATES; state++)
    {
      g_assert_cmpstr (kab_document_state_name (state), ==, expected[state].state);

      for (guint actor = 0; actor < KAB_N_DOCUMENT_ACTORS; actor++)
        {
          KabDocumentActions actions = kab_document_workflow_actions (state, actor);

          for (guint action = 0; action < KAB_N_DOCUMENT_ACTIONS; action++)
            {
              const char *name = kab_document_action_name (action);
              const char *outcome = expected_outcome (state, actor, name);
              KabDocumentState new_state = KAB_N_DOCUMENT_STATES;
              g_autoptr (GError) error = NULL;
              gboolean applied =
                  kab_document_workflow_apply (state, actor, action, &new_state, &error);

              if (applied != (outcome != NULL))
                g_error ("%s by actor %u in %s", name, actor, expected[state].state);
              g_assert_cmpint (applied, ==, (actions & KAB_DOCUMENT_ACTIONS (action)) != 0);

              if (applied)
                {
                  g_assert_no_error (error);
                  g_assert_cmpstr (kab_document_state_name (new_state), ==, outcome);
                  n_allowed++;
                }
              else
                {
                  assert_reason (error, state, actor, name);
                  g_assert_cmpint (new_state, ==, KAB_N_DOCUMENT_STATES);
                }
            }
        }
    }

  /* no word of the table above went unused */
  for (guint state = 0; state < KAB_N_DOCUMENT_STATES; state++)
    {
      for (guint actor = 0; actor < KAB_N_DOCUMENT_ACTORS; actor++)
        {
          g_auto (GStrv) words = g_strsplit (expected[state].allowed[actor], " ", -1);

          n_allowed -= g_strv_length (words);
        }
    }
  g_assert_cmpuint (n_allowed, ==, 0);
}

/* Path 12 of §26. */
static void
test_long_way (void)
{
  static const struct
  {
    KabDocumentActor actor;
    KabDocumentAction action;
    const char *state;
  } steps[] = {
    { KAB_DOCUMENT_BY_CLIENT, KAB_DOCUMENT_SAVE, "new" },
    { KAB_DOCUMENT_BY_CLIENT, KAB_DOCUMENT_SUBMIT, "processing" },
    { KAB_DOCUMENT_BY_EMPLOYEE, KAB_DOCUMENT_REQUEST_INFORMATION, "information-needed" },
    { KAB_DOCUMENT_BY_CLIENT, KAB_DOCUMENT_SAVE, "draft" },
    { KAB_DOCUMENT_BY_CLIENT, KAB_DOCUMENT_SUBMIT, "processing" },
    { KAB_DOCUMENT_BY_EMPLOYEE, KAB_DOCUMENT_SEND_PACKAGE, "ready-for-signing" },
    { KAB_DOCUMENT_BY_CLIENT, KAB_DOCUMENT_APPROVE, "signing" },
    { KAB_DOCUMENT_BY_EMPLOYEE, KAB_DOCUMENT_REPLACE_PACKAGE, "ready-for-signing" },
    { KAB_DOCUMENT_BY_CLIENT, KAB_DOCUMENT_APPROVE, "signing" },
    { KAB_DOCUMENT_BY_SYSTEM, KAB_DOCUMENT_REPORT_ALL_SIGNED, "signed" },
  };
  KabDocumentState state = KAB_DOCUMENT_NONE;

  for (gsize i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      g_autoptr (GError) error = NULL;

      kab_document_workflow_apply (state, steps[i].actor, steps[i].action, &state, &error);
      g_assert_no_error (error);
      g_assert_cmpstr (kab_document_state_name (state), ==, steps[i].state);
    }
}

/* STS-9: the client fills in and submits in three states only. */
static void
test_client_work (void)
{
  for (guint state = KAB_DOCUMENT_NEW; state < KAB_N_DOCUMENT_STATES; state++)
    {
      gboolean submits = (kab_document_workflow_actions (state, KAB_DOCUMENT_BY_CLIENT) &
                          KAB_DOCUMENT_ACTIONS (KAB_DOCUMENT_SUBMIT)) != 0;

      g_assert_cmpint (kab_document_state_is_client_work (state), ==, submits);
    }
}

static void
test_names (void)
{
  KabDocumentState state;
  KabDocumentAction action;

  for (guint i = KAB_DOCUMENT_NEW; i < KAB_N_DOCUMENT_STATES; i++)
    {
      g_assert_true (kab_document_state_from_name (kab_document_state_name (i), &state));
      g_assert_cmpint (state, ==, i);
    }
  for (guint i = 0; i < KAB_N_DOCUMENT_ACTIONS; i++)
    {
      g_assert_true (kab_document_action_from_name (kab_document_action_name (i), &action));
      g_assert_cmpint (action, ==, i);
    }
  g_assert_false (kab_document_state_from_name ("none", &state));
  g_assert_false (kab_document_state_from_name (NULL, &state));
  g_assert_false (kab_document_action_from_name ("destroy", &action));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/document-workflow/every-pair", test_every_pair);
  g_test_add_func ("/document-workflow/long-way", test_long_way);
  g_test_add_func ("/document-workflow/client-work", test_client_work);
  g_test_add_func ("/document-workflow/names", test_names);

  return g_test_run ();
}
