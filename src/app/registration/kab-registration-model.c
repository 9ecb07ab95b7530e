/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "registration/kab-registration-model-private.h"

#include "kab-time.h"

#define SAVE_DELAY_MS 400

enum
{
  PROP_CLIENT_TYPE = 1,
  PROP_CITIZENSHIP,
  PROP_CITIZENSHIP_2,
  PROP_HAS_SECOND,
  PROP_CONSENT,
  PROP_EMAIL,
  PROP_PHONE,
  PROP_PHONE_COUNTRY,
  PROP_REGISTRATION,
  N_PROPS,
};

enum
{
  READ_CHANGED,
  N_SIGNALS,
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (KabRegistrationModel, kab_registration_model, G_TYPE_OBJECT)

static char **
text_of (KabRegistrationModel *self, guint property_id)
{
  switch (property_id)
    {
    case PROP_CLIENT_TYPE:
      return &self->client_type;
    case PROP_CITIZENSHIP:
      return &self->citizenship;
    case PROP_CITIZENSHIP_2:
      return &self->citizenship_2;
    case PROP_EMAIL:
      return &self->email;
    case PROP_PHONE:
      return &self->phone;
    case PROP_PHONE_COUNTRY:
      return &self->phone_country;
    default:
      return NULL;
    }
}

static gboolean *
flag_of (KabRegistrationModel *self, guint property_id)
{
  switch (property_id)
    {
    case PROP_HAS_SECOND:
      return &self->has_second;
    case PROP_CONSENT:
      return &self->consent;
    default:
      return NULL;
    }
}

static JsonArray *
create_read_array (KabRegistrationModel *self)
{
  JsonArray *array = json_array_new ();
  GHashTableIter iter;
  gpointer entry;

  g_hash_table_iter_init (&iter, self->read);
  while (g_hash_table_iter_next (&iter, &entry, NULL))
    json_array_add_string_element (array, entry);

  return array;
}

static JsonObject *
create_draft (KabRegistrationModel *self)
{
  JsonObject *draft = json_object_new ();

  for (guint i = 1; i < N_PROPS; i++)
    {
      const char *name = properties[i]->name;
      char **text = text_of (self, i);
      gboolean *flag = flag_of (self, i);

      if (text != NULL && *text != NULL)
        json_object_set_string_member (draft, name, *text);
      else if (flag != NULL)
        json_object_set_boolean_member (draft, name, *flag);
    }
  json_object_set_array_member (draft, "read", create_read_array (self));
  if (self->registration != NULL && kab_registration_get_token (self->registration) != NULL)
    json_object_set_string_member (draft, "token", kab_registration_get_token (self->registration));
  else if (self->token != NULL)
    json_object_set_string_member (draft, "token", self->token);

  return draft;
}

/* Keeps what is typed so far in the journal, at once. */
void
kab_registration_model_save (KabRegistrationModel *self)
{
  KabDraftJournal *journal = kab_access_get_journal (self->access);
  g_autoptr (JsonObject) draft = NULL;

  g_clear_handle_id (&self->save_source, g_source_remove);
  if (journal == NULL)
    return;

  draft = create_draft (self);
  kab_draft_journal_put_async (journal, KAB_REGISTRATION_DRAFT_KEY, draft, NULL, NULL, NULL);
}

static gboolean
save_cb (gpointer user_data)
{
  KabRegistrationModel *self = user_data;

  self->save_source = 0;
  kab_registration_model_save (self);

  return G_SOURCE_REMOVE;
}

static void
changed (KabRegistrationModel *self)
{
  if (self->save_source == 0)
    self->save_source = g_timeout_add (SAVE_DELAY_MS, save_cb, self);
}

static const char *
get_string (JsonNode *node)
{
  return node != NULL && JSON_NODE_HOLDS_VALUE (node) &&
                 json_node_get_value_type (node) == G_TYPE_STRING
             ? json_node_get_string (node)
             : NULL;
}

static void
load_read (KabRegistrationModel *self, JsonObject *draft)
{
  JsonNode *node = json_object_get_member (draft, "read");
  JsonArray *array =
      node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      const char *entry = get_string (json_array_get_element (array, i));

      if (entry != NULL)
        g_hash_table_add (self->read, g_strdup (entry));
    }
}

static void
load_draft (KabRegistrationModel *self)
{
  KabDraftJournal *journal = kab_access_get_journal (self->access);
  JsonObject *draft =
      journal != NULL ? kab_draft_journal_get (journal, KAB_REGISTRATION_DRAFT_KEY) : NULL;

  if (draft == NULL)
    return;

  for (guint i = 1; i < N_PROPS; i++)
    {
      JsonNode *node = json_object_get_member (draft, properties[i]->name);
      char **text = text_of (self, i);
      gboolean *flag = flag_of (self, i);

      if (text != NULL && get_string (node) != NULL)
        g_set_str (text, get_string (node));
      else if (flag != NULL && node != NULL && JSON_NODE_HOLDS_VALUE (node))
        *flag = json_node_get_boolean (node);
    }
  load_read (self, draft);
  g_set_str (&self->token, get_string (json_object_get_member (draft, "token")));
}

static void
server_time_changed_cb (KabRegistrationModel *self)
{
  GDateTime *server_time = kab_registration_get_server_time (self->registration);

  self->clock_offset =
      server_time != NULL ? kab_clock_now () - g_date_time_to_unix_usec (server_time) : 0;
}

/* From now on it waits for the codes of @registration. */
void
kab_registration_model_set_registration (KabRegistrationModel *self, KabRegistration *registration)
{
  if (self->registration != NULL)
    g_signal_handlers_disconnect_by_data (self->registration, self);
  g_signal_connect_object (registration, "notify::server-time", G_CALLBACK (server_time_changed_cb),
                           self, G_CONNECT_SWAPPED);
  if (g_set_object (&self->registration, registration))
    {
      server_time_changed_cb (self);
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_REGISTRATION]);
    }
  kab_registration_model_save (self);
}

static void
kab_registration_model_get_property (GObject *object,
                                     guint property_id,
                                     GValue *value,
                                     GParamSpec *pspec)
{
  KabRegistrationModel *self = KAB_REGISTRATION_MODEL (object);

  if (text_of (self, property_id) != NULL)
    g_value_set_string (value, *text_of (self, property_id));
  else if (flag_of (self, property_id) != NULL)
    g_value_set_boolean (value, *flag_of (self, property_id));
  else
    g_value_set_object (value, self->registration);
}

static void
kab_registration_model_set_property (GObject *object,
                                     guint property_id,
                                     const GValue *value,
                                     GParamSpec *pspec)
{
  KabRegistrationModel *self = KAB_REGISTRATION_MODEL (object);
  char **text = text_of (self, property_id);
  gboolean *flag = flag_of (self, property_id);
  gboolean is_changed = FALSE;

  if (text != NULL)
    {
      is_changed = g_set_str (text, g_value_get_string (value));
    }
  else if (*flag != g_value_get_boolean (value))
    {
      *flag = g_value_get_boolean (value);
      is_changed = TRUE;
    }
  if (!is_changed)
    return;

  changed (self);
  g_object_notify_by_pspec (object, pspec);
}

static void
kab_registration_model_dispose (GObject *object)
{
  KabRegistrationModel *self = KAB_REGISTRATION_MODEL (object);

  if (self->save_source != 0)
    kab_registration_model_save (self);
  g_clear_object (&self->registration);
  g_clear_object (&self->access);

  G_OBJECT_CLASS (kab_registration_model_parent_class)->dispose (object);
}

static void
kab_registration_model_finalize (GObject *object)
{
  KabRegistrationModel *self = KAB_REGISTRATION_MODEL (object);

  for (guint i = 1; i < N_PROPS; i++)
    {
      char **text = text_of (self, i);

      if (text != NULL)
        g_free (*text);
    }
  g_hash_table_unref (self->read);
  g_free (self->token);
  g_free (self->key);
  g_free (self->key_codes);

  G_OBJECT_CLASS (kab_registration_model_parent_class)->finalize (object);
}

static void
kab_registration_model_class_init (KabRegistrationModelClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = kab_registration_model_get_property;
  object_class->set_property = kab_registration_model_set_property;
  object_class->dispose = kab_registration_model_dispose;
  object_class->finalize = kab_registration_model_finalize;

  properties[PROP_CLIENT_TYPE] = g_param_spec_string ("client-type", NULL, NULL, NULL, flags);
  properties[PROP_CITIZENSHIP] = g_param_spec_string ("citizenship", NULL, NULL, NULL, flags);
  properties[PROP_CITIZENSHIP_2] = g_param_spec_string ("citizenship-2", NULL, NULL, NULL, flags);
  properties[PROP_HAS_SECOND] = g_param_spec_boolean ("has-second", NULL, NULL, FALSE, flags);
  properties[PROP_CONSENT] = g_param_spec_boolean ("consent", NULL, NULL, FALSE, flags);
  properties[PROP_EMAIL] = g_param_spec_string ("email", NULL, NULL, NULL, flags);
  properties[PROP_PHONE] = g_param_spec_string ("phone", NULL, NULL, NULL, flags);
  properties[PROP_PHONE_COUNTRY] = g_param_spec_string ("phone-country", NULL, NULL, NULL, flags);
  properties[PROP_REGISTRATION] = g_param_spec_object (
      "registration", NULL, NULL, KAB_TYPE_REGISTRATION, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[READ_CHANGED] = g_signal_new ("read-changed", G_TYPE_FROM_CLASS (klass),
                                        G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
kab_registration_model_init (KabRegistrationModel *self)
{
  self->client_type = g_strdup ("natural");
  self->email = g_strdup ("");
  self->read = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

/**
 * kab_registration_model_new:
 * @access: the way into the bank, which has answered
 *
 * Returns: (transfer full): a registration with what was typed the last time
 */
KabRegistrationModel *
kab_registration_model_new (KabAccess *access)
{
  KabRegistrationModel *self = g_object_new (KAB_TYPE_REGISTRATION_MODEL, NULL);

  g_set_object (&self->access, access);
  load_draft (self);

  return self;
}

#define GETTER(type, function, member)                                                             \
  type kab_registration_model_get_##function (KabRegistrationModel *self)                          \
  {                                                                                                \
    g_return_val_if_fail (KAB_IS_REGISTRATION_MODEL (self), NULL);                                 \
                                                                                                   \
    return self->member;                                                                           \
  }

/* (transfer none) each; the registration is NULL before the codes were sent. */
GETTER (KabAccess *, access, access)
GETTER (KabRegistration *, registration, registration)
GETTER (const char *, client_type, client_type)

/**
 * kab_registration_model_offers_companies:
 * @self: a registration
 *
 * Returns: whether a company can register at this bank
 */
gboolean
kab_registration_model_offers_companies (KabRegistrationModel *self)
{
  KabBank *bank;
  JsonObject *forms;

  g_return_val_if_fail (KAB_IS_REGISTRATION_MODEL (self), FALSE);

  bank = kab_access_get_bank (self->access);
  forms = bank != NULL ? kab_bank_get_application_forms (bank) : NULL;

  return forms != NULL && json_object_has_member (forms, "legal");
}

static char *
document_entry (KabLegalDocument *document)
{
  return g_strdup_printf ("%s@%s", kab_legal_document_get_id (document),
                          kab_legal_document_get_version (document));
}

/**
 * kab_registration_model_is_read:
 * @self: a registration
 * @document: one of the bank's legal documents
 *
 * Returns: whether this version of it was opened
 */
gboolean
kab_registration_model_is_read (KabRegistrationModel *self, KabLegalDocument *document)
{
  g_autofree char *entry = document_entry (document);

  g_return_val_if_fail (KAB_IS_REGISTRATION_MODEL (self), FALSE);

  return g_hash_table_contains (self->read, entry);
}

/**
 * kab_registration_model_set_read:
 * @self: a registration
 * @document: a document that was opened
 */
void
kab_registration_model_set_read (KabRegistrationModel *self, KabLegalDocument *document)
{
  g_return_if_fail (KAB_IS_REGISTRATION_MODEL (self));

  if (!g_hash_table_add (self->read, document_entry (document)))
    return;

  changed (self);
  g_signal_emit (self, signals[READ_CHANGED], 0);
}

/**
 * kab_registration_model_to_local_time:
 * @self: a registration
 * @time: (nullable): a time by the bank's clock
 *
 * Returns: the same moment by this computer's clock, which may be wrong, in microseconds; 0 for
 *   %NULL
 */
gint64
kab_registration_model_to_local_time (KabRegistrationModel *self, GDateTime *time)
{
  g_return_val_if_fail (KAB_IS_REGISTRATION_MODEL (self), 0);

  return time != NULL ? g_date_time_to_unix_usec (time) + self->clock_offset : 0;
}
