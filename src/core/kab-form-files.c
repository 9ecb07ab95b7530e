/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-form-evaluation-private.h"

#include "kab-file-rules.h"

#include <string.h>

#define MAX_UPLOAD_LENGTH 128

static JsonObject *
describe_file (const char *name)
{
  JsonObject *params = json_object_new ();

  json_object_set_string_member (params, "name", name);
  return params;
}

/* The text in @member of a file, or NULL when it has none of at most @most characters. */
static const char *
get_text (JsonObject *file, const char *member, glong most)
{
  JsonNode *node = json_object_get_member (file, member);
  const char *text;

  if (node == NULL || json_node_get_value_type (node) != G_TYPE_STRING)
    return NULL;
  text = json_node_get_string (node);
  return *text != '\0' && g_utf8_validate (text, -1, NULL) && g_utf8_strlen (text, -1) <= most
             ? text
             : NULL;
}

static gboolean
has_format (const KabFormField *field, const char *name)
{
  const char *dot = strrchr (name, '.');
  g_autofree char *ending = dot != NULL ? g_ascii_strdown (dot + 1, -1) : NULL;

  return ending != NULL && g_strv_contains ((const char *const *) field->formats, ending);
}

static void
check_rules (const KabFormField *field,
             const char *name,
             gint64 size,
             const char *below,
             const KabFormReport *report)
{
  JsonObject *params = describe_file (name);
  KabCheck found = KAB_CHECK_OK;

  if (!has_format (field, name))
    {
      g_autofree char *formats = g_strjoinv (", ", field->formats);

      json_object_set_string_member (params, "formats", formats);
      found = KAB_CHECK_FILE_FORMAT;
    }
  else if (size == 0)
    {
      found = KAB_CHECK_FILE_EMPTY;
    }
  else if ((guint64) size > field->max_size)
    {
      json_object_set_int_member (params, "size", size);
      json_object_set_int_member (params, "maximum", (gint64) field->max_size);
      found = KAB_CHECK_FILE_TOO_LARGE;
    }
  if (found != KAB_CHECK_OK)
    kab_form_report (report, KAB_FORM_PROBLEM_WRONG, kab_check_code (found), below, params);
  else
    json_object_unref (params);
}

/* One file, {upload, name, size}, as it is stored; NULL when it is no such thing. */
static JsonNode *
check_file (const KabFormField *field, JsonNode *node, guint index, const KabFormReport *report)
{
  g_autofree char *below = g_strdup_printf ("%u", index);
  JsonObject *file = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  const char *upload = file != NULL ? get_text (file, "upload", MAX_UPLOAD_LENGTH) : NULL;
  const char *name = file != NULL ? get_text (file, "name", KAB_FILE_NAME_LENGTH_MAX) : NULL;
  JsonNode *size = file != NULL ? json_object_get_member (file, "size") : NULL;
  JsonObject *stored;

  if (upload == NULL || name == NULL || size == NULL || json_object_get_size (file) != 3 ||
      json_node_get_value_type (size) != G_TYPE_INT64 || json_node_get_int (size) < 0)
    {
      JsonObject *params = json_object_new ();

      json_object_set_string_member (params, "expected", "file");
      kab_form_report (report, KAB_FORM_PROBLEM_MALFORMED, KAB_FORM_CODE_TYPE, below, params);
      return NULL;
    }
  check_rules (field, name, json_node_get_int (size), below, report);
  stored = json_object_new ();
  json_object_set_string_member (stored, "upload", upload);
  json_object_set_string_member (stored, "name", name);
  json_object_set_int_member (stored, "size", json_node_get_int (size));
  return kab_form_object_node (stored);
}

/* Checks what is told of uploaded files; that they exist is the server's to see. */
JsonNode *
kab_form_files_check (const KabFormField *field, JsonNode *node, const KabFormReport *report)
{
  JsonArray *given = json_node_get_array (node);
  JsonArray *files = json_array_new ();
  guint length = json_array_get_length (given);

  for (guint i = 0; i < length && i < field->max_count; i++)
    {
      JsonNode *file = check_file (field, json_array_get_element (given, i), i, report);

      if (file != NULL)
        json_array_add_element (files, file);
    }
  if (length > field->max_count)
    kab_form_report_limit (report, kab_check_code (KAB_CHECK_FILE_TOO_MANY), "maximum",
                           field->max_count);
  else if (length < field->min_count)
    kab_form_report_limit (report, KAB_FORM_CODE_TOO_FEW, "minimum", field->min_count);
  return kab_form_array_node (files);
}
