/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-form-reader.h"

#define MAX_ID_LENGTH 64

typedef struct
{
  KabFormSource *source; /* (owned) */
  JsonNode *node;        /* (nullable) (unowned) */
  char *pointer;         /* (owned) */
} Place;

struct _KabFormReader
{
  GArray *places; /* (owned) (element-type Place): the way from the root */
  GError *error;  /* (owned) (nullable): the first failure */
};

static void
place_clear (Place *place)
{
  kab_form_source_unref (place->source);
  g_free (place->pointer);
}

static Place *
current (KabFormReader *self)
{
  return &g_array_index (self->places, Place, self->places->len - 1);
}

static void
push (KabFormReader *self, KabFormSource *source, JsonNode *node, char *pointer)
{
  Place place = { kab_form_source_ref (source), node, pointer };

  g_array_append_val (self->places, place);
}

static const char *
describe_type (JsonNode *node)
{
  if (node == NULL || JSON_NODE_HOLDS_NULL (node))
    return "nothing";
  if (JSON_NODE_HOLDS_OBJECT (node))
    return "an object";
  if (JSON_NODE_HOLDS_ARRAY (node))
    return "an array";
  if (json_node_get_value_type (node) == G_TYPE_STRING)
    return "a string";
  return json_node_get_value_type (node) == G_TYPE_BOOLEAN ? "a boolean" : "a number";
}

static gboolean
holds (KabFormReader *self, gboolean fits, const char *wanted)
{
  if (!fits)
    kab_form_reader_fail (self, KAB_FORM_ERROR_TYPE, "%s is expected, not %s", wanted,
                          describe_type (current (self)->node));
  return fits;
}

/* A reader (owned) at the root of @source, which it keeps. */
KabFormReader *
kab_form_reader_new (KabFormSource *source)
{
  KabFormReader *self = g_new0 (KabFormReader, 1);

  self->places = g_array_new (FALSE, FALSE, sizeof (Place));
  g_array_set_clear_func (self->places, (GDestroyNotify) place_clear);
  push (self, source, kab_form_source_get_root (source), g_strdup (""));
  return self;
}

void
kab_form_reader_free (KabFormReader *self)
{
  g_array_unref (self->places);
  g_clear_error (&self->error);
  g_free (self);
}

/* Whether all was well; else gives the first failure to @error. */
gboolean
kab_form_reader_finish (KabFormReader *self, GError **error)
{
  if (self->error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&self->error));
  return FALSE;
}

/* Whether something was wrong by now; kab_form_reader_finish() says what. */
gboolean
kab_form_reader_has_failed (KabFormReader *self)
{
  return self->error != NULL;
}

static void
fail (KabFormReader *self, KabFormError code, const char *pointer, const char *reason)
{
  KabFormSource *source = current (self)->source;

  if (self->error == NULL)
    self->error = g_error_new (
        KAB_FORM_ERROR, code, "%s:%u: %s: %s", kab_form_source_get_name (source),
        kab_form_source_get_line (source, pointer), *pointer != '\0' ? pointer : "/", reason);
}

/* Records that the current value is wrong; only the first failure counts. */
void
kab_form_reader_fail (KabFormReader *self, KabFormError code, const char *format, ...)
{
  g_autofree char *reason = NULL;
  va_list arguments;

  va_start (arguments, format);
  reason = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  fail (self, code, current (self)->pointer, reason);
}

/* The same for a value elsewhere in the current source. */
void
kab_form_reader_fail_at (KabFormReader *self,
                         const char *pointer,
                         KabFormError code,
                         const char *format,
                         ...)
{
  g_autofree char *reason = NULL;
  va_list arguments;

  va_start (arguments, format);
  reason = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  fail (self, code, pointer, reason);
}

/* Enters @node, which lies at @pointer of another source; leave it as any. */
void
kab_form_reader_switch_source (KabFormReader *self,
                               KabFormSource *source,
                               const char *pointer,
                               JsonNode *node)
{
  push (self, source, node, g_strdup (pointer));
}

/* Where the current value stands: the source and, in it, the JSON pointer (RFC 6901); borrowed
 * until the value is left. */
KabFormSource *
kab_form_reader_get_source (KabFormReader *self)
{
  return current (self)->source;
}

const char *
kab_form_reader_get_pointer (KabFormReader *self)
{
  return current (self)->pointer;
}

/* The current value, borrowed. */
JsonNode *
kab_form_reader_get_node (KabFormReader *self)
{
  return current (self)->node;
}

/* Enters @member of the current object; FALSE, and nothing entered, when it is absent. */
gboolean
kab_form_reader_enter (KabFormReader *self, const char *member)
{
  Place *place = current (self);
  JsonNode *child;

  if (place->node == NULL || !JSON_NODE_HOLDS_OBJECT (place->node))
    return FALSE;
  child = json_object_get_member (json_node_get_object (place->node), member);
  if (child == NULL)
    return FALSE;
  push (self, place->source, child, kab_form_pointer_append (place->pointer, member));
  return TRUE;
}

/* As kab_form_reader_enter(), and absence is a failure. */
gboolean
kab_form_reader_require (KabFormReader *self, const char *member)
{
  if (kab_form_reader_enter (self, member))
    return TRUE;
  kab_form_reader_fail (self, KAB_FORM_ERROR_MEMBER, "the member “%s” is missing", member);
  return FALSE;
}

/* Enters an element of the current array; @index is below its length. */
void
kab_form_reader_enter_element (KabFormReader *self, guint index)
{
  Place *place = current (self);

  push (self, place->source, json_array_get_element (json_node_get_array (place->node), index),
        g_strdup_printf ("%s/%u", place->pointer, index));
}

/* Back to the value that the current one was entered from. */
void
kab_form_reader_leave (KabFormReader *self)
{
  g_array_set_size (self->places, self->places->len - 1);
}

/* Whether the current value is an object; each of its members has to be in @allowed. */
gboolean
kab_form_reader_check_object (KabFormReader *self, const char *const *allowed)
{
  JsonNode *node = current (self)->node;
  JsonObjectIter iter;
  const char *name;

  if (!holds (self, node != NULL && JSON_NODE_HOLDS_OBJECT (node), "an object"))
    return FALSE;
  json_object_iter_init_ordered (&iter, json_node_get_object (node));
  while (json_object_iter_next_ordered (&iter, &name, NULL))
    {
      if (!g_strv_contains (allowed, name) && kab_form_reader_enter (self, name))
        {
          kab_form_reader_fail (self, KAB_FORM_ERROR_MEMBER, "the member is unknown here");
          kab_form_reader_leave (self);
        }
    }
  return TRUE;
}

/* The number of elements of the current array; 0 and a failure when it is none. */
guint
kab_form_reader_get_length (KabFormReader *self)
{
  JsonNode *node = current (self)->node;

  if (!holds (self, node != NULL && JSON_NODE_HOLDS_ARRAY (node), "an array"))
    return 0;
  return json_array_get_length (json_node_get_array (node));
}

/* The current string (borrowed); NULL and a failure when it is none. */
const char *
kab_form_reader_get_string (KabFormReader *self)
{
  JsonNode *node = current (self)->node;

  if (!holds (self, node != NULL && json_node_get_value_type (node) == G_TYPE_STRING, "a string"))
    return NULL;
  return json_node_get_string (node);
}

/* The current boolean; FALSE and a failure when it is none. */
gboolean
kab_form_reader_get_boolean (KabFormReader *self)
{
  JsonNode *node = current (self)->node;

  return holds (self, node != NULL && json_node_get_value_type (node) == G_TYPE_BOOLEAN,
                "a boolean") &&
         json_node_get_boolean (node);
}

/* The current whole number; @minimum and a failure when it is none or out of range. */
gint64
kab_form_reader_get_integer (KabFormReader *self, gint64 minimum, gint64 maximum)
{
  JsonNode *node = current (self)->node;
  gint64 value;

  if (!holds (self, node != NULL && json_node_get_value_type (node) == G_TYPE_INT64,
              "a whole number"))
    return minimum;
  value = json_node_get_int (node);
  if (value >= minimum && value <= maximum)
    return value;
  kab_form_reader_fail (self, KAB_FORM_ERROR_VALUE,
                        "%" G_GINT64_FORMAT " is not between %" G_GINT64_FORMAT
                        " and %" G_GINT64_FORMAT,
                        value, minimum, maximum);
  return minimum;
}

/* Whether @text is a lower-case name of letters, digits, "-" and "_". */
static gboolean
is_id (const char *text)
{
  gsize length = 0;

  for (; text[length] != '\0'; length++)
    {
      if (!g_ascii_islower (text[length]) &&
          (length == 0 ||
           (!g_ascii_isdigit (text[length]) && text[length] != '_' && text[length] != '-')))
        return FALSE;
    }
  return length > 0 && length <= MAX_ID_LENGTH;
}

/* The required member as an id; NULL and a failure when it is none. */
char *
kab_form_reader_dup_id (KabFormReader *self, const char *member)
{
  const char *text;

  if (!kab_form_reader_require (self, member))
    return NULL;
  text = kab_form_reader_get_string (self);
  if (text != NULL && !is_id (text))
    {
      kab_form_reader_fail (self, KAB_FORM_ERROR_VALUE, "“%s” is not an id", text);
      text = NULL;
    }
  kab_form_reader_leave (self);
  return g_strdup (text);
}

/* The optional member as a string; NULL when it is absent. */
char *
kab_form_reader_dup_member (KabFormReader *self, const char *member)
{
  char *text;

  if (!kab_form_reader_enter (self, member))
    return NULL;
  text = g_strdup (kab_form_reader_get_string (self));
  kab_form_reader_leave (self);
  return text;
}

/* The current array of strings, none of which may occur twice. */
char **
kab_form_reader_dup_strings (KabFormReader *self)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  guint length = kab_form_reader_get_length (self);

  for (guint i = 0; i < length; i++)
    {
      const char *text;

      kab_form_reader_enter_element (self, i);
      text = kab_form_reader_get_string (self);
      if (text != NULL && !g_hash_table_add (seen, (gpointer) text))
        kab_form_reader_fail (self, KAB_FORM_ERROR_DUPLICATE, "“%s” occurs twice", text);
      if (text != NULL)
        g_strv_builder_add (builder, text);
      kab_form_reader_leave (self);
    }
  return g_strv_builder_end (builder);
}
