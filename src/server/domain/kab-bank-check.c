/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "kab-bank-check.h"

#include "kab-form-reader.h"
#include "kab-money.h"

/* What the server relies on in bank.json, beyond what KabFormCatalog reads of it. The first thing
 * wrong is reported with file, line, place and reason. */

typedef void (*CheckElement) (KabFormReader *reader, const char *folder);

static void
check_string (KabFormReader *reader, const char *member)
{
  if (!kab_form_reader_require (reader, member))
    return;
  kab_form_reader_get_string (reader);
  kab_form_reader_leave (reader);
}

static void
check_elements (KabFormReader *reader, const char *member, const char *folder, CheckElement check)
{
  guint n_elements;

  if (!kab_form_reader_require (reader, member))
    return;
  n_elements = kab_form_reader_get_length (reader);
  for (guint i = 0; i < n_elements; i++)
    {
      kab_form_reader_enter_element (reader, i);
      check (reader, folder);
      kab_form_reader_leave (reader);
    }
  kab_form_reader_leave (reader);
}

static void
check_text_element (KabFormReader *reader, const char *folder)
{
  kab_form_reader_get_string (reader);
}

/* The current value names a file that is there. */
static void
check_file (KabFormReader *reader, const char *folder)
{
  const char *name = kab_form_reader_get_string (reader);
  g_autofree char *path = name != NULL ? g_build_filename (folder, name, NULL) : NULL;

  if (path != NULL && !g_file_test (path, G_FILE_TEST_IS_REGULAR))
    kab_form_reader_fail (reader, KAB_FORM_ERROR_VALUE, "there is no file “%s”", name);
}

static void
check_files (KabFormReader *reader, const char *folder)
{
  static const char *const languages[] = { "lv", "en", "ru", NULL };

  if (!kab_form_reader_require (reader, "files"))
    return;
  if (kab_form_reader_check_object (reader, languages))
    for (guint i = 0; languages[i] != NULL; i++)
      if (kab_form_reader_require (reader, languages[i]))
        {
          check_file (reader, folder);
          kab_form_reader_leave (reader);
        }
  kab_form_reader_leave (reader);
}

/* Whether the member is one of the words. */
static gboolean
check_word (KabFormReader *reader, const char *member, const char *const *words)
{
  const char *word;
  gboolean is_known = FALSE;

  if (!kab_form_reader_require (reader, member))
    return FALSE;
  word = kab_form_reader_get_string (reader);
  is_known = word != NULL && g_strv_contains (words, word);
  if (word != NULL && !is_known)
    kab_form_reader_fail (reader, KAB_FORM_ERROR_VALUE, "“%s” is unknown here", word);
  kab_form_reader_leave (reader);
  return is_known;
}

static void
check_client_type (KabFormReader *reader)
{
  static const char *const types[] = { "natural", "legal", NULL };

  check_word (reader, "client_type", types);
}

static void
check_service (KabFormReader *reader, const char *folder)
{
  check_string (reader, "code");
  check_client_type (reader);
  check_elements (reader, "documents", folder, check_text_element);
}

static void
check_form (KabFormReader *reader, const char *folder)
{
  static const char *const uses[] = { "registration", "application", "document", NULL };
  static const char *const kinds[] = { "pdf", "electronic", NULL };
  g_autofree char *use = kab_form_reader_dup_member (reader, "use");
  g_autofree char *kind = kab_form_reader_dup_member (reader, "kind");

  check_string (reader, "form");
  if (kab_form_reader_require (reader, "file"))
    {
      check_file (reader, folder);
      kab_form_reader_leave (reader);
    }
  if (!check_word (reader, "use", uses))
    return;
  if (!g_str_equal (use, "document"))
    check_client_type (reader);
  else if (check_word (reader, "kind", kinds) && g_str_equal (kind, "pdf"))
    check_files (reader, folder);
}

static void
check_legal_document (KabFormReader *reader, const char *folder)
{
  check_string (reader, "version");
  if (kab_form_reader_require (reader, "binding"))
    {
      kab_form_reader_get_boolean (reader);
      kab_form_reader_leave (reader);
    }
  check_files (reader, folder);
}

static void
check_day (KabFormReader *reader, const char *folder)
{
  kab_form_reader_get_integer (reader, 1, 7);
}

static void
check_hours (KabFormReader *reader, const char *folder)
{
  check_elements (reader, "days", folder, check_day);
  check_string (reader, "from");
  check_string (reader, "to");
}

static void
check_contacts (KabFormReader *reader)
{
  if (!kab_form_reader_require (reader, "contacts"))
    return;
  check_string (reader, "phone");
  check_string (reader, "email");
  kab_form_reader_leave (reader);
}

static void
check_fee (KabFormReader *reader)
{
  g_autofree char *amount = NULL;
  g_autofree char *currency = NULL;
  g_autoptr (GError) error = NULL;
  KabMoney fee;

  if (!kab_form_reader_require (reader, "fee"))
    return;
  check_string (reader, "amount");
  check_string (reader, "currency");
  amount = kab_form_reader_dup_member (reader, "amount");
  currency = kab_form_reader_dup_member (reader, "currency");
  if (amount != NULL && currency != NULL &&
      (!kab_money_parse (amount, currency, &fee, &error) || fee.minor < 0))
    kab_form_reader_fail (reader, KAB_FORM_ERROR_VALUE, "%s %s is no fee", amount, currency);
  kab_form_reader_leave (reader);
}

/* What has a usual value and may be left out. */
static void
check_settings (KabFormReader *reader)
{
  static const char *const switches[] = { "signing_offered", "services_mix" };

  for (guint i = 0; i < G_N_ELEMENTS (switches); i++)
    if (kab_form_reader_enter (reader, switches[i]))
      {
        kab_form_reader_get_boolean (reader);
        kab_form_reader_leave (reader);
      }
  if (kab_form_reader_enter (reader, "photo_identification_days"))
    {
      kab_form_reader_get_integer (reader, 0, 3650);
      kab_form_reader_leave (reader);
    }
}

/**
 * kab_bank_check:
 * @source: `bank.json`
 * @folder: where it lies, and all files that it names
 *
 * Returns: whether the server can work with it; %FALSE with a #KabFormError
 */
gboolean
kab_bank_check (KabFormSource *source, const char *folder, GError **error)
{
  g_autoptr (KabFormReader) reader = kab_form_reader_new (source);

  check_string (reader, "name");
  check_string (reader, "legal_name");
  check_contacts (reader);
  check_fee (reader);
  check_settings (reader);
  check_elements (reader, "languages", folder, check_text_element);
  check_elements (reader, "opening_hours", folder, check_hours);
  check_elements (reader, "services", folder, check_service);
  check_elements (reader, "forms", folder, check_form);
  check_elements (reader, "legal_documents", folder, check_legal_document);
  return kab_form_reader_finish (reader, error);
}
