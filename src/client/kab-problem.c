/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-problem.h"

#include "kab-problem-private.h"

/* More than any form has fields. */
#define MAX_ERRORS 1000

typedef struct
{
  char *pointer;      /* (owned) */
  char *code;         /* (owned) */
  JsonObject *params; /* (owned) (nullable) */
} FieldError;

struct _KabProblem
{
  gatomicrefcount references;
  guint status;
  int retry_after;
  char *code;        /* (owned) */
  char *reason;      /* (owned) (nullable) */
  char *request_id;  /* (owned) (nullable) */
  GPtrArray *errors; /* (owned) of FieldError */
};

G_DEFINE_BOXED_TYPE (KabProblem, kab_problem, kab_problem_ref, kab_problem_unref)

static void
field_error_free (FieldError *error)
{
  g_free (error->pointer);
  g_free (error->code);
  g_clear_pointer (&error->params, json_object_unref);
  g_free (error);
}

static const char *
get_string (JsonObject *object, const char *member)
{
  JsonNode *node = object ? json_object_get_member (object, member) : NULL;

  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node) ||
      json_node_get_value_type (node) != G_TYPE_STRING)
    return NULL;

  return json_node_get_string (node);
}

static void
add_error (KabProblem *self, JsonNode *node)
{
  JsonObject *object;
  JsonNode *params;
  FieldError *error;

  if (!JSON_NODE_HOLDS_OBJECT (node))
    return;
  object = json_node_get_object (node);
  if (get_string (object, "pointer") == NULL || get_string (object, "code") == NULL)
    return;

  error = g_new0 (FieldError, 1);
  error->pointer = g_strdup (get_string (object, "pointer"));
  error->code = g_strdup (get_string (object, "code"));
  params = json_object_get_member (object, "params");
  if (params != NULL && JSON_NODE_HOLDS_OBJECT (params))
    error->params = json_node_dup_object (params);
  g_ptr_array_add (self->errors, error);
}

KabProblem *
kab_problem_new (guint status, JsonObject *object, int retry_after)
{
  KabProblem *self = g_new0 (KabProblem, 1);
  JsonNode *errors = object ? json_object_get_member (object, "errors") : NULL;

  g_atomic_ref_count_init (&self->references);
  self->status = status;
  self->retry_after = retry_after;
  self->code = g_strdup (get_string (object, "code"));
  if (self->code == NULL)
    self->code = g_strdup ("");
  self->reason = g_strdup (get_string (object, "reason"));
  self->request_id = g_strdup (get_string (object, "requestId"));
  self->errors = g_ptr_array_new_with_free_func ((GDestroyNotify) field_error_free);

  if (errors != NULL && JSON_NODE_HOLDS_ARRAY (errors))
    {
      JsonArray *array = json_node_get_array (errors);
      guint n_errors = MIN (json_array_get_length (array), MAX_ERRORS);

      for (guint i = 0; i < n_errors; i++)
        add_error (self, json_array_get_element (array, i));
    }

  return self;
}

KabProblem *
kab_problem_ref (KabProblem *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->references);

  return self;
}

void
kab_problem_unref (KabProblem *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->references))
    return;

  g_ptr_array_unref (self->errors);
  g_free (self->code);
  g_free (self->reason);
  g_free (self->request_id);
  g_free (self);
}

guint
kab_problem_get_status (KabProblem *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->status;
}

const char *
kab_problem_get_code (KabProblem *self)
{
  g_return_val_if_fail (self != NULL, "");

  return self->code;
}

const char *
kab_problem_get_reason (KabProblem *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->reason;
}

int
kab_problem_get_retry_after (KabProblem *self)
{
  g_return_val_if_fail (self != NULL, -1);

  return self->retry_after;
}

const char *
kab_problem_get_request_id (KabProblem *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->request_id;
}

guint
kab_problem_get_n_errors (KabProblem *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->errors->len;
}

static FieldError *
get_error (KabProblem *self, guint index)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (index < self->errors->len, NULL);

  return g_ptr_array_index (self->errors, index);
}

const char *
kab_problem_get_pointer (KabProblem *self, guint index)
{
  FieldError *error = get_error (self, index);

  return error ? error->pointer : NULL;
}

const char *
kab_problem_get_error_code (KabProblem *self, guint index)
{
  FieldError *error = get_error (self, index);

  return error ? error->code : NULL;
}

JsonObject *
kab_problem_get_params (KabProblem *self, guint index)
{
  FieldError *error = get_error (self, index);

  return error ? error->params : NULL;
}

int
kab_problem_find (KabProblem *self, const char *pointer)
{
  g_return_val_if_fail (self != NULL, -1);
  g_return_val_if_fail (pointer != NULL, -1);

  for (guint i = 0; i < self->errors->len; i++)
    {
      if (g_str_equal (get_error (self, i)->pointer, pointer))
        return i;
    }

  return -1;
}
