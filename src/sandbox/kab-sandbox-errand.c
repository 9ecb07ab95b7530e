/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-sandbox-errand.h"

#include "kab-sandbox-json.h"

/* What the employee writes, by language. */
typedef struct
{
  const char *code;
  const char *about_field, *about_document, *reply;
} Words;

static const Words words[] = {
  { "en", "Please write “%s” more precisely, exactly as it stands in your document.",
    "Please look through the questionnaire once more and send it again.",
    "Thank you for your message! We have read it and will take it into account. If something else "
    "is unclear, just write to us here." },
  { "lv", "Lūdzu, norādiet „%s” precīzāk – tieši tā, kā rakstīts Jūsu dokumentā.",
    "Lūdzu, pārskatiet anketu un iesniedziet to vēlreiz.",
    "Paldies par ziņu! Mēs to izlasījām un ņemsim vērā. Ja vēl kas nav skaidrs, rakstiet mums "
    "tepat." },
  { "ru", "Пожалуйста, укажите «%s» точнее – так, как написано в вашем документе.",
    "Пожалуйста, просмотрите анкету ещё раз и отправьте её снова.",
    "Спасибо за сообщение! Мы прочитали его и учтём. Если что-то ещё неясно, напишите нам прямо "
    "здесь." },
};

static const Words *
words_in (const char *language)
{
  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    if (g_strcmp0 (words[i].code, language) == 0)
      return &words[i];
  return &words[0];
}

static JsonArray *
member_array (JsonObject *object, const char *name)
{
  JsonNode *node = object ? json_object_get_member (object, name) : NULL;

  return node && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
}

static guint
count (JsonArray *array)
{
  return array ? json_array_get_length (array) : 0;
}

static JsonObject *
element (JsonArray *array, guint i)
{
  JsonNode *node = json_array_get_element (array, i);

  return JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

static KabSandboxErrand *
new_errand (JsonObject *client, char *key, char *path, JsonObject *body)
{
  KabSandboxErrand *errand = g_new0 (KabSandboxErrand, 1);

  errand->key = key;
  errand->path = path;
  errand->body = body;
  errand->language = g_strdup (words_in (kab_sandbox_json_text (client, "language"))->code);
  return errand;
}

/* Whether a correction has been asked for in this case: once is enough for a demonstration. */
static gboolean
was_asked (JsonObject *bank_case)
{
  JsonArray *documents = member_array (bank_case, "documents");

  for (guint i = 0; i < count (documents); i++)
    {
      JsonObject *document = element (documents, i);
      JsonArray *versions = member_array (document, "versions");

      if (count (member_array (document, "comments")) > 0)
        return TRUE;
      for (guint j = 0; j < count (versions); j++)
        if (g_strcmp0 (kab_sandbox_json_text (element (versions, j), "state"),
                       "information-needed") == 0)
          return TRUE;
    }
  return FALSE;
}

static gboolean
is_questionnaire (JsonObject *document)
{
  const char *kind = kab_sandbox_json_text (document, "kind");

  return kind && g_str_has_suffix (kind, "-questionnaire");
}

static KabSandboxErrand *
ask_or_accept (JsonObject *bank_case,
               const char *application,
               JsonObject *document,
               GHashTable *done)
{
  const char *id = kab_sandbox_json_text (document, "id");
  gint64 version = json_object_get_int_member_with_default (document, "version", 0);
  g_autofree char *asked = g_strdup_printf ("ask/%s", application);
  gboolean asks =
      is_questionnaire (document) && !was_asked (bank_case) && !g_hash_table_contains (done, asked);
  g_autofree char *key = asks ? g_steal_pointer (&asked)
                              : g_strdup_printf ("accept/%s/%" G_GINT64_FORMAT, id, version);
  KabSandboxErrand *errand;

  if (g_hash_table_contains (done, key))
    return NULL;
  errand = new_errand (kab_sandbox_json_member (bank_case, "applicant"), g_steal_pointer (&key),
                       g_strdup_printf ("/v1/staff/documents/%s/%s", id,
                                        asks ? "information-request" : "acceptance"),
                       json_object_new ());
  errand->if_match = g_strdup_printf ("\"%" G_GINT64_FORMAT "\"", version);
  if (asks)
    {
      const char *form = kab_sandbox_json_text (document, "form");

      errand->form = g_strdup (form ? form : "");
    }
  return errand;
}

static gboolean
is_decided (JsonObject *application, const char *service)
{
  JsonArray *decisions = member_array (application, "decisions");

  for (guint i = 0; i < count (decisions); i++)
    if (g_strcmp0 (kab_sandbox_json_text (element (decisions, i), "service"), service) == 0)
      return TRUE;
  return FALSE;
}

static KabSandboxErrand *
decide (JsonObject *bank_case, JsonObject *application, const char *id, GHashTable *done)
{
  g_auto (GStrv) services = kab_sandbox_json_texts (application, "services");
  gint64 version = json_object_get_int_member_with_default (application, "version", 0);

  for (gsize i = 0; services[i]; i++)
    {
      g_autofree char *key =
          g_strdup_printf ("decide/%s/%s/%" G_GINT64_FORMAT, id, services[i], version);

      if (!is_decided (application, services[i]) && !g_hash_table_contains (done, key))
        return new_errand (
            kab_sandbox_json_member (bank_case, "applicant"), g_steal_pointer (&key),
            g_strdup_printf ("/v1/staff/cases/%s/decisions", id),
            kab_sandbox_json_strings ("service", services[i], "outcome", "positive", NULL));
    }
  return NULL;
}

static gboolean
is_plain_text_field (JsonObject *field)
{
  JsonNode *required = json_object_get_member (field, "required");

  return g_strcmp0 (kab_sandbox_json_text (field, "kind"), "text") == 0 && required &&
         json_node_get_value_type (required) == G_TYPE_BOOLEAN &&
         json_node_get_boolean (required) && !json_object_has_member (field, "check") &&
         !json_object_has_member (field, "visible") && kab_sandbox_json_text (field, "id");
}

static JsonObject *
find_field (JsonObject *form)
{
  JsonArray *sections = member_array (form, "sections");

  for (guint i = 0; i < count (sections); i++)
    {
      JsonArray *fields = member_array (element (sections, i), "fields");

      for (guint j = 0; j < count (fields); j++)
        if (element (fields, j) && is_plain_text_field (element (fields, j)))
          return element (fields, j);
    }
  return NULL;
}

/* Replaces the one "%s" of a text that is ours. */
static char *
fill_in (const char *text, const char *label)
{
  g_auto (GStrv) parts = g_strsplit (text, "%s", 2);

  return g_strjoinv (label, parts);
}

/**
 * kab_sandbox_errand_for_case:
 * @bank_case: a case as the bank's server gives it
 * @done: keys of what was tried already
 *
 * A submitted document is worked on: the first questionnaire of a case gets a request for a
 * correction, everything else is accepted. When the server says that it can be decided, every
 * service is decided positively, one after another.
 *
 * Returns: (transfer full) (nullable): the next thing to do, or %NULL
 */
KabSandboxErrand *
kab_sandbox_errand_for_case (JsonObject *bank_case, GHashTable *done)
{
  JsonObject *application = kab_sandbox_json_member (bank_case, "application");
  const char *id = kab_sandbox_json_text (application, "id");
  JsonArray *documents = member_array (bank_case, "documents");

  if (!id)
    return NULL;
  for (guint i = 0; i < count (documents); i++)
    {
      JsonObject *document = element (documents, i);
      KabSandboxErrand *errand;

      if (kab_sandbox_json_text (document, "id") &&
          g_strcmp0 (kab_sandbox_json_text (document, "state"), "processing") == 0 &&
          (errand = ask_or_accept (bank_case, id, document, done)))
        return errand;
    }
  if (json_object_get_boolean_member_with_default (bank_case, "canDecide", FALSE))
    return decide (bank_case, application, id, done);
  return NULL;
}

/**
 * kab_sandbox_errand_for_messages:
 * @conversation: of a client
 * @messages: a page of its messages, in any order
 * @done: keys of what was tried already
 *
 * Returns: (transfer full) (nullable): an answer, when the newest message is the client's
 */
KabSandboxErrand *
kab_sandbox_errand_for_messages (JsonObject *conversation, JsonObject *messages, GHashTable *done)
{
  JsonArray *items = member_array (messages, "items");
  JsonObject *newest = NULL;
  const char *client = kab_sandbox_json_text (conversation, "id");
  g_autofree char *key = NULL;
  KabSandboxErrand *errand;

  for (guint i = 0; i < count (items); i++)
    if (!newest || g_strcmp0 (kab_sandbox_json_text (element (items, i), "sentAt"),
                              kab_sandbox_json_text (newest, "sentAt")) > 0)
      newest = element (items, i);
  if (!client || g_strcmp0 (kab_sandbox_json_text (newest, "from"), "client") != 0)
    return NULL;
  key = g_strdup_printf ("reply/%s", kab_sandbox_json_text (newest, "id"));
  if (g_hash_table_contains (done, key))
    return NULL;
  errand = new_errand (conversation, g_steal_pointer (&key),
                       g_strdup_printf ("/v1/staff/conversations/%s/messages", client),
                       json_object_new ());
  json_object_set_string_member (errand->body, "text", words_in (errand->language)->reply);
  return errand;
}

/**
 * kab_sandbox_errand_complete:
 * @errand: a request for a correction
 * @form: (nullable): the document's definition, when it could be had
 *
 * Writes the comment: about the first required free text of the form, or about the document when
 * there is none.
 */
void
kab_sandbox_errand_complete (KabSandboxErrand *errand, JsonObject *form)
{
  const Words *w = words_in (errand->language);
  JsonObject *field = form ? find_field (form) : NULL;
  JsonObject *comment = json_object_new ();
  JsonArray *comments = json_array_new ();

  if (field)
    {
      const char *id = kab_sandbox_json_text (field, "id");
      const char *label = kab_sandbox_json_text (kab_sandbox_json_member (field, "label"), w->code);
      g_autofree char *pointer = g_strconcat ("/", id, NULL);
      g_autofree char *text = fill_in (w->about_field, label ? label : id);

      json_object_set_string_member (comment, "field", pointer);
      json_object_set_string_member (comment, "text", text);
    }
  else
    json_object_set_string_member (comment, "text", w->about_document);
  json_array_add_object_element (comments, comment);
  json_object_set_array_member (errand->body, "comments", comments);
}

/**
 * kab_sandbox_errand_free:
 * @errand: (transfer full): an errand
 */
void
kab_sandbox_errand_free (KabSandboxErrand *errand)
{
  g_free (errand->key);
  g_free (errand->path);
  json_object_unref (errand->body);
  g_free (errand->if_match);
  g_free (errand->form);
  g_free (errand->language);
  g_free (errand);
}
