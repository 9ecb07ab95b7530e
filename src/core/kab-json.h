/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/**
 * KabJsonError:
 *
 * Why JSON from outside was refused. kab_json_error_code() gives the code of each, and
 * kab_json_error_get_pointer() the place of those about a member.
 */
typedef enum
{
  KAB_JSON_ERROR_TOO_LARGE,  /* more bytes than the limit; nothing was read */
  KAB_JSON_ERROR_ENCODING,   /* not UTF-8, a NUL, half a surrogate pair */
  KAB_JSON_ERROR_TOO_DEEP,   /* more levels than the limit */
  KAB_JSON_ERROR_NUMBER,     /* an integer beyond ±(2⁵³ − 1), or a number beyond any double */
  KAB_JSON_ERROR_SYNTAX,     /* not JSON of RFC 8259 */
  KAB_JSON_ERROR_DUPLICATE,  /* a member twice in one object */
  KAB_JSON_ERROR_MISSING,    /* a member that is needed is absent or null */
  KAB_JSON_ERROR_TYPE,       /* a member, or the whole, is of another type */
  KAB_JSON_ERROR_TOO_LONG,   /* a text or array of too many characters or items */
  KAB_JSON_ERROR_RANGE,      /* a number outside its range */
  KAB_JSON_ERROR_UNEXPECTED, /* a member that nobody asked for */
} KabJsonError;

/* The largest integer that every reader of JSON agrees on (RFC 7493, I-JSON). */
#define KAB_JSON_INTEGER_MAX G_GINT64_CONSTANT (9007199254740991)

#define KAB_JSON_ERROR (kab_json_error_quark ())

GQuark kab_json_error_quark (void);
const char *kab_json_error_code (KabJsonError code);
const char *kab_json_error_get_pointer (const GError *error);
void kab_json_prefix_pointer (GError **error, const char *member);

/* reading a text */
JsonNode *
kab_json_parse (const char *data, gsize length, gsize max_bytes, guint max_depth, GError **error);
JsonObject *kab_json_parse_object (const char *data,
                                   gsize length,
                                   gsize max_bytes,
                                   guint max_depth,
                                   GError **error);

/* reading members */
gboolean kab_json_has (JsonObject *object, const char *member);
const char *
kab_json_get_string (JsonObject *object, const char *member, gsize max_chars, GError **error);
char **kab_json_get_strings (JsonObject *object,
                             const char *member,
                             guint max_items,
                             gsize max_chars,
                             GError **error);
gboolean kab_json_get_integer (JsonObject *object,
                               const char *member,
                               gint64 min,
                               gint64 max,
                               gint64 *value,
                               GError **error);
gboolean
kab_json_get_boolean (JsonObject *object, const char *member, gboolean *value, GError **error);
JsonObject *kab_json_get_object (JsonObject *object, const char *member, GError **error);
JsonArray *
kab_json_get_array (JsonObject *object, const char *member, guint max_items, GError **error);
gboolean kab_json_check_members (JsonObject *object, const char *const *allowed, GError **error);

G_END_DECLS
