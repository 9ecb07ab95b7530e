/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What employees do (§22): the queue, a case, demands and decisions, the documents of clients. */

#include "kab-api-document.h"
#include "kab-api-json.h"
#include "kab-api-page.h"
#include "kab-api.h"
#include "kab-decisions.h"
#include "kab-documents.h"
#include "kab-form-evaluation.h"
#include "kab-identifications.h"
#include "kab-json.h"
#include "kab-queue.h"

#define ID_CHARS_MAX      64
#define WORD_CHARS_MAX    32
#define NOTE_CHARS_MAX    1000
#define COMMENTS_MAX      50
#define COMMENT_CHARS_MAX 2000
#define FIELD_CHARS_MAX   200

typedef struct
{
  const char *person;
  KabDemanded demanded;
  const char *note;
} Demand;

typedef struct
{
  KabService service;
  KabDecision decision;
} Decision;

typedef struct
{
  gint64 version;
  KabDocumentComment comments[COMMENTS_MAX];
  guint n_comments;
} InformationRequest;

typedef struct
{
  gint64 version;
  KabDocumentAction action;
  const char *const *files; /* (nullable) */
} Package;

static KabResponse *
run_queue (KabTransaction *tx,
           const KabCaller *caller,
           KabRequest *request,
           const KabApiContext *context,
           gpointer data,
           GError **error)
{
  g_autofree char *next_id = NULL;
  g_autofree char *cursor = NULL;
  gint64 next_since;
  JsonArray *items = kab_queue_list (tx, data, &next_since, &next_id, error);

  if (items == NULL)
    return NULL;
  cursor = next_id != NULL ? kab_api_page_write_cursor (next_since, 0, next_id) : NULL;
  return kab_api_page_answer (items, cursor);
}

static KabResponse *
get_queue (KabRequest *request, gpointer user_data, GError **error)
{
  static const char *const words[] = { "bank", "client", "any", NULL };
  const char *waiting = kab_request_get_query (request, "waiting");
  g_auto (KabApiPage) page = { 0 };
  KabQueueQuery query;

  if (!kab_api_page_read (&page, request, error))
    return NULL;
  if (waiting != NULL && !g_strv_contains (words, waiting))
    {
      kab_problem_set (error, KAB_PROBLEM_INVALID_QUERY, "waiting is bank, client or any");
      return NULL;
    }
  query =
      (KabQueueQuery) { waiting != NULL ? waiting : "any", page.numbers[0], page.id, page.limit };
  return kab_api_read (user_data, request, run_queue, &query, error);
}

static KabResponse *
answer_case (KabTransaction *tx, const KabApiContext *context, KabRequest *request, GError **error)
{
  JsonObject *view =
      kab_queue_view_case (tx, context->bank, kab_request_get_parameter (request, "id"), error);

  return view != NULL ? kab_response_new_json (200, view) : NULL;
}

static KabResponse *
run_case (KabTransaction *tx,
          const KabCaller *caller,
          KabRequest *request,
          const KabApiContext *context,
          gpointer data,
          GError **error)
{
  return answer_case (tx, context, request, error);
}

static KabResponse *
get_case (KabRequest *request, gpointer user_data, GError **error)
{
  return kab_api_read (user_data, request, run_case, NULL, error);
}

static KabResponse *
run_demand (KabTransaction *tx,
            const KabCaller *caller,
            KabRequest *request,
            const KabApiContext *context,
            gpointer data,
            GError **error)
{
  const Demand *demand = data;

  if (!kab_identifications_demand (tx, context->bank, caller,
                                   kab_request_get_parameter (request, "id"), demand->person,
                                   demand->demanded, demand->note, error))
    return NULL;
  return answer_case (tx, context, request, error);
}

static KabResponse *
demand_identification (KabRequest *request, gpointer user_data, GError **error)
{
  static const char *const members[] = { "person", "demand", "note", NULL };
  Demand demand = { .note = "" };
  const char *word;

  if (!kab_api_json_check (request, members, error))
    return NULL;
  demand.person = kab_api_json_get_text (request, "person", ID_CHARS_MAX, error);
  word = demand.person != NULL ? kab_api_json_get_text (request, "demand", WORD_CHARS_MAX, error)
                               : NULL;
  if (word == NULL)
    return NULL;
  if (!kab_demanded_from_name (word, &demand.demanded))
    {
      kab_api_json_refuse (error, "/demand", KAB_FORM_CODE_NOT_AN_OPTION);
      return NULL;
    }
  if (kab_json_has (kab_request_get_json (request), "note"))
    demand.note = kab_api_json_get_text (request, "note", NOTE_CHARS_MAX, error);
  if (demand.note == NULL)
    return NULL;
  return kab_api_write (user_data, request, run_demand, &demand, error);
}

static KabResponse *
run_decide (KabTransaction *tx,
            const KabCaller *caller,
            KabRequest *request,
            const KabApiContext *context,
            gpointer data,
            GError **error)
{
  const Decision *decision = data;

  if (!kab_decisions_make (tx, context->bank, caller, kab_request_get_parameter (request, "id"),
                           decision->service, decision->decision, error))
    return NULL;
  return answer_case (tx, context, request, error);
}

static KabResponse *
decide (KabRequest *request, gpointer user_data, GError **error)
{
  static const char *const members[] = { "service", "outcome", NULL };
  const char *service, *outcome;
  Decision decision;

  if (!kab_api_json_check (request, members, error))
    return NULL;
  service = kab_api_json_get_text (request, "service", WORD_CHARS_MAX, error);
  outcome =
      service != NULL ? kab_api_json_get_text (request, "outcome", WORD_CHARS_MAX, error) : NULL;
  if (outcome == NULL)
    return NULL;
  if (!kab_service_from_code (service, &decision.service))
    kab_api_json_refuse (error, "/service", KAB_FORM_CODE_NOT_AN_OPTION);
  else if (!kab_decision_from_code (outcome, &decision.decision) ||
           decision.decision == KAB_DECISION_PENDING)
    kab_api_json_refuse (error, "/outcome", KAB_FORM_CODE_NOT_AN_OPTION);
  else
    return kab_api_write (user_data, request, run_decide, &decision, error);
  return NULL;
}

static KabResponse *
run_request_information (KabTransaction *tx,
                         const KabCaller *caller,
                         KabRequest *request,
                         const KabApiContext *context,
                         gpointer data,
                         GError **error)
{
  const InformationRequest *wanted = data;
  const char *id = kab_request_get_parameter (request, "id");

  if (!kab_documents_request_information (tx, context->bank, caller, id, wanted->version,
                                          wanted->comments, wanted->n_comments, error))
    return NULL;
  return kab_api_document_answer (tx, context, id, KAB_DOCUMENT_BY_EMPLOYEE, error);
}

static gboolean
read_comment (JsonNode *node, KabDocumentComment *comment, GError **error)
{
  static const char *const members[] = { "field", "text", NULL };
  JsonObject *object;

  if (!JSON_NODE_HOLDS_OBJECT (node))
    {
      g_set_error_literal (error, KAB_JSON_ERROR, KAB_JSON_ERROR_TYPE, "A comment is an object");
      return FALSE;
    }
  object = json_node_get_object (node);
  comment->field = "";
  if (!kab_json_check_members (object, members, error))
    return FALSE;
  if (kab_json_has (object, "field"))
    comment->field = kab_json_get_string (object, "field", FIELD_CHARS_MAX, error);
  if (comment->field != NULL)
    comment->text = kab_json_get_string (object, "text", COMMENT_CHARS_MAX, error);
  if (comment->text == NULL || *comment->text != '\0')
    return comment->text != NULL;
  g_set_error_literal (error, KAB_JSON_ERROR, KAB_JSON_ERROR_MISSING, "A comment says something");
  return FALSE;
}

static gboolean
read_comments (KabRequest *request, InformationRequest *wanted, GError **error)
{
  GError *local_error = NULL;
  JsonArray *comments =
      kab_json_get_array (kab_request_get_json (request), "comments", COMMENTS_MAX, &local_error);

  if (comments == NULL)
    return kab_api_json_take_error (error, local_error);
  wanted->n_comments = json_array_get_length (comments);
  if (wanted->n_comments == 0)
    return kab_api_json_refuse (error, "/comments", KAB_FORM_CODE_REQUIRED);
  for (guint i = 0; i < wanted->n_comments; i++)
    {
      g_autofree char *place = g_strdup_printf ("%u", i);

      if (read_comment (json_array_get_element (comments, i), &wanted->comments[i], &local_error))
        continue;
      kab_json_prefix_pointer (&local_error, place);
      kab_json_prefix_pointer (&local_error, "comments");
      return kab_api_json_take_error (error, local_error);
    }
  return TRUE;
}

static KabResponse *
request_information (KabRequest *request, gpointer user_data, GError **error)
{
  static const char *const members[] = { "comments", NULL };
  InformationRequest wanted = { .version = kab_api_get_if_match (request, error) };

  if (wanted.version == 0 || !kab_api_json_check (request, members, error) ||
      !read_comments (request, &wanted, error))
    return NULL;
  return kab_api_write (user_data, request, run_request_information, &wanted, error);
}

static KabResponse *
run_hand_over (KabTransaction *tx,
               const KabCaller *caller,
               KabRequest *request,
               const KabApiContext *context,
               gpointer data,
               GError **error)
{
  const Package *package = data;
  const char *id = kab_request_get_parameter (request, "id");

  if (!kab_documents_hand_over (tx, context->bank, caller, id, package->version, package->action,
                                package->files, error))
    return NULL;
  return kab_api_document_answer (tx, context, id, KAB_DOCUMENT_BY_EMPLOYEE, error);
}

static KabResponse *
hand_over (KabRequest *request, gpointer user_data, KabDocumentAction action, GError **error)
{
  static const char *const members[] = { "files", NULL };
  g_auto (GStrv) files = NULL;
  Package package = { .version = kab_api_get_if_match (request, error), .action = action };

  if (package.version == 0 || !kab_api_json_check (request, members, error) ||
      !kab_api_document_read_files (request, &files, error))
    return NULL;
  if (action == KAB_DOCUMENT_REPLACE_PACKAGE && (files == NULL || files[0] == NULL))
    {
      kab_api_json_refuse (error, "/files", KAB_FORM_CODE_REQUIRED);
      return NULL;
    }
  package.files = (const char *const *) files;
  return kab_api_write (user_data, request, run_hand_over, &package, error);
}

static KabResponse *
accept_document (KabRequest *request, gpointer user_data, GError **error)
{
  return hand_over (request, user_data, KAB_DOCUMENT_SEND_PACKAGE, error);
}

static KabResponse *
replace_package (KabRequest *request, gpointer user_data, GError **error)
{
  return hand_over (request, user_data, KAB_DOCUMENT_REPLACE_PACKAGE, error);
}

static KabResponse *
confirm_signature (KabRequest *request, gpointer user_data, GError **error)
{
  return hand_over (request, user_data, KAB_DOCUMENT_VERIFY_SIGNATURE, error);
}

#define ON_VERSION (KAB_ROUTE_NEEDS_IDEMPOTENCY_KEY | KAB_ROUTE_NEEDS_IF_MATCH)

void
kab_api_staff_add_routes (KabRouter *router, const KabApiContext *context)
{
  static const KabRoute routes[] = {
    { KAB_METHOD_GET, "/v1/staff/queue", "staffQueue", get_queue, KAB_ACCESS_STAFF,
      .answer = KAB_ANSWER_JSON },
    { KAB_METHOD_GET, "/v1/staff/cases/{id}", "staffCase", get_case, KAB_ACCESS_STAFF,
      .answer = KAB_ANSWER_JSON },
    { KAB_METHOD_POST, "/v1/staff/cases/{id}/identification-demands", "demandIdentification",
      demand_identification, KAB_ACCESS_STAFF, KAB_ROUTE_NEEDS_IDEMPOTENCY_KEY, KAB_BODY_JSON,
      KAB_ANSWER_JSON },
    { KAB_METHOD_POST, "/v1/staff/cases/{id}/decisions", "decide", decide, KAB_ACCESS_STAFF,
      KAB_ROUTE_NEEDS_IDEMPOTENCY_KEY, KAB_BODY_JSON, KAB_ANSWER_JSON },
    { KAB_METHOD_POST, "/v1/staff/documents/{id}/information-request", "requestInformation",
      request_information, KAB_ACCESS_STAFF, ON_VERSION, KAB_BODY_JSON, KAB_ANSWER_JSON },
    { KAB_METHOD_POST, "/v1/staff/documents/{id}/acceptance", "acceptDocument", accept_document,
      KAB_ACCESS_STAFF, ON_VERSION, KAB_BODY_JSON, KAB_ANSWER_JSON },
    { KAB_METHOD_POST, "/v1/staff/documents/{id}/package", "replacePackage", replace_package,
      KAB_ACCESS_STAFF, ON_VERSION, KAB_BODY_JSON, KAB_ANSWER_JSON },
    { KAB_METHOD_POST, "/v1/staff/documents/{id}/signature", "confirmSignature", confirm_signature,
      KAB_ACCESS_STAFF, ON_VERSION, KAB_BODY_JSON, KAB_ANSWER_JSON },
  };

  kab_router_add (router, routes, G_N_ELEMENTS (routes), (gpointer) context);
}
