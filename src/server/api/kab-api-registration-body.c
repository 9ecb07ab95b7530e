/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "kab-api-registration-body.h"

#include "kab-addresses.h"
#include "kab-api-json.h"
#include "kab-form-evaluation.h"
#include "kab-json.h"
#include "kab-password-policy.h"
#include "kab-secrets.h"

#define WORD_CHARS_MAX     32
#define ADDRESS_CHARS_MAX  320
#define PASSWORD_CHARS_MAX 1024
#define CITIZENSHIPS_MAX   2
#define CONSENTS_MAX       32

void
kab_registration_body_free (KabRegistrationBody *self)
{
  g_free (self->client_type);
  g_free (self->citizenships);
  g_free (self->consents);
  g_free (self->email);
  g_free (self->phone);
  kab_secrets_free_text (self->password);
  g_free (self->language);
  g_free (self);
}

static void
check_client_type (const char *client_type, KabBankData *bank, GError **problem)
{
  if (!kab_bank_data_offers_registration (bank, client_type))
    kab_api_json_add_field (problem, "/clientType", KAB_FORM_CODE_NOT_AN_OPTION, NULL);
}

static void
check_language (const char *language, KabBankData *bank, GError **problem)
{
  if (!g_strv_contains (kab_bank_data_get_languages (bank), language))
    kab_api_json_add_field (problem, "/language", KAB_FORM_CODE_NOT_AN_OPTION, NULL);
}

/* One or two (REG-8, REG-9); a company has one country of registration (REG-10). */
static void
check_citizenships (char **countries, const char *client_type, KabBankData *bank, GError **problem)
{
  guint n_countries = g_strv_length (countries);

  if (n_countries == 0)
    kab_api_json_add_field (problem, "/citizenships", kab_check_code (KAB_CHECK_TEXT_EMPTY), NULL);
  if (n_countries > 1 && g_str_equal (client_type, "legal"))
    kab_api_json_add_field (problem, "/citizenships", kab_json_error_code (KAB_JSON_ERROR_TOO_LONG),
                            NULL);
  for (guint i = 0; i < n_countries; i++)
    {
      g_autofree char *pointer = g_strdup_printf ("/citizenships/%u", i);

      if (!kab_bank_data_has_country (bank, countries[i]))
        kab_api_json_add_field (problem, pointer, KAB_FORM_CODE_NOT_AN_OPTION, NULL);
      else if (i > 0 && g_str_equal (countries[i], countries[0]))
        kab_api_json_add_field (problem, pointer, KAB_FORM_CODE_SAME, NULL);
    }
}

static const char *
find_consent (JsonArray *consents, const char *document)
{
  for (guint i = 0; i < json_array_get_length (consents); i++)
    {
      JsonObject *consent = json_array_get_object_element (consents, i);

      if (g_str_equal (json_object_get_string_member (consent, "document"), document))
        return json_object_get_string_member (consent, "version");
    }
  return NULL;
}

/* Every legal document in its present version, and each once (REG-11…13, A27): who read an older
 * one has to read again. */
static void
check_consents (JsonArray *consents, KabBankData *bank, GError **problem)
{
  JsonArray *documents = kab_bank_data_get_legal_documents (bank);
  guint n_documents = json_array_get_length (documents);

  for (guint i = 0; i < n_documents; i++)
    {
      JsonObject *document = json_array_get_object_element (documents, i);
      const char *id = json_object_get_string_member (document, "id");
      const char *version = json_object_get_string_member (document, "version");
      const char *given = find_consent (consents, id);
      JsonObject *params;

      if (g_strcmp0 (given, version) == 0)
        continue;
      params = json_object_new ();
      json_object_set_string_member (params, "document", id);
      json_object_set_string_member (params, "version", version);
      kab_api_json_add_field (problem, "/consents",
                              given == NULL ? "consent-missing" : "consent-outdated", params);
    }
  if (*problem == NULL && json_array_get_length (consents) != n_documents)
    kab_api_json_add_field (problem, "/consents", KAB_FORM_CODE_NOT_AN_OPTION, NULL);
}

static void
check_address (const char *channel,
               const char *pointer,
               const char *address,
               char **normalised,
               GError **problem)
{
  KabCheck check = kab_address_check (channel, address);

  if (check == KAB_CHECK_OK)
    *normalised = kab_address_normalise (channel, address);
  else
    kab_api_json_add_field (problem, pointer, kab_check_code (check), NULL);
}

static void
check_password (const char *password, char **normalised, GError **problem)
{
  KabCheck check = kab_password_policy_check (password);

  if (check == KAB_CHECK_OK)
    *normalised = kab_password_policy_normalise (password);
  else
    kab_api_json_add_field (problem, "/password", kab_check_code (check), NULL);
}

static gboolean
check_consent_types (JsonArray *consents, GError **error)
{
  static const char *const members[] = { "document", "version", NULL };

  for (guint i = 0; i < json_array_get_length (consents); i++)
    {
      JsonNode *node = json_array_get_element (consents, i);
      g_autofree char *index = g_strdup_printf ("%u", i);
      JsonObject *consent;

      if (!JSON_NODE_HOLDS_OBJECT (node))
        {
          g_set_error_literal (error, KAB_JSON_ERROR, KAB_JSON_ERROR_TYPE, "not an object");
          kab_json_prefix_pointer (error, index);
          return FALSE;
        }
      consent = json_node_get_object (node);
      if (!kab_json_check_members (consent, members, error) ||
          kab_json_get_string (consent, "document", WORD_CHARS_MAX, error) == NULL ||
          kab_json_get_string (consent, "version", WORD_CHARS_MAX, error) == NULL)
        {
          kab_json_prefix_pointer (error, index);
          return FALSE;
        }
    }
  return TRUE;
}

/* The members of the body, of the right types and no more of them than allowed. */
typedef struct
{
  const char *client_type;
  char **citizenships;
  JsonArray *consents;
  const char *email;
  const char *phone;
  const char *password;
  const char *language;
} Members;

static gboolean
read_consents (JsonObject *body, Members *members, GError **error)
{
  members->consents = kab_json_get_array (body, "consents", CONSENTS_MAX, error);
  if (members->consents == NULL)
    return FALSE;
  if (check_consent_types (members->consents, error))
    return TRUE;
  kab_json_prefix_pointer (error, "consents");
  return FALSE;
}

static gboolean
read_text (JsonObject *body, const char *member, gsize max_chars, const char **text, GError **error)
{
  *text = kab_json_get_string (body, member, max_chars, error);
  return *text != NULL;
}

static gboolean
read_members (JsonObject *body, Members *members, GError **error)
{
  static const char *const allowed[] = { "clientType", "citizenships", "consents", "email",
                                         "phone",      "password",     "language", NULL };

  if (!kab_json_check_members (body, allowed, error) ||
      !read_text (body, "clientType", WORD_CHARS_MAX, &members->client_type, error) ||
      !read_text (body, "email", ADDRESS_CHARS_MAX, &members->email, error) ||
      !read_text (body, "phone", ADDRESS_CHARS_MAX, &members->phone, error) ||
      !read_text (body, "password", PASSWORD_CHARS_MAX, &members->password, error) ||
      !read_text (body, "language", WORD_CHARS_MAX, &members->language, error) ||
      !read_consents (body, members, error))
    return FALSE;
  members->citizenships =
      kab_json_get_strings (body, "citizenships", CITIZENSHIPS_MAX, WORD_CHARS_MAX, error);
  return members->citizenships != NULL;
}

static char *
write_strings (char **strings)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_ARRAY);
  JsonArray *array = json_array_new ();

  for (guint i = 0; strings[i] != NULL; i++)
    json_array_add_string_element (array, strings[i]);
  json_node_take_array (node, array);
  return json_to_string (node, FALSE);
}

static char *
write_array (JsonArray *array)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_ARRAY);

  json_node_set_array (node, array);
  return json_to_string (node, FALSE);
}

/**
 * kab_registration_body_read:
 *
 * Reads and checks the body of a new registration; everything wrong is answered at once.
 *
 * Returns: (transfer full): the body, or %NULL with %KAB_PROBLEM_VALIDATION_FAILED
 */
KabRegistrationBody *
kab_registration_body_read (KabRequest *request, KabBankData *bank, GError **error)
{
  g_autoptr (KabRegistrationBody) self = g_new0 (KabRegistrationBody, 1);
  g_auto (GStrv) citizenships = NULL;
  Members members = { 0 };
  GError *problem = NULL;

  if (!read_members (kab_request_get_json (request), &members, &problem))
    {
      kab_api_json_take_error (error, problem);
      return NULL;
    }
  citizenships = members.citizenships;
  check_client_type (members.client_type, bank, &problem);
  check_language (members.language, bank, &problem);
  check_citizenships (citizenships, members.client_type, bank, &problem);
  check_consents (members.consents, bank, &problem);
  check_address (KAB_CHANNEL_EMAIL, "/email", members.email, &self->email, &problem);
  check_address (KAB_CHANNEL_PHONE, "/phone", members.phone, &self->phone, &problem);
  check_password (members.password, &self->password, &problem);
  if (problem != NULL)
    {
      g_propagate_error (error, problem);
      return NULL;
    }
  self->client_type = g_strdup (members.client_type);
  self->language = g_strdup (members.language);
  self->citizenships = write_strings (citizenships);
  self->consents = write_array (members.consents);
  return g_steal_pointer (&self);
}
