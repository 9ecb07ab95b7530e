/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "form-fixture.h"

/* The application of a natural person, NAT-1…14 with A3…A5 and A28. The day is
 * 15 March 2026. */
#define TODAY    "2026-03-15"
#define CODE     "161175-19997"
#define BORN     "'birth_date':'1975-11-16'"
#define BASE     "'services':['N1'],'full_name':'Anna Bērziņa','communication_language':'lv',"
#define ADULT    BASE BORN ","
#define DOCUMENT "'identity_document':[{'upload':'u1','name':'pase.pdf','size':2048}]"

static const struct
{
  const char *name;
  const char *citizenship;
  const char *answers;
  const char *codes;
} cases[] = {
  { "citizen", "LV", "{" ADULT "'latvian_resident':true,'person_code':'" CODE "'}", "" },
  { "citizen-abroad-without-code", "LV", "{" ADULT "'latvian_resident':false}",
    "/person_code required" },
  { "resident-without-code", "EE", "{" ADULT "'latvian_resident':true}", "/person_code required" },
  { "permit-without-code", "UA", "{" ADULT "'latvian_resident':false,'residence_permit':true}",
    "/person_code required" },
  { "permit-with-code", "UA",
    "{" ADULT "'latvian_resident':false,'residence_permit':true,'person_code':'" CODE "'}", "" },
  { "foreigner-abroad", "EE", "{" ADULT "'latvian_resident':false}", "" },
  { "permit-of-citizen-is-hidden", "LV",
    "{" ADULT "'latvian_resident':true,'residence_permit':'nonsense','person_code':'" CODE "'}",
    "" },
  { "residence-not-answered", "EE", "{" BASE BORN "}", "/latvian_resident required" },
  { "age-17y364d", "EE", "{" BASE "'latvian_resident':false,'birth_date':'2008-03-16'}",
    "/birth_date too-young" },
  { "age-18y0d", "EE", "{" BASE "'latvian_resident':false,'birth_date':'2008-03-15'}", "" },
  { "born-tomorrow", "EE", "{" BASE "'latvian_resident':false,'birth_date':'2026-03-16'}",
    "/birth_date date-too-late" },
  { "born-1899", "EE", "{" BASE "'latvian_resident':false,'birth_date':'1899-12-31'}",
    "/birth_date date-too-early" },
  { "no-such-day", "EE", "{" BASE "'latvian_resident':false,'birth_date':'2001-02-29'}",
    "/birth_date date-invalid" },
  { "code-of-another-day", "LV",
    "{" BASE "'birth_date':'1975-11-17','latvian_resident':true,'person_code':'" CODE "'}",
    "/person_code person-code-birth-date" },
  { "code-mistyped", "LV", "{" ADULT "'latvian_resident':true,'person_code':'161175-19998'}",
    "/person_code person-code-check-digit" },
  { "new-code-has-no-date", "LV", "{" ADULT "'latvian_resident':true,'person_code':'328673-00679'}",
    "" },
  { "name-in-cyrillic", "EE",
    "{'services':['N1'],'full_name':'Анна','communication_language':'lv'," BORN
    ",'latvian_resident':false}",
    "/full_name name-letters" },
  { "nothing", "LV", "{}",
    "/services required; /full_name required; /latvian_resident required; "
    "/person_code required; /birth_date required; /communication_language required" },
  { "no-service", "EE",
    "{'services':[],'full_name':'Anna','communication_language':'lv'," BORN
    ",'latvian_resident':false}",
    "/services required" },
  { "card-user-without-documents", "EE",
    "{'services':['N2'],'full_name':'Anna','communication_language':'lv'," BORN
    ",'latvian_resident':false}",
    "/related_client required; /identity_document required" },
  { "bank-user", "EE",
    "{'services':['N3'],'full_name':'Anna','communication_language':'lv'," BORN
    ",'latvian_resident':false,'related_client':'SIA «Zvaigzne 7»'," DOCUMENT "}",
    "" },
  { "client-and-card-user", "EE",
    "{'services':['N1','N2'],'full_name':'Anna','communication_language':'lv'," BORN
    ",'latvian_resident':false,'related_client':'Jānis Kalns'}",
    "/identity_document required" },
  { "company-service", "EE",
    "{'services':['N1','LA'],'full_name':'Anna','communication_language':'lv'," BORN
    ",'latvian_resident':false}",
    "/services not-an-option" },
  { "service-twice", "EE",
    "{'services':['N1','N1'],'full_name':'Anna','communication_language':'lv'," BORN
    ",'latvian_resident':false}",
    "/services duplicate" },
  { "program-as-document", "EE",
    "{'services':['N3'],'full_name':'Anna','communication_language':'en'," BORN
    ",'latvian_resident':false,'related_client':'Jānis Kalns',"
    "'identity_document':[{'upload':'u1','name':'pase.exe','size':1}]}",
    "/identity_document/0 file-format" },
  { "document-of-151-mb", "EE",
    "{'services':['N3'],'full_name':'Anna','communication_language':'en'," BORN
    ",'latvian_resident':false,'related_client':'Jānis Kalns',"
    "'identity_document':[{'upload':'u1','name':'a.JPG','size':158334976},"
    "{'upload':'u2','name':'b.jpg','size':0}]}",
    "/identity_document/0 file-too-large; /identity_document/1 file-empty" },
};

static void
test_case (gconstpointer data)
{
  guint index = GPOINTER_TO_UINT (data);
  g_autoptr (KabFormDefinition) form = form_fixture_shipped ("application-natural");
  g_autoptr (KabFormContext) context = form_fixture_context (TODAY, cases[index].citizenship);

  form_fixture_assert (form, cases[index].answers, context, cases[index].codes);
}

/* Who was born on 29 February comes of age on 1 March of a common year. */
static void
test_leap_day (void)
{
  const char *answers = "{" BASE "'latvian_resident':false,'birth_date':'2008-02-29'}";
  g_autoptr (KabFormDefinition) form = form_fixture_shipped ("application-natural");
  g_autoptr (KabFormContext) eve = form_fixture_context ("2026-02-28", "EE");
  g_autoptr (KabFormContext) day = form_fixture_context ("2026-03-01", "EE");

  form_fixture_assert (form, answers, eve, "/birth_date too-young");
  form_fixture_assert (form, answers, day, "");
}

static void
test_related_client_shown (void)
{
  g_autoptr (KabFormDefinition) form = form_fixture_shipped ("application-natural");
  g_autoptr (KabFormContext) context = form_fixture_context (TODAY, "EE");
  const KabFormSection *section = kab_form_definition_get_sections (form)->pdata[1];
  const struct
  {
    const char *answers;
    gboolean visible;
  } table[] = {
    { "{}", FALSE },
    { "{'services':['N1']}", FALSE },
    { "{'services':['N2']}", TRUE },
    { "{'services':['N3']}", TRUE },
    { "{'services':['N1','N2','N3']}", TRUE },
    { "{'services':'N2'}", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr (KabFormEvaluation) evaluation =
          form_fixture_evaluate (form, table[i].answers, context);
      const KabFormState *state = kab_form_evaluation_find_state (evaluation, "/related_client");

      g_assert_cmpint (state->visible, ==, table[i].visible);
      g_assert_cmpint (state->required, ==, table[i].visible);
      g_assert_cmpint (kab_form_evaluation_is_section_visible (evaluation, section), ==,
                       table[i].visible);
    }
}

static void
test_stored (void)
{
  g_autoptr (KabFormDefinition) form = form_fixture_shipped ("application-natural");
  g_autoptr (KabFormContext) context = form_fixture_context (TODAY, "LV");
  g_autoptr (KabFormEvaluation) evaluation = form_fixture_evaluate (
      form,
      "{'services':['N1'],'full_name':'  Anna   Bērziņa ','latvian_resident':true,"
      "'residence_permit':true,'person_code':'16117519997'," BORN ",'communication_language':'lv',"
      "'related_client':'typed before N2 was unticked'," DOCUMENT "}",
      context);
  g_autofree char *stored = form_fixture_stored (evaluation);

  g_assert_true (kab_form_evaluation_is_complete (evaluation));
  g_assert_cmpstr (stored, ==,
                   "{'services':['N1'],'full_name':'Anna Bērziņa','latvian_resident':true,"
                   "'person_code':'161175-19997'," BORN ",'communication_language':'lv'}");
}

static void
test_registration (void)
{
  g_autoptr (KabFormDefinition) form = form_fixture_shipped ("registration-natural");
  g_autoptr (KabFormContext) context = form_fixture_context (TODAY, "LV");

  form_fixture_assert (form,
                       "{'citizenship':'LV','second_citizenship':'EE','terms_accepted':true,"
                       "'email':'anna@example.com','phone':'+371 20000000'}",
                       context, "");
  form_fixture_assert (form,
                       "{'citizenship':'LV','second_citizenship':'LV','terms_accepted':false,"
                       "'email':'anna','phone':'20000000'}",
                       context,
                       "/second_citizenship same; /terms_accepted required; "
                       "/email email-format; /phone phone-format");
  form_fixture_assert (form, "{'citizenship':'QQ','terms_accepted':'yes'}", context,
                       "/citizenship not-an-option; /terms_accepted type; /email required; "
                       "/phone required");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/form-natural/%s", cases[i].name);

      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_case);
    }
  g_test_add_func ("/form-natural/leap-day", test_leap_day);
  g_test_add_func ("/form-natural/related-client-shown", test_related_client_shown);
  g_test_add_func ("/form-natural/stored", test_stored);
  g_test_add_func ("/form-natural/registration", test_registration);
  return g_test_run ();
}
