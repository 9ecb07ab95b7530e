/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>
#include <json-glib/json-glib.h>

#include "kab-translations.h"

G_BEGIN_DECLS

#define KAB_TYPE_RECORD (kab_record_get_type ())

/**
 * KabRecord:
 *
 * What every object of the bank that the client shows has in common: read-only properties that are
 * filled from JSON and notify when, and only when, their value changed. Final classes below it
 * (KabDocument, KabOnboarding …) are a table of fields and typed getters.
 */
G_DECLARE_DERIVABLE_TYPE (KabRecord, kab_record, KAB, RECORD, GObject)

typedef struct _KabField KabField;

struct _KabRecordClass
{
  GObjectClass parent_class;

  /*< private >*/
  const KabField *fields;
  GParamSpec **specs;
  guint n_fields;
  int key_field;
  int version_field;
};

/**
 * Takes over what @object says. All or nothing: when a required member is missing or a member has
 * the wrong type nothing changes. An answer older than what is known (by `version`) changes
 * nothing either and is no error. Members that only the full object has stay as they are when a
 * summary comes; unknown members are left alone. Lists inside are updated in place.
 *
 * Returns: FALSE with KAB_API_ERROR_GARBAGE
 */
gboolean kab_record_update_from_json (KabRecord *self, JsonObject *object, GError **error);

/**
 * The same, but goes back to an older version too: for an answer that nothing can have overtaken,
 * from a bank that may have been set back itself. Records inside go by their own version.
 */
gboolean kab_record_replace_from_json (KabRecord *self, JsonObject *object, GError **error);

/**
 * What tells it from its neighbours in a list, its id as a rule.
 *
 * Returns: (transfer none) (nullable)
 */
const char *kab_record_get_key (KabRecord *self);

G_END_DECLS
