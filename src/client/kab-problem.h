/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

#define KAB_TYPE_PROBLEM (kab_problem_get_type ())

/**
 * KabProblem:
 *
 * Why the bank refused: a problem detail (RFC 9457) with the stable code of docs/errors.md and, for
 * forms, an error per field. Immutable, reference counted. Texts of the server aren't kept: the app
 * translates codes.
 */
typedef struct _KabProblem KabProblem;

GType kab_problem_get_type (void) G_GNUC_CONST;

KabProblem *kab_problem_ref (KabProblem *self);
void kab_problem_unref (KabProblem *self);

/** The HTTP status. */
guint kab_problem_get_status (KabProblem *self);

/**
 * The stable code, such as `credentials-wrong`.
 *
 * Returns: (transfer none) empty when none was given
 */
const char *kab_problem_get_code (KabProblem *self);

/** Which of the code's reasons it is, such as `document-locked`. Returns: (transfer none)
 * (nullable) */
const char *kab_problem_get_reason (KabProblem *self);

/** Seconds after which to try again; -1 when not said. */
int kab_problem_get_retry_after (KabProblem *self);

/** What to tell the bank's help line. Returns: (transfer none) (nullable) */
const char *kab_problem_get_request_id (KabProblem *self);

/** How many fields are wrong. */
guint kab_problem_get_n_errors (KabProblem *self);

/** JSON pointer of the field of error @index into the body sent. Returns: (transfer none) */
const char *kab_problem_get_pointer (KabProblem *self, guint index);

/** Code of error @index. Returns: (transfer none) */
const char *kab_problem_get_error_code (KabProblem *self, guint index);

/** Parameters of the sentence for error @index. Returns: (transfer none) (nullable) */
JsonObject *kab_problem_get_params (KabProblem *self, guint index);

/**
 * The first error at exactly @pointer.
 *
 * Returns: its index, or -1
 */
int kab_problem_find (KabProblem *self, const char *pointer);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KabProblem, kab_problem_unref)

G_END_DECLS
