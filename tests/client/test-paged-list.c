/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-file.h"
#include "kab-paged-list.h"
#include "kab-test-client.h"

#define ROUTE "GET /v1/files"

/* A page with the files whose ids are the letters of @ids. */
static void
reply_page (KabTestServer *server, const char *ids, const char *next)
{
  g_autoptr (GString) body = g_string_new ("{'items':[");

  for (const char *p = ids; *p; p++)
    g_string_append_printf (body, "%s{'id':'%c','name':'n','size':1,'mediaType':'m'}",
                            p == ids ? "" : ",", *p);
  g_string_append (body, "]");
  if (next != NULL)
    g_string_append_printf (body, ",'next':'%s'", next);
  g_string_append (body, "}");
  kab_test_server_reply (server, ROUTE, 200, body->str);
}

static char *
ids_of (KabPagedList *list)
{
  GString *ids = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (list)); i++)
    {
      g_autoptr (KabFile) file = g_list_model_get_item (G_LIST_MODEL (list), i);

      g_string_append (ids, kab_file_get_id (file));
    }

  return g_string_free (ids, FALSE);
}

#define assert_ids(list, expected)                                                                 \
  G_STMT_START                                                                                     \
  {                                                                                                \
    g_autofree char *ids_ = ids_of (list);                                                         \
    g_assert_cmpstr (ids_, ==, expected);                                                          \
  }                                                                                                \
  G_STMT_END

static void
load_more (KabPagedList *list)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  kab_paged_list_load_more_async (list, NULL, kab_test_keep_result, &result);
  kab_test_wait_for_result (&result);
  g_assert_true (kab_paged_list_load_more_finish (list, result, &error));
  g_assert_no_error (error);
}

static void
refresh (KabPagedList *list)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  kab_paged_list_refresh_async (list, NULL, kab_test_keep_result, &result);
  kab_test_wait_for_result (&result);
  g_assert_true (kab_paged_list_refresh_finish (list, result, &error));
  g_assert_no_error (error);
}

static void
changed_cb (GListModel *list, guint position, guint removed, guint added, guint *sum)
{
  *sum += removed + added;
}

static void
test_pages (void)
{
  g_autoptr (KabTestServer) server = kab_test_server_new ();
  KabApi *api = kab_test_api_new (server);
  KabPagedList *list = kab_paged_list_new (api, "/v1/files", KAB_TYPE_FILE);
  g_autofree char *query = NULL;
  guint sum = 0;

  reply_page (server, "abc", "c1");
  reply_page (server, "cde", "c2");
  reply_page (server, "f", NULL);
  g_signal_connect (list, "items-changed", G_CALLBACK (changed_cb), &sum);
  g_assert_true (kab_paged_list_get_has_more (list));
  g_assert_false (kab_paged_list_get_loaded (list));

  load_more (list);
  assert_ids (list, "abc");
  load_more (list);
  /* what moved to the next page meanwhile is there once */
  assert_ids (list, "abcde");
  query = kab_test_server_dup_query (server, ROUTE);
  g_assert_cmpstr (query, ==, "limit=50&cursor=c1");
  load_more (list);
  assert_ids (list, "abcdef");
  g_assert_cmpuint (sum, ==, 6);
  g_assert_false (kab_paged_list_get_has_more (list));
  load_more (list);
  g_assert_cmpuint (kab_test_server_count (server, ROUTE), ==, 3);

  kab_test_let_go (list);
  kab_test_let_go (api);
}

static void
test_refresh (void)
{
  g_autoptr (KabTestServer) server = kab_test_server_new ();
  KabApi *api = kab_test_api_new (server);
  KabPagedList *list = kab_paged_list_new (api, "/v1/files", KAB_TYPE_FILE);
  g_autofree char *query = NULL;
  guint sum = 0;

  reply_page (server, "abc", "c1");
  reply_page (server, "def", "c2");
  load_more (list);
  load_more (list);
  g_signal_connect (list, "items-changed", G_CALLBACK (changed_cb), &sum);

  /* one new in front, one gone; the second page stays and so does its cursor */
  reply_page (server, "xac", "c1x");
  kab_test_server_forget (server, ROUTE);
  reply_page (server, "xac", "c1x");
  refresh (list);
  assert_ids (list, "xacdef");
  g_assert_cmpuint (sum, ==, 2);
  kab_test_server_forget (server, ROUTE);
  reply_page (server, "g", NULL);
  load_more (list);
  query = kab_test_server_dup_query (server, ROUTE);
  g_assert_cmpstr (query, ==, "limit=50&cursor=c2");
  assert_ids (list, "xacdefg");

  /* a page of strangers: the list begins anew */
  kab_test_server_forget (server, ROUTE);
  reply_page (server, "uvw", "c9");
  refresh (list);
  assert_ids (list, "uvw");
  g_assert_true (kab_paged_list_get_has_more (list));

  /* a whole list in one page */
  kab_test_server_forget (server, ROUTE);
  reply_page (server, "w", NULL);
  refresh (list);
  assert_ids (list, "w");
  g_assert_false (kab_paged_list_get_has_more (list));

  kab_test_let_go (list);
  kab_test_let_go (api);
}

static void
test_put (void)
{
  g_autoptr (KabTestServer) server = kab_test_server_new ();
  KabApi *api = kab_test_api_new (server);
  KabPagedList *list = kab_paged_list_new (api, "/v1/files", KAB_TYPE_FILE);
  g_autoptr (JsonObject) known =
      kab_test_json ("{'id':'b','name':'new name','size':1,'mediaType':'m'}");
  g_autoptr (JsonObject) other = kab_test_json ("{'id':'z','name':'n','size':1,'mediaType':'m'}");
  g_autoptr (JsonObject) wrong = kab_test_json ("{'id':'y'}");
  g_autoptr (GError) error = NULL;
  KabFile *file;
  guint sum = 0;

  reply_page (server, "abc", NULL);
  load_more (list);
  g_signal_connect (list, "items-changed", G_CALLBACK (changed_cb), &sum);
  file = kab_paged_list_put (list, known, NULL);
  g_assert_cmpstr (kab_file_get_name (file), ==, "new name");
  g_assert_cmpuint (sum, ==, 0);
  kab_paged_list_put (list, other, NULL);
  assert_ids (list, "zabc");
  g_assert_null (kab_paged_list_put (list, wrong, &error));
  g_assert_error (error, KAB_API_ERROR, KAB_API_ERROR_GARBAGE);
  assert_ids (list, "zabc");

  kab_test_let_go (list);
  kab_test_let_go (api);
}

static void
test_errors (void)
{
  g_autoptr (KabTestServer) server = kab_test_server_new ();
  KabApi *api = kab_test_api_new (server);
  KabPagedList *list = kab_paged_list_new (api, "/v1/files", KAB_TYPE_FILE);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GAsyncResult) joined = NULL;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  kab_test_server_reply (server, ROUTE, 200, "{'items':[{'id':1}]}");
  kab_paged_list_load_more_async (list, NULL, kab_test_keep_result, &result);
  kab_test_wait_for_result (&result);
  g_assert_false (kab_paged_list_load_more_finish (list, result, &error));
  g_assert_error (error, KAB_API_ERROR, KAB_API_ERROR_GARBAGE);
  g_clear_error (&error);
  g_clear_object (&result);
  g_assert_false (kab_paged_list_get_loading (list));

  /* who joined a load that another cancels gets it all the same */
  kab_test_server_forget (server, ROUTE);
  reply_page (server, "ab", NULL);
  kab_test_server_hold (server);
  kab_paged_list_load_more_async (list, cancellable, kab_test_keep_result, &result);
  kab_paged_list_load_more_async (list, NULL, kab_test_keep_result, &joined);
  g_assert_true (kab_paged_list_get_loading (list));
  kab_test_wait_until (kab_test_server_count (server, ROUTE) == 1);
  g_cancellable_cancel (cancellable);
  kab_test_server_let_go (server);
  kab_test_wait_until (result != NULL && joined != NULL);
  g_assert_false (kab_paged_list_load_more_finish (list, result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  g_assert_true (kab_paged_list_load_more_finish (list, joined, &error));
  assert_ids (list, "ab");

  g_clear_object (&result);
  g_clear_object (&joined);
  kab_test_let_go (list);
  kab_test_let_go (api);
}

static void
test_all (void)
{
  g_autoptr (KabTestServer) server = kab_test_server_new ();
  KabApi *api = kab_test_api_new (server);
  KabPagedList *list = kab_paged_list_new (api, "/v1/files", KAB_TYPE_FILE);
  g_autoptr (GAsyncResult) result = NULL;

  reply_page (server, "ab", "1");
  reply_page (server, "cd", "2");
  reply_page (server, "e", NULL);
  kab_paged_list_load_all_async (list, NULL, kab_test_keep_result, &result);
  kab_test_wait_for_result (&result);
  g_assert_true (kab_paged_list_load_all_finish (list, result, NULL));
  assert_ids (list, "abcde");

  g_clear_object (&result);
  kab_test_let_go (list);
  kab_test_let_go (api);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/paged-list/pages", test_pages);
  g_test_add_func ("/paged-list/refresh", test_refresh);
  g_test_add_func ("/paged-list/put", test_put);
  g_test_add_func ("/paged-list/errors", test_errors);
  g_test_add_func ("/paged-list/all", test_all);

  return g_test_run ();
}
