/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-record.h"

#include <string.h>

#include "kab-api-error.h"
#include "kab-record-list.h"
#include "kab-record-private.h"
#include "kab-time.h"

typedef struct
{
  GValue *values; /* (owned) one a field */
  char *key;      /* (owned) (nullable) */
} KabRecordPrivate;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (KabRecord, kab_record, G_TYPE_OBJECT)

static const char *const no_strings[] = { NULL };

static GType
field_type (const KabField *field)
{
  switch (field->kind)
    {
    case KAB_FIELD_STRING:
      return G_TYPE_STRING;
    case KAB_FIELD_INT:
      return G_TYPE_INT64;
    case KAB_FIELD_BOOLEAN:
      return G_TYPE_BOOLEAN;
    case KAB_FIELD_TIME:
      return G_TYPE_DATE_TIME;
    case KAB_FIELD_TEXT:
      return KAB_TYPE_TRANSLATIONS;
    case KAB_FIELD_STRINGS:
      return G_TYPE_STRV;
    case KAB_FIELD_OBJECT:
      return JSON_TYPE_OBJECT;
    case KAB_FIELD_LIST:
      return G_TYPE_LIST_MODEL;
    case KAB_FIELD_RECORD:
      return field->get_item_type ();
    default:
      g_return_val_if_reached (G_TYPE_INVALID);
    }
}

static GParamSpec *
field_spec (const KabField *field)
{
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  switch (field->kind)
    {
    case KAB_FIELD_STRING:
      return g_param_spec_string (field->name, NULL, NULL, NULL, flags);
    case KAB_FIELD_INT:
      return g_param_spec_int64 (field->name, NULL, NULL, G_MININT64, G_MAXINT64, 0, flags);
    case KAB_FIELD_BOOLEAN:
      return g_param_spec_boolean (field->name, NULL, NULL, FALSE, flags);
    case KAB_FIELD_LIST:
    case KAB_FIELD_RECORD:
      return g_param_spec_object (field->name, NULL, NULL, field_type (field), flags);
    default:
      return g_param_spec_boxed (field->name, NULL, NULL, field_type (field), flags);
    }
}

/* The member of a field: a path through objects, or the name in camel case. NULL also for null. */
static JsonNode *
find_member (JsonObject *object, const KabField *field)
{
  g_autofree char *camel = NULL;
  g_auto (GStrv) path = NULL;
  JsonNode *node = NULL;

  if (field->member == NULL)
    {
      char *to = camel = g_strdup (field->name);

      for (const char *from = field->name; *from; from++)
        *to++ = *from == '-' ? g_ascii_toupper (*++from) : *from;
      *to = '\0';
    }

  path = g_strsplit (camel ? camel : field->member, ".", -1);
  for (guint i = 0; path[i] != NULL; i++)
    {
      if (i > 0 && (node == NULL || !JSON_NODE_HOLDS_OBJECT (node)))
        return NULL;
      node = json_object_get_member (i > 0 ? json_node_get_object (node) : object, path[i]);
    }

  return node == NULL || JSON_NODE_HOLDS_NULL (node) ? NULL : node;
}

static gboolean
holds (JsonNode *node, GType type)
{
  return JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == type;
}

static gboolean
parse_time (JsonNode *node, GValue *value)
{
  gint64 time;

  if (!holds (node, G_TYPE_STRING) || !kab_time_parse (json_node_get_string (node), &time, NULL))
    return FALSE;

  g_value_take_boxed (value, kab_time_to_date_time (time, g_time_zone_new_utc ()));

  return TRUE;
}

static gboolean
parse_text (JsonNode *node, GValue *value)
{
  KabTranslations *text;

  if (!JSON_NODE_HOLDS_OBJECT (node))
    return FALSE;

  text = kab_translations_new_from_json (json_node_get_object (node));
  g_value_take_boxed (value, text);

  return text != NULL;
}

static gboolean
parse_strings (JsonNode *node, GValue *value)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  JsonArray *array;

  if (!JSON_NODE_HOLDS_ARRAY (node))
    return FALSE;

  array = json_node_get_array (node);
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonNode *item = json_array_get_element (array, i);

      if (!holds (item, G_TYPE_STRING))
        return FALSE;
      g_strv_builder_add (builder, json_node_get_string (item));
    }
  g_value_take_boxed (value, g_strv_builder_end (builder));

  return TRUE;
}

static gboolean
check_list (JsonNode *node, GType item_type)
{
  JsonArray *array;

  if (!JSON_NODE_HOLDS_ARRAY (node))
    return FALSE;

  array = json_node_get_array (node);
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonNode *item = json_array_get_element (array, i);

      if (!JSON_NODE_HOLDS_OBJECT (item) ||
          !kab_record_check_json (item_type, json_node_get_object (item), NULL))
        return FALSE;
    }

  return TRUE;
}

/* Reads a member into @value, which has the field's type. LIST and RECORD are only checked. */
static gboolean
parse_member (const KabField *field, JsonNode *node, GValue *value)
{
  switch (field->kind)
    {
    case KAB_FIELD_STRING:
      if (!holds (node, G_TYPE_STRING))
        return FALSE;
      g_value_set_string (value, json_node_get_string (node));
      return TRUE;
    case KAB_FIELD_INT:
      if (!holds (node, G_TYPE_INT64))
        return FALSE;
      g_value_set_int64 (value, json_node_get_int (node));
      return TRUE;
    case KAB_FIELD_BOOLEAN:
      if (!holds (node, G_TYPE_BOOLEAN))
        return FALSE;
      g_value_set_boolean (value, json_node_get_boolean (node));
      return TRUE;
    case KAB_FIELD_TIME:
      return parse_time (node, value);
    case KAB_FIELD_TEXT:
      return parse_text (node, value);
    case KAB_FIELD_STRINGS:
      return parse_strings (node, value);
    case KAB_FIELD_OBJECT:
      if (!JSON_NODE_HOLDS_OBJECT (node))
        return FALSE;
      g_value_set_boxed (value, json_node_get_object (node));
      return TRUE;
    case KAB_FIELD_LIST:
      return check_list (node, field->get_item_type ());
    case KAB_FIELD_RECORD:
      return JSON_NODE_HOLDS_OBJECT (node) &&
             kab_record_check_json (field->get_item_type (), json_node_get_object (node), NULL);
    default:
      g_return_val_if_reached (FALSE);
    }
}

static gboolean
equal_values (const KabField *field, const GValue *a, const GValue *b)
{
  gpointer p, q;

  switch (field->kind)
    {
    case KAB_FIELD_STRING:
      return g_strcmp0 (g_value_get_string (a), g_value_get_string (b)) == 0;
    case KAB_FIELD_INT:
      return g_value_get_int64 (a) == g_value_get_int64 (b);
    case KAB_FIELD_BOOLEAN:
      return g_value_get_boolean (a) == g_value_get_boolean (b);
    default:
      break;
    }

  p = g_value_get_boxed (a);
  q = g_value_get_boxed (b);
  if (p == NULL || q == NULL)
    return p == q;

  switch (field->kind)
    {
    case KAB_FIELD_TIME:
      return g_date_time_equal (p, q);
    case KAB_FIELD_TEXT:
      return kab_translations_equal (p, q);
    case KAB_FIELD_STRINGS:
      return g_strv_equal (p, q);
    default:
      return json_object_equal (p, q);
    }
}

static void
init_value (const KabField *field, GValue *value)
{
  g_value_init (value, field_type (field));
  if (field->kind == KAB_FIELD_STRINGS)
    g_value_set_boxed (value, no_strings);
}

static void
free_values (GValue *values, guint n_values)
{
  for (guint i = 0; i < n_values; i++)
    g_value_unset (&values[i]);
  g_free (values);
}

/* Reads all fields. Returns: (transfer full) (nullable) one value a field, NULL with an error. */
static GValue *
parse_fields (KabRecordClass *klass, JsonObject *object, GError **error)
{
  GValue *values = g_new0 (GValue, klass->n_fields);

  for (guint i = 0; i < klass->n_fields; i++)
    init_value (&klass->fields[i], &values[i]);

  for (guint i = 0; i < klass->n_fields; i++)
    {
      const KabField *field = &klass->fields[i];
      JsonNode *node = find_member (object, field);

      if (node == NULL ? field->presence != KAB_FIELD_REQUIRED
                       : parse_member (field, node, &values[i]))
        continue;

      g_set_error (error, KAB_API_ERROR, KAB_API_ERROR_GARBAGE, "%s: member %s is %s",
                   G_OBJECT_CLASS_NAME (klass), field->name, node ? "wrong" : "missing");
      free_values (values, klass->n_fields);
      return NULL;
    }

  return values;
}

static char *
dup_key (KabRecordClass *klass, const GValue *values)
{
  const GValue *value;

  if (klass->key_field == KAB_FIELD_NONE)
    return NULL;

  value = &values[klass->key_field];
  if (G_VALUE_HOLDS_INT64 (value))
    return g_strdup_printf ("%" G_GINT64_FORMAT, g_value_get_int64 (value));

  return g_value_dup_string (value);
}

static void
apply_field (KabRecord *self, guint index, JsonNode *node, const GValue *value)
{
  KabRecordPrivate *priv = kab_record_get_instance_private (self);
  const KabField *field = &KAB_RECORD_GET_CLASS (self)->fields[index];
  g_autoptr (JsonArray) empty = NULL;

  if (node == NULL && field->presence == KAB_FIELD_DETAIL)
    return;

  /* What is inside was checked by parse_fields(). */
  if (field->kind == KAB_FIELD_LIST)
    {
      empty = json_array_new ();
      kab_record_list_update (g_value_get_object (&priv->values[index]),
                              node ? json_node_get_array (node) : empty, NULL);
    }
  else if (field->kind == KAB_FIELD_RECORD)
    {
      if (node != NULL)
        kab_record_update_from_json (g_value_get_object (&priv->values[index]),
                                     json_node_get_object (node), NULL);
    }
  else if (!equal_values (field, &priv->values[index], value))
    {
      g_value_copy (value, &priv->values[index]);
      g_object_notify_by_pspec (G_OBJECT (self), KAB_RECORD_GET_CLASS (self)->specs[index]);
    }
}

static void
kab_record_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  KabRecordPrivate *priv = kab_record_get_instance_private (KAB_RECORD (object));

  g_value_copy (&priv->values[prop_id - 1], value);
}

static void
kab_record_constructed (GObject *object)
{
  KabRecordPrivate *priv = kab_record_get_instance_private (KAB_RECORD (object));
  KabRecordClass *klass = KAB_RECORD_GET_CLASS (object);

  G_OBJECT_CLASS (kab_record_parent_class)->constructed (object);

  priv->values = g_new0 (GValue, klass->n_fields);
  for (guint i = 0; i < klass->n_fields; i++)
    {
      const KabField *field = &klass->fields[i];

      init_value (field, &priv->values[i]);
      if (field->kind == KAB_FIELD_LIST)
        g_value_take_object (&priv->values[i], kab_record_list_new (field->get_item_type ()));
      else if (field->kind == KAB_FIELD_RECORD)
        g_value_take_object (&priv->values[i], g_object_new (field->get_item_type (), NULL));
    }
}

static void
kab_record_finalize (GObject *object)
{
  KabRecordPrivate *priv = kab_record_get_instance_private (KAB_RECORD (object));

  free_values (priv->values, KAB_RECORD_GET_CLASS (object)->n_fields);
  g_free (priv->key);
  G_OBJECT_CLASS (kab_record_parent_class)->finalize (object);
}

static void
kab_record_class_init (KabRecordClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->constructed = kab_record_constructed;
  object_class->finalize = kab_record_finalize;
}

static void
kab_record_init (KabRecord *self)
{
}

void
kab_record_class_install_fields (KabRecordClass *klass,
                                 const KabField *fields,
                                 guint n_fields,
                                 int key_field,
                                 int version_field)
{
  klass->fields = fields;
  klass->n_fields = n_fields;
  klass->key_field = key_field;
  klass->version_field = version_field;
  klass->specs = g_new0 (GParamSpec *, n_fields);
  /* GObject doesn't let a class inherit it. */
  G_OBJECT_CLASS (klass)->get_property = kab_record_get_property;

  for (guint i = 0; i < n_fields; i++)
    {
      klass->specs[i] = field_spec (&fields[i]);
      g_object_class_install_property (G_OBJECT_CLASS (klass), i + 1, klass->specs[i]);
    }
}

const char *
kab_record_get_string (KabRecord *self, guint field)
{
  KabRecordPrivate *priv = kab_record_get_instance_private (self);

  return g_value_get_string (&priv->values[field]);
}

gint64
kab_record_get_int (KabRecord *self, guint field)
{
  KabRecordPrivate *priv = kab_record_get_instance_private (self);

  return g_value_get_int64 (&priv->values[field]);
}

gboolean
kab_record_get_boolean (KabRecord *self, guint field)
{
  KabRecordPrivate *priv = kab_record_get_instance_private (self);

  return g_value_get_boolean (&priv->values[field]);
}

gpointer
kab_record_get_boxed (KabRecord *self, guint field)
{
  KabRecordPrivate *priv = kab_record_get_instance_private (self);

  return g_value_get_boxed (&priv->values[field]);
}

gpointer
kab_record_get_object (KabRecord *self, guint field)
{
  KabRecordPrivate *priv = kab_record_get_instance_private (self);

  return g_value_get_object (&priv->values[field]);
}

gboolean
kab_record_check_json (GType item_type, JsonObject *object, GError **error)
{
  g_autoptr (GTypeClass) klass = g_type_class_ref (item_type);
  GValue *values = parse_fields (KAB_RECORD_CLASS (klass), object, error);

  if (values == NULL)
    return FALSE;

  free_values (values, KAB_RECORD_CLASS (klass)->n_fields);

  return TRUE;
}

char *
kab_record_dup_json_key (GType item_type, JsonObject *object)
{
  g_autoptr (GTypeClass) type_class = g_type_class_ref (item_type);
  KabRecordClass *klass = KAB_RECORD_CLASS (type_class);
  JsonNode *node = NULL;

  if (klass->key_field != KAB_FIELD_NONE)
    node = find_member (object, &klass->fields[klass->key_field]);
  if (node == NULL)
    return NULL;

  return holds (node, G_TYPE_INT64)
             ? g_strdup_printf ("%" G_GINT64_FORMAT, json_node_get_int (node))
             : json_node_dup_string (node);
}

static gboolean
is_outdated (KabRecord *self, const GValue *values)
{
  int field = KAB_RECORD_GET_CLASS (self)->version_field;

  return field != KAB_FIELD_NONE &&
         g_value_get_int64 (&values[field]) < kab_record_get_int (self, field);
}

static gboolean
take_json (KabRecord *self, JsonObject *object, gboolean may_go_back, GError **error)
{
  KabRecordPrivate *priv = kab_record_get_instance_private (self);
  KabRecordClass *klass = KAB_RECORD_GET_CLASS (self);
  g_autofree char *key = NULL;
  gboolean is_taken;
  GValue *values = parse_fields (klass, object, error);

  if (values == NULL)
    return FALSE;

  key = dup_key (klass, values);
  if (priv->key != NULL && g_strcmp0 (priv->key, key) != 0)
    {
      g_set_error (error, KAB_API_ERROR, KAB_API_ERROR_GARBAGE, "%s: another object came",
                   G_OBJECT_TYPE_NAME (self));
      free_values (values, klass->n_fields);
      return FALSE;
    }
  g_set_str (&priv->key, key);

  is_taken = may_go_back || !is_outdated (self, values);
  g_object_freeze_notify (G_OBJECT (self));
  for (guint i = 0; i < klass->n_fields && is_taken; i++)
    apply_field (self, i, find_member (object, &klass->fields[i]), &values[i]);
  g_object_thaw_notify (G_OBJECT (self));

  free_values (values, klass->n_fields);

  return TRUE;
}

gboolean
kab_record_update_from_json (KabRecord *self, JsonObject *object, GError **error)
{
  g_return_val_if_fail (KAB_IS_RECORD (self), FALSE);
  g_return_val_if_fail (object != NULL, FALSE);

  return take_json (self, object, FALSE, error);
}

gboolean
kab_record_replace_from_json (KabRecord *self, JsonObject *object, GError **error)
{
  g_return_val_if_fail (KAB_IS_RECORD (self), FALSE);
  g_return_val_if_fail (object != NULL, FALSE);

  return take_json (self, object, TRUE, error);
}

const char *
kab_record_get_key (KabRecord *self)
{
  KabRecordPrivate *priv = kab_record_get_instance_private (self);

  g_return_val_if_fail (KAB_IS_RECORD (self), NULL);

  return priv->key;
}
