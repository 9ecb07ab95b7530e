/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-api-error.h"
#include "kab-bank.h"
#include "kab-document.h"
#include "kab-onboarding.h"
#include "kab-profile.h"
#include "kab-record-list-private.h"
#include "kab-registration.h"
#include "kab-test-server.h"

#define SUMMARY                                                                                    \
  "'id':'d1','application':'a1','title':{'lv':'Anketa','en':'Form'},'kind':'pdf-questionnaire',"   \
  "'state':'new','version':%d,'revision':0,'changedAt':'2026-01-02T03:04:05Z','actions':['edit']"

static void
counted_cb (GObject *object, GParamSpec *pspec, guint *count)
{
  (*count)++;
}

static gboolean
update (gpointer record, const char *text, GError **error)
{
  g_autoptr (JsonObject) object = kab_test_json (text);

  return kab_record_update_from_json (KAB_RECORD (record), object, error);
}

static void
test_values (void)
{
  g_autoptr (KabDocument) document = kab_document_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *text = g_strdup_printf ("{" SUMMARY "}", 3);

  g_assert_true (update (document, text, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (kab_document_get_id (document), ==, "d1");
  g_assert_cmpstr (kab_record_get_key (KAB_RECORD (document)), ==, "d1");
  g_assert_cmpstr (kab_translations_get (kab_document_get_title (document), "lv_LV.UTF-8"), ==,
                   "Anketa");
  g_assert_cmpstr (kab_translations_get (kab_document_get_title (document), "de"), ==, "Form");
  g_assert_cmpint (kab_document_get_version (document), ==, 3);
  g_assert_cmpint (g_date_time_to_unix (kab_document_get_changed_at (document)), ==, 1767323045);
  g_assert_cmpstr (kab_document_get_actions (document)[0], ==, "edit");
  g_assert_null (kab_document_get_actions (document)[1]);
  g_assert_null (kab_document_get_form (document));
  g_assert_cmpuint (g_list_model_get_n_items (kab_document_get_files (document)), ==, 0);
}

static void
test_notifications (void)
{
  g_autoptr (KabDocument) document = kab_document_new ();
  g_autofree char *first = g_strdup_printf ("{" SUMMARY "}", 1);
  guint all = 0, titles = 0, states = 0;

  g_assert_true (update (document, first, NULL));
  g_signal_connect (document, "notify", G_CALLBACK (counted_cb), &all);
  g_signal_connect (document, "notify::title", G_CALLBACK (counted_cb), &titles);
  g_signal_connect (document, "notify::state", G_CALLBACK (counted_cb), &states);

  g_assert_true (update (document, first, NULL));
  g_assert_cmpuint (all, ==, 0);

  g_assert_true (update (document,
                         "{'id':'d1','application':'a1','title':{'lv':'Anketa','en':'Form'},"
                         "'kind':'pdf-questionnaire','state':'draft','version':2,'revision':0,"
                         "'changedAt':'2026-01-02T03:04:05Z','actions':['edit']}",
                         NULL));
  g_assert_cmpuint (all, ==, 2);
  g_assert_cmpuint (states, ==, 1);
  g_assert_cmpuint (titles, ==, 0);
}

static void
test_detail_stays (void)
{
  g_autoptr (KabDocument) document = kab_document_new ();
  g_autofree char *full = g_strdup_printf (
      "{" SUMMARY ",'form':'f','files':[{'id':'f1','name':'a.pdf','size':5,'mediaType':'m'}],"
      "'comments':[],'versions':[],'answers':{'x':1}}",
      1);
  g_autofree char *summary = g_strdup_printf ("{" SUMMARY "}", 2);

  g_assert_true (update (document, full, NULL));
  g_assert_cmpuint (g_list_model_get_n_items (kab_document_get_files (document)), ==, 1);
  g_assert_cmpstr (kab_document_get_form (document), ==, "f");

  g_assert_true (update (document, summary, NULL));
  g_assert_cmpuint (g_list_model_get_n_items (kab_document_get_files (document)), ==, 1);
  g_assert_nonnull (kab_document_get_answers (document));
  g_assert_null (kab_document_get_form (document));
}

static void
test_outdated (void)
{
  g_autoptr (KabDocument) document = kab_document_new ();
  g_autofree char *late = g_strdup_printf ("{" SUMMARY "}", 7);
  g_autofree char *early = g_strdup_printf ("{" SUMMARY ",'form':'old'}", 6);
  g_autoptr (JsonObject) object = kab_test_json (early);

  g_assert_true (update (document, late, NULL));
  g_assert_true (update (document, early, NULL));
  g_assert_cmpint (kab_document_get_version (document), ==, 7);
  g_assert_null (kab_document_get_form (document));

  /* unless the bank itself went back */
  g_assert_true (kab_record_replace_from_json (KAB_RECORD (document), object, NULL));
  g_assert_cmpint (kab_document_get_version (document), ==, 6);
  g_assert_cmpstr (kab_document_get_form (document), ==, "old");
}

/* Each is refused as a whole and leaves what was there. */
static void
test_garbage (void)
{
  static const char *const bad[] = {
    "{}",
    "{'id':'d1'}",
    "{'id':5,'kind':'k','version':'1','title':{},'binding':true}",
    "{'id':'x','kind':'k','version':1,'title':{},'binding':true}",
    "{'id':'x','kind':'k','version':'2','title':'t','binding':true}",
    "{'id':'x','kind':'k','version':'2','title':{'lv':1},'binding':true}",
    "{'id':'x','kind':'k','version':'2','title':{},'binding':'yes'}",
    "{'id':'x','kind':null,'version':'2','title':{},'binding':true}",
    "{'id':'other','kind':'k','version':'2','title':{},'binding':true}",
  };
  g_autoptr (KabLegalDocument) document = kab_legal_document_new ();

  g_assert_true (
      update (document, "{'id':'x','kind':'k','version':'1','title':{},'binding':true}", NULL));
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_false (update (document, bad[i], &error));
      g_assert_error (error, KAB_API_ERROR, KAB_API_ERROR_GARBAGE);
      g_assert_cmpstr (kab_legal_document_get_version (document), ==, "1");
    }
}

static void
test_nested (void)
{
  g_autoptr (KabRegistration) registration = kab_registration_new ();
  g_autoptr (GError) error = NULL;
  KabCodeState *email = kab_registration_get_email (registration);
  guint confirmed = 0;

#define CODE(yes)                                                                                  \
  "{'target':'a***@b.lv','confirmed':" yes ",'expiresAt':'2026-01-01T00:10:00Z',"                  \
  "'resendAt':'2026-01-01T00:01:00Z','triesLeft':5}"
#define REGISTRATION(version, yes)                                                                 \
  "{'id':'r','version':" version ",'email':" CODE (yes) ",'phone':" CODE (                         \
      "false") ","                                                                                 \
               "'expiresAt':'2026-01-02T00:00:00Z','serverTime':'2026-01-01T00:00:00Z'}"

  g_signal_connect (email, "notify::confirmed", G_CALLBACK (counted_cb), &confirmed);
  g_assert_true (update (registration, REGISTRATION ("1", "false"), &error));
  g_assert_true (update (registration, REGISTRATION ("2", "true"), &error));
  g_assert_no_error (error);
  g_assert_true (kab_registration_get_email (registration) == email);
  g_assert_cmpuint (confirmed, ==, 1);
  g_assert_true (kab_code_state_get_confirmed (email));
  g_assert_cmpint (kab_code_state_get_tries_left (email), ==, 5);

  g_assert_null (kab_registration_get_token (registration));
  kab_registration_set_token (registration, "secret");
  g_assert_cmpstr (kab_registration_get_token (registration), ==, "secret");
}

static void
test_bank (void)
{
  g_autoptr (KabBank) bank = kab_bank_new ();
  g_autoptr (GError) error = NULL;

  g_assert_true (update (
      bank,
      "{'name':'B','legalName':'AS B','contacts':{'phone':'+371','address':{'lv':'Rīga'}},"
      "'openingHours':{},'languages':['lv','en'],'services':['N1'],'fee':{'amount':'50.00',"
      "'currency':'EUR'},'passwordPolicy':{'minLength':12},'demo':true,'files':{'maxBytes':5},"
      "'legalDocuments':[{'id':'x','kind':'k','version':'1','title':{},'binding':true}],"
      "'somethingNew':[1]}",
      &error));
  g_assert_no_error (error);
  g_assert_cmpstr (kab_bank_get_phone (bank), ==, "+371");
  g_assert_null (kab_bank_get_email (bank));
  g_assert_cmpstr (kab_bank_get_fee_amount (bank), ==, "50.00");
  g_assert_cmpint (kab_bank_get_password_min_length (bank), ==, 12);
  g_assert_cmpint (kab_bank_get_max_file_bytes (bank), ==, 5);
  g_assert_cmpuint (g_list_model_get_n_items (kab_bank_get_legal_documents (bank)), ==, 1);
  g_assert_cmpuint (g_strv_length ((char **) kab_bank_get_file_formats (bank)), ==, 0);
}

typedef struct
{
  GPtrArray *mirror; /* what a view would show by the signals alone */
  guint emissions;
  guint removed;
  guint added;
} Watch;

static void
items_changed_cb (GListModel *list, guint position, guint removed, guint added, Watch *watch)
{
  watch->emissions++;
  watch->removed += removed;
  watch->added += added;
  g_assert_cmpuint (position + removed, <=, watch->mirror->len);
  if (removed > 0)
    g_ptr_array_remove_range (watch->mirror, position, removed);
  for (guint i = 0; i < added; i++)
    g_ptr_array_insert (watch->mirror, position + i, g_list_model_get_item (list, position + i));
  g_assert_cmpuint (g_list_model_get_n_items (list), ==, watch->mirror->len);
}

static KabRecordList *
new_list (Watch *watch)
{
  KabRecordList *list = kab_record_list_new (KAB_TYPE_FILE);

  watch->mirror = g_ptr_array_new_with_free_func (g_object_unref);
  g_signal_connect (list, "items-changed", G_CALLBACK (items_changed_cb), watch);

  return list;
}

/* Makes the list be the files whose ids are the letters of @ids. */
static void
set_list (KabRecordList *list, const char *ids, Watch *watch)
{
  g_autoptr (JsonArray) array = json_array_new ();

  watch->emissions = watch->removed = watch->added = 0;
  for (const char *p = ids; *p; p++)
    {
      g_autofree char *text =
          g_strdup_printf ("{'id':'%c','name':'n','size':1,'mediaType':'m'}", *p);

      json_array_add_object_element (array, kab_test_json (text));
    }
  g_assert_true (kab_record_list_update (list, array, NULL));

  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (list)), ==, strlen (ids));
  for (guint i = 0; ids[i]; i++)
    {
      g_autoptr (KabFile) file = g_list_model_get_item (G_LIST_MODEL (list), i);

      g_assert_cmpint (kab_file_get_id (file)[0], ==, ids[i]);
      g_assert_true (g_ptr_array_index (watch->mirror, i) == file);
    }
}

static void
test_list_is_gentle (void)
{
  Watch watch = { 0 };
  g_autoptr (KabRecordList) list = new_list (&watch);
  KabFile *kept;

  set_list (list, "abcde", &watch);
  g_assert_cmpuint (watch.emissions, ==, 1);
  kept = kab_record_list_find (list, "c");

  set_list (list, "abcde", &watch);
  g_assert_cmpuint (watch.emissions, ==, 0);

  set_list (list, "xabcde", &watch);
  g_assert_cmpuint (watch.emissions, ==, 1);
  g_assert_cmpuint (watch.added, ==, 1);
  g_assert_cmpuint (watch.removed, ==, 0);

  set_list (list, "abcde", &watch);
  g_assert_cmpuint (watch.removed, ==, 1);
  g_assert_cmpuint (watch.added, ==, 0);

  set_list (list, "bcdea", &watch);
  g_assert_cmpuint (watch.emissions, ==, 2);
  g_assert_cmpuint (watch.removed, ==, 1);
  g_assert_cmpuint (watch.added, ==, 1);

  set_list (list, "bXYea", &watch);
  g_assert_cmpuint (watch.emissions, ==, 1);
  g_assert_null (kab_record_list_find (list, "c"));
  set_list (list, "bcYea", &watch);
  g_assert_false (kab_record_list_find (list, "c") == kept);

  set_list (list, "", &watch);
  g_assert_cmpuint (watch.emissions, ==, 1);
  g_assert_cmpuint (watch.removed, ==, 5);
  g_ptr_array_unref (watch.mirror);
}

/* Any order into any other: a view that follows the signals always shows the list. */
static void
test_list_random (void)
{
  Watch watch = { 0 };
  g_autoptr (KabRecordList) list = new_list (&watch);

  for (guint round = 0; round < 500; round++)
    {
      char letters[] = "abcdefghijklmnopqrst";
      guint n = strlen (letters);

      for (guint i = n - 1; i > 0; i--)
        {
          guint j = g_test_rand_int_range (0, i + 1);
          char letter = letters[i];

          letters[i] = letters[j];
          letters[j] = letter;
        }
      letters[g_test_rand_int_range (0, n + 1)] = '\0';
      set_list (list, letters, &watch);
    }
  g_ptr_array_unref (watch.mirror);
}

static void
test_list_garbage (void)
{
  Watch watch = { 0 };
  g_autoptr (KabRecordList) list = new_list (&watch);
  g_autoptr (JsonObject) object =
      kab_test_json ("{'items':[{'id':'a','name':'n','size':1,'mediaType':'m'},{'id':'b'}],"
                     "'twice':[{'id':'a','name':'n','size':1,'mediaType':'m'},"
                     "{'id':'a','name':'n','size':2,'mediaType':'m'}]}");
  g_autoptr (GError) error = NULL;

  set_list (list, "xy", &watch);
  g_assert_false (
      kab_record_list_update (list, json_object_get_array_member (object, "items"), &error));
  g_assert_error (error, KAB_API_ERROR, KAB_API_ERROR_GARBAGE);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (list)), ==, 2);

  g_assert_true (
      kab_record_list_update (list, json_object_get_array_member (object, "twice"), NULL));
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (list)), ==, 1);
  g_ptr_array_unref (watch.mirror);
}

static void
test_types (void)
{
  GType types[] = { KAB_TYPE_BANK, KAB_TYPE_DOCUMENT, KAB_TYPE_ONBOARDING, KAB_TYPE_PROFILE };

  /* Every property can be read from an object that nothing was said about yet. */
  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    {
      GObject *object = g_object_new (types[i], NULL);
      guint n_specs;
      g_autofree GParamSpec **specs =
          g_object_class_list_properties (G_OBJECT_GET_CLASS (object), &n_specs);

      g_assert_cmpuint (n_specs, >, 4);
      for (guint j = 0; j < n_specs; j++)
        {
          g_auto (GValue) value = G_VALUE_INIT;

          g_object_get_property (object, specs[j]->name, &value);
          g_assert_true (G_VALUE_HOLDS (&value, specs[j]->value_type));
        }
      g_assert_finalize_object (object);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/record/values", test_values);
  g_test_add_func ("/record/notifications", test_notifications);
  g_test_add_func ("/record/detail-stays", test_detail_stays);
  g_test_add_func ("/record/outdated", test_outdated);
  g_test_add_func ("/record/garbage", test_garbage);
  g_test_add_func ("/record/nested", test_nested);
  g_test_add_func ("/record/bank", test_bank);
  g_test_add_func ("/record/types", test_types);
  g_test_add_func ("/record-list/gentle", test_list_is_gentle);
  g_test_add_func ("/record-list/random", test_list_random);
  g_test_add_func ("/record-list/garbage", test_list_garbage);

  return g_test_run ();
}
