/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A client's documents and questionnaires (§10, §11). */

#include "kab-api-document.h"
#include "kab-api-json.h"
#include "kab-api-page.h"
#include "kab-api.h"
#include "kab-case-history.h"
#include "kab-document-view.h"
#include "kab-documents.h"
#include "kab-file-rules.h"
#include "kab-json.h"

#define BODY_BYTES_MAX (256 * 1024)
#define ID_CHARS_MAX   64

typedef struct
{
  gint64 version;
  JsonObject *answers;
  char **files; /* (owned) (nullable) */
} Content;

/* A page of the list while it is written. */
typedef struct
{
  GString *text;
  KabBankData *bank;
  guint limit;
  guint n_found;
  char *last; /* (owned) (nullable): the cursor behind the last row that fits */
  char *next; /* (owned) (nullable): the same, once it is known that more follows */
} List;

/**
 * kab_api_document_answer:
 * @viewer: who asked
 *
 * Returns: (transfer full): `Document` as it is now
 */
KabResponse *
kab_api_document_answer (KabTransaction *tx,
                         const KabApiContext *context,
                         const char *id,
                         KabDocumentActor viewer,
                         GError **error)
{
  g_autoptr (KabDocument) document = kab_document_load (tx, id, NULL, error);
  JsonObject *view =
      document != NULL ? kab_document_view (tx, context->bank, document, viewer, error) : NULL;

  return view != NULL ? kab_api_answer_version (view, 200, document->version) : NULL;
}

/**
 * kab_api_document_read_files:
 * @files: (out) (transfer full) (nullable): the ids in the body; %NULL when it has none
 */
gboolean
kab_api_document_read_files (KabRequest *request, char ***files, GError **error)
{
  JsonObject *body = kab_request_get_json (request);
  GError *local_error = NULL;

  *files = NULL;
  if (!kab_json_has (body, "files"))
    return TRUE;
  *files = kab_json_get_strings (body, "files", KAB_FILE_COUNT_MAX, ID_CHARS_MAX, &local_error);
  return *files != NULL || kab_api_json_take_error (error, local_error);
}

/* One more than the page holds is asked for, to tell whether there is another. */
static void
document_found_cb (const KabDocument *document, gpointer data)
{
  List *list = data;

  if (list->n_found++ == list->limit)
    {
      list->next = g_steal_pointer (&list->last);
      return;
    }
  kab_document_write_summary (list->text, list->bank, document, KAB_DOCUMENT_BY_CLIENT);
  if (list->n_found == list->limit)
    list->last = kab_api_page_write_cursor (document->created_at, document->position, document->id);
}

static KabResponse *
run_list (KabTransaction *tx,
          const KabCaller *caller,
          KabRequest *request,
          const KabApiContext *context,
          gpointer data,
          GError **error)
{
  const KabDocumentQuery *query = data;
  g_autoptr (GString) text = kab_api_page_begin ();
  List list = { text, context->bank, query->limit - 1, 0, NULL, NULL };
  KabResponse *response = NULL;

  if (kab_document_search (tx, caller->id, query, document_found_cb, &list, error))
    response = kab_api_page_end (g_steal_pointer (&text), list.next);
  g_free (list.last);
  g_free (list.next);
  return response;
}

static KabResponse *
list_documents (KabRequest *request, gpointer user_data, GError **error)
{
  const char *state = kab_request_get_query (request, "state");
  const char *text = kab_request_get_query (request, "q");
  g_auto (KabApiPage) page = { 0 };
  KabDocumentQuery query = { .application = kab_request_get_query (request, "application"),
                             .text = text != NULL && *text != '\0' ? text : NULL };

  if (!kab_api_page_read (&page, request, error))
    return NULL;
  if (state != NULL && !kab_document_state_from_name (state, &query.state))
    {
      kab_problem_set (error, KAB_PROBLEM_INVALID_QUERY, "state is none of the states");
      return NULL;
    }
  query.after = (KabDocumentPlace) { page.numbers[0], page.numbers[1], page.id };
  query.limit = page.limit + 1;
  return kab_api_look_up (user_data, request, run_list, &query, error);
}

static KabResponse *
run_get (KabTransaction *tx,
         const KabCaller *caller,
         KabRequest *request,
         const KabApiContext *context,
         gpointer data,
         GError **error)
{
  const char *id = kab_request_get_parameter (request, "id");
  g_autoptr (KabDocument) document = kab_document_load (tx, id, caller->id, error);

  return document != NULL ? kab_api_document_answer (tx, context, id, KAB_DOCUMENT_BY_CLIENT, error)
                          : NULL;
}

static KabResponse *
get_document (KabRequest *request, gpointer user_data, GError **error)
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
  const Content *content = data;
  const char *id = kab_request_get_parameter (request, "id");

  if (!kab_documents_save (tx, context->bank, caller, id, content->version, content->answers,
                           (const char *const *) content->files, error))
    return NULL;
  return kab_api_document_answer (tx, context, id, KAB_DOCUMENT_BY_CLIENT, error);
}

static gboolean
read_content (KabRequest *request, Content *content, GError **error)
{
  static const char *const members[] = { "answers", "files", NULL };
  JsonObject *body = kab_request_get_json (request);
  GError *local_error = NULL;

  if (!kab_api_json_check (request, members, error))
    return FALSE;
  if (kab_json_has (body, "answers"))
    {
      content->answers = kab_json_get_object (body, "answers", &local_error);
      if (content->answers == NULL)
        return kab_api_json_take_error (error, local_error);
    }
  return kab_api_document_read_files (request, &content->files, error);
}

static KabResponse *
save_document (KabRequest *request, gpointer user_data, GError **error)
{
  Content content = { .version = kab_api_get_if_match (request, error) };
  KabResponse *response;

  if (content.version == 0 || !read_content (request, &content, error))
    return NULL;
  response = kab_api_write (user_data, request, run_save, &content, error);
  g_strfreev (content.files);
  return response;
}

static KabResponse *
run_submit (KabTransaction *tx,
            const KabCaller *caller,
            KabRequest *request,
            const KabApiContext *context,
            gpointer data,
            GError **error)
{
  const char *id = kab_request_get_parameter (request, "id");

  if (!kab_documents_submit (tx, context->bank, caller, id, *(gint64 *) data, error))
    return NULL;
  return kab_api_document_answer (tx, context, id, KAB_DOCUMENT_BY_CLIENT, error);
}

static KabResponse *
submit_document (KabRequest *request, gpointer user_data, GError **error)
{
  return kab_api_write_seen (user_data, request, run_submit, error);
}

static KabResponse *
run_approve (KabTransaction *tx,
             const KabCaller *caller,
             KabRequest *request,
             const KabApiContext *context,
             gpointer data,
             GError **error)
{
  const char *id = kab_request_get_parameter (request, "id");

  if (!kab_documents_approve (tx, context->bank, caller, id, *(gint64 *) data, error))
    return NULL;
  return kab_api_document_answer (tx, context, id, KAB_DOCUMENT_BY_CLIENT, error);
}

static KabResponse *
approve_document (KabRequest *request, gpointer user_data, GError **error)
{
  return kab_api_write_seen (user_data, request, run_approve, error);
}

static KabResponse *
run_template (KabTransaction *tx,
              const KabCaller *caller,
              KabRequest *request,
              const KabApiContext *context,
              gpointer data,
              GError **error)
{
  const char *language = kab_request_get_query (request, "language");
  g_autoptr (KabDocument) document =
      kab_document_load (tx, kab_request_get_parameter (request, "id"), caller->id, error);
  g_autofree char *tag = NULL;
  JsonObject *entry;
  KabResponse *response;
  GBytes *bytes;

  if (document == NULL)
    return NULL;
  if (kab_document_is_electronic (document))
    {
      kab_problem_set (error, KAB_PROBLEM_NOT_FOUND, NULL);
      return NULL;
    }
  entry = kab_bank_data_find_form_entry (context->bank, document->form);
  bytes = kab_bank_data_load_file (context->bank, json_object_get_object_member (entry, "files"),
                                   language != NULL ? language : caller->language, error);
  if (bytes == NULL)
    return NULL;
  tag = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, bytes);
  response = kab_response_new_bytes (200, "application/pdf", bytes);
  kab_response_set_etag (response, tag);
  return response;
}

static KabResponse *
get_template (KabRequest *request, gpointer user_data, GError **error)
{
  return kab_api_read (user_data, request, run_template, NULL, error);
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
  g_autoptr (KabDocument) document = kab_document_load (tx, id, caller->id, error);
  JsonArray *items;
  gint64 next;

  if (document == NULL)
    return NULL;
  items = kab_case_history_of_document (tx, id, page->numbers[0], page->limit, &next, error);
  return items != NULL ? kab_api_page_answer_until (items, next) : NULL;
}

static KabResponse *
get_history (KabRequest *request, gpointer user_data, GError **error)
{
  return kab_api_read_page (user_data, request, run_history, error);
}

#define CREATES_VERSION (KAB_ROUTE_NEEDS_IDEMPOTENCY_KEY | KAB_ROUTE_NEEDS_IF_MATCH)

void
kab_api_documents_add_routes (KabRouter *router, const KabApiContext *context)
{
  static const KabRoute routes[] = {
    { KAB_METHOD_GET, "/v1/documents", "listDocuments", list_documents, KAB_ACCESS_CLIENT,
      .answer = KAB_ANSWER_JSON },
    { KAB_METHOD_GET, "/v1/documents/{id}", "getDocument", get_document, KAB_ACCESS_CLIENT,
      .answer = KAB_ANSWER_JSON },
    { KAB_METHOD_PUT, "/v1/documents/{id}", "saveDocument", save_document, KAB_ACCESS_CLIENT,
      KAB_ROUTE_NEEDS_IF_MATCH, KAB_BODY_JSON, KAB_ANSWER_JSON, .body_limit = BODY_BYTES_MAX },
    { KAB_METHOD_POST, "/v1/documents/{id}/submission", "submitDocument", submit_document,
      KAB_ACCESS_CLIENT, CREATES_VERSION, KAB_BODY_NONE, KAB_ANSWER_JSON },
    { KAB_METHOD_POST, "/v1/documents/{id}/approval", "approveDocument", approve_document,
      KAB_ACCESS_CLIENT, CREATES_VERSION, KAB_BODY_NONE, KAB_ANSWER_JSON },
    { KAB_METHOD_GET, "/v1/documents/{id}/template", "getDocumentTemplate", get_template,
      KAB_ACCESS_CLIENT, .answer = KAB_ANSWER_FILE },
    { KAB_METHOD_GET, "/v1/documents/{id}/history", "getDocumentHistory", get_history,
      KAB_ACCESS_CLIENT, .answer = KAB_ANSWER_JSON },
  };

  kab_router_add (router, routes, G_N_ELEMENTS (routes), (gpointer) context);
}
