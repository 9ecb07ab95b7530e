/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <string.h>

G_BEGIN_DECLS

typedef enum
{
  KAB_VALUE_END,
  KAB_VALUE_NULL,
  KAB_VALUE_INT,
  KAB_VALUE_TEXT,
  KAB_VALUE_BLOB,
} KabValueType;

/**
 * KabValue:
 *
 * One value bound to a statement or found in a column. It borrows text and bytes: as a parameter
 * they have to live until the call returns, as a column they live until the next row.
 */
typedef struct
{
  KabValueType type;
  gint64 integer;
  gconstpointer data;
  gsize size;
} KabValue;

static inline KabValue
kab_value_int (gint64 integer)
{
  return (KabValue) { .type = KAB_VALUE_INT, .integer = integer };
}

static inline KabValue
kab_value_text (const char *text)
{
  if (text == NULL)
    return (KabValue) { .type = KAB_VALUE_NULL };
  return (KabValue) { .type = KAB_VALUE_TEXT, .data = text, .size = strlen (text) };
}

static inline KabValue
kab_value_data (gconstpointer data, gsize size)
{
  return (KabValue) { .type = KAB_VALUE_BLOB, .data = size > 0 ? data : "", .size = size };
}

static inline KabValue
kab_value_blob (GBytes *bytes)
{
  if (bytes == NULL)
    return (KabValue) { .type = KAB_VALUE_NULL };
  return kab_value_data (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
}

/* Parameters of a statement, in the order of its question marks. A NULL text or NULL bytes bind
 * the SQL NULL; times are microseconds of UTC since 1970 (g_get_real_time ()), bound as INT. */
#define KAB_INT(value)        (kab_value_int (value))
#define KAB_BOOL(value)       (kab_value_int ((value) ? 1 : 0))
#define KAB_TEXT(value)       (kab_value_text (value))
#define KAB_BLOB(value)       (kab_value_blob (value))
#define KAB_DATA(value, size) (kab_value_data ((value), (size)))
#define KAB_NULL              ((KabValue) { .type = KAB_VALUE_NULL })

/* The values of a variable argument list as an array that ends with KAB_VALUE_END. */
#define KAB_VALUES(...) ((const KabValue[]) { __VA_ARGS__ __VA_OPT__ (, ){ KAB_VALUE_END } })

G_END_DECLS
