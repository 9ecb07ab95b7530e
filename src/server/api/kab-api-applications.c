/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A client's applications (§4, A36). */

#include "kab-api-json.h"
#include "kab-api-operation.h"
#include "kab-api-page.h"
#include "kab-api.h"
#include "kab-application-end.h"
#include "kab-application-view.h"
#include "kab-applications.h"
#include "kab-case-history.h"
#include "kab-json.h"

/* Answers are the largest bodies there are. */
#define BODY_BYTES_MAX (256 * 1024)
#define FORM_CHARS_MAX 64

typedef struct
{
  const char *form;
  JsonObject *answers;
  gint64 version;
} Draft;

static KabResponse *
answer (KabTransaction *tx,
        const KabApiContext *context,
        const KabApplication *application,
        guint status,
        GError **error)
{
  JsonObject *view = kab_application_view (tx, context->bank, application, FALSE, error);

  return view != NULL ? kab_api_answer_version (view, status, application->version) : NULL;
}

static KabResponse *
run_list (KabTransaction *tx,
          const KabCaller *caller,
          KabRequest *request,
          const KabApiContext *context,
          gpointer data,
          GError **error)
{
  const KabApiPage *page = data;
  g_autoptr (GPtrArray) list =
      kab_application_list (tx, caller->id, page->numbers[0] > 0 ? page->numbers[0] : G_MAXINT64,
                            page->id, page->limit + 1, error);
  g_autoptr (JsonArray) items = json_array_new ();
  g_autofree char *next = NULL;

  if (list == NULL)
    return NULL;
  for (guint i = 0; i < list->len && i < page->limit; i++)
    {
      const KabApplication *application = list->pdata[i];
      JsonObject *view = kab_application_view (tx, context->bank, application, FALSE, error);

      if (view == NULL)
        return NULL;
      json_array_add_object_element (items, view);
      if (i + 1 == page->limit && list->len > page->limit)
        next = kab_api_page_write_cursor (application->created_at, 0, application->id);
    }
  return kab_api_page_answer (g_steal_pointer (&items), next);
}

static KabResponse *
list_applications (KabRequest *request, gpointer user_data, GError **error)
{
  return kab_api_read_page (user_data, request, run_list, error);
}

static KabResponse *
run_create (KabTransaction *tx,
            const KabCaller *caller,
            KabRequest *request,
            const KabApiContext *context,
            gpointer data,
            GError **error)
{
  const Draft *draft = data;
  g_autoptr (KabApplication) application =
      kab_applications_create (tx, context->bank, caller, draft->form, draft->answers, error);
  KabResponse *response;

  if (application == NULL)
    return NULL;
  response = answer (tx, context, application, 201, error);
  if (response != NULL)
    kab_response_set_location (response, "/v1/applications/%s", application->id);
  return response;
}

static gboolean
read_answers (KabRequest *request, Draft *draft, GError **error)
{
  GError *local_error = NULL;

  draft->answers = kab_json_get_object (kab_request_get_json (request), "answers", &local_error);
  return draft->answers != NULL || kab_api_json_take_error (error, local_error);
}

static KabResponse *
create_application (KabRequest *request, gpointer user_data, GError **error)
{
  static const char *const members[] = { "form", "answers", NULL };
  Draft draft = { 0 };

  if (!kab_api_json_check (request, members, error) || !read_answers (request, &draft, error))
    return NULL;
  draft.form = kab_api_json_get_text (request, "form", FORM_CHARS_MAX, error);
  if (draft.form == NULL)
    return NULL;
  return kab_api_write (user_data, request, run_create, &draft, error);
}

static KabResponse *
run_get (KabTransaction *tx,
         const KabCaller *caller,
         KabRequest *request,
         const KabApiContext *context,
         gpointer data,
         GError **error)
{
  g_autoptr (KabApplication) application =
      kab_application_load (tx, kab_request_get_parameter (request, "id"), caller->id, error);

  return application != NULL ? answer (tx, context, application, 200, error) : NULL;
}

static KabResponse *
get_application (KabRequest *request, gpointer user_data, GError **error)
{
  return kab_api_read (user_data, request, run_get, NULL, error);
}

static KabResponse *
run_save (KabTransaction *tx,
          const KabCaller *caller,
          KabRequest *request,
          const KabApiContext *context,
          gpointer data,
          GError **error)
{
  const Draft *draft = data;
  g_autoptr (KabApplication) application =
      kab_applications_save (tx, context->bank, caller, kab_request_get_parameter (request, "id"),
                             draft->version, draft->answers, error);

  return application != NULL ? answer (tx, context, application, 200, error) : NULL;
}

static KabResponse *
save_application (KabRequest *request, gpointer user_data, GError **error)
{
  static const char *const members[] = { "answers", NULL };
  Draft draft = { .version = kab_api_get_if_match (request, error) };

  if (draft.version == 0 || !kab_api_json_check (request, members, error) ||
      !read_answers (request, &draft, error))
    return NULL;
  return kab_api_write (user_data, request, run_save, &draft, error);
}

static KabResponse *
run_submit (KabTransaction *tx,
            const KabCaller *caller,
            KabRequest *request,
            const KabApiContext *context,
            gpointer data,
            GError **error)
{
  g_autoptr (KabApplication) application =
      kab_applications_submit (tx, context->bank, caller, kab_request_get_parameter (request, "id"),
                               *(gint64 *) data, error);

  return application != NULL ? answer (tx, context, application, 200, error) : NULL;
}

static KabResponse *
submit_application (KabRequest *request, gpointer user_data, GError **error)
{
  return kab_api_write_seen (user_data, request, run_submit, error);
}

static KabResponse *
run_withdraw (KabTransaction *tx,
              const KabCaller *caller,
              KabRequest *request,
              const KabApiContext *context,
              gpointer data,
              GError **error)
{
  g_autoptr (KabApplication) application = kab_application_end_withdraw (
      tx, context->bank, caller, kab_request_get_parameter (request, "id"), *(gint64 *) data,
      error);

  return application != NULL ? answer (tx, context, application, 200, error) : NULL;
}

static KabResponse *
withdraw_application (KabRequest *request, gpointer user_data, GError **error)
{
  return kab_api_write_seen (user_data, request, run_withdraw, error);
}

static KabResponse *
run_history (KabTransaction *tx,
             const KabCaller *caller,
             KabRequest *request,
             const KabApiContext *context,
             gpointer data,
             GError **error)
{
  const KabApiPage *page = data;
  const char *id = kab_request_get_parameter (request, "id");
  g_autoptr (KabApplication) application = kab_application_load (tx, id, caller->id, error);
  JsonArray *items;
  gint64 next;

  if (application == NULL)
    return NULL;
  items = kab_case_history_of_application (tx, id, page->numbers[0], page->limit, &next, error);
  return items != NULL ? kab_api_page_answer_until (items, next) : NULL;
}

static KabResponse *
get_history (KabRequest *request, gpointer user_data, GError **error)
{
  return kab_api_read_page (user_data, request, run_history, error);
}

void
kab_api_applications_add_routes (KabRouter *router, const KabApiContext *context)
{
  static const KabRoute routes[] = {
    { KAB_METHOD_GET, "/v1/applications", "listApplications", list_applications, KAB_ACCESS_CLIENT,
      .answer = KAB_ANSWER_JSON },
    { KAB_METHOD_POST, "/v1/applications", "createApplication", create_application,
      KAB_ACCESS_CLIENT, KAB_ROUTE_NEEDS_IDEMPOTENCY_KEY, KAB_BODY_JSON, KAB_ANSWER_JSON,
      .body_limit = BODY_BYTES_MAX },
    { KAB_METHOD_GET, "/v1/applications/{id}", "getApplication", get_application, KAB_ACCESS_CLIENT,
      .answer = KAB_ANSWER_JSON },
    { KAB_METHOD_PUT, "/v1/applications/{id}", "saveApplication", save_application,
      KAB_ACCESS_CLIENT, KAB_ROUTE_NEEDS_IF_MATCH, KAB_BODY_JSON, KAB_ANSWER_JSON,
      .body_limit = BODY_BYTES_MAX },
    { KAB_METHOD_POST, "/v1/applications/{id}/submission", "submitApplication", submit_application,
      KAB_ACCESS_CLIENT, KAB_ROUTE_NEEDS_IDEMPOTENCY_KEY | KAB_ROUTE_NEEDS_IF_MATCH, KAB_BODY_NONE,
      KAB_ANSWER_JSON },
    { KAB_METHOD_POST, "/v1/applications/{id}/withdrawal", "withdrawApplication",
      withdraw_application, KAB_ACCESS_CLIENT,
      KAB_ROUTE_NEEDS_IDEMPOTENCY_KEY | KAB_ROUTE_NEEDS_IF_MATCH, KAB_BODY_NONE, KAB_ANSWER_JSON },
    { KAB_METHOD_GET, "/v1/applications/{id}/history", "getApplicationHistory", get_history,
      KAB_ACCESS_CLIENT, .answer = KAB_ANSWER_JSON },
  };

  kab_router_add (router, routes, G_N_ELEMENTS (routes), (gpointer) context);
}
