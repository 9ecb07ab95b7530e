/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Lines are JSON, and hold nothing of what a customer sent; documents agree with the tables. */

#include <string.h>

#include "kab-config-private.h"
#include "kab-log.h"
#include "kab-problem.h"
#include "kab-test-server.h"

static GMutex mutex;
static GPtrArray *lines;

static void
line_kept_cb (KabLogLevel level, const char *line, gpointer user_data)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&mutex);

  g_ptr_array_add (lines, g_strdup (line));
}

static char *
join_lines (void)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&mutex);
  GString *all = g_string_new (NULL);

  for (guint i = 0; i < lines->len; i++)
    {
      const char *line = g_ptr_array_index (lines, i);
      g_autoptr (JsonNode) node = json_from_string (line, NULL);

      g_assert_true (node && JSON_NODE_HOLDS_OBJECT (node));
      g_assert_null (strchr (line, '\n'));
      g_string_append (all, line);
      g_string_append_c (all, '\n');
    }
  return g_string_free (all, FALSE);
}

static guint
count_lines (void)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&mutex);

  return lines->len;
}

static void
start_keeping (void)
{
  g_clear_pointer (&lines, g_ptr_array_unref);
  lines = g_ptr_array_new_with_free_func (g_free);
  kab_log_set_level (KAB_LOG_DEBUG);
  kab_log_set_sink (line_kept_cb, NULL);
}

static void
test_lines (void)
{
  g_autofree char *long_text = g_strnfill (5000, 'x');
  g_autofree char *all = NULL;
  g_autoptr (JsonNode) node = NULL;
  JsonObject *object;

  start_keeping ();
  kab_log (KAB_LOG_WARNING, "mail-failed", KAB_LOG_STR ("reason", "a\n\"b\"\\\x01\xff"),
           KAB_LOG_INT ("tries", -3), KAB_LOG_STR ("nothing", NULL), NULL);
  kab_log (KAB_LOG_INFO, "long", KAB_LOG_STR ("text", long_text), NULL);
  all = join_lines ();
  node = json_from_string (g_ptr_array_index (lines, 0), NULL);
  object = json_node_get_object (node);
  g_assert_cmpstr (json_object_get_string_member (object, "level"), ==, "warning");
  g_assert_cmpstr (json_object_get_string_member (object, "messageId"), ==, "mail-failed");
  g_assert_cmpstr (json_object_get_string_member (object, "reason"), ==,
                   "a\n\"b\"\\\x01\xef\xbf\xbd");
  g_assert_cmpint (json_object_get_int_member (object, "tries"), ==, -3);
  g_assert_cmpuint (strlen (g_ptr_array_index (lines, 1)), <, 1000);
  kab_log_set_level (KAB_LOG_WARNING);
  kab_log (KAB_LOG_INFO, "quiet", NULL);
  g_assert_cmpuint (count_lines (), ==, 2);
}

static KabResponse *
handler (KabRequest *request, gpointer user_data, GError **error)
{
  if (kab_request_get_query (request, "fails"))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "sentinel-error of sentinel-body");
      return NULL;
    }
  return kab_response_new_empty (204);
}

static const KabRoute ROUTES[] = {
  { KAB_METHOD_POST, "/v1/things/{id}", "postThing", handler, KAB_ACCESS_PUBLIC,
    .body = KAB_BODY_JSON },
};

/* Whatever a message carries, wherever it goes wrong, none of it is in the log. */
static void
test_privacy (void)
{
#define FIELDS                                                                                     \
  "Host: sentinel-host\r\nAuthorization: Bearer sentinel-token\r\nCookie: sentinel-cookie\r\n"     \
  "Content-Type: application/json\r\nX-Forwarded-For: 192.0.2.99\r\n"
  static const char *const MESSAGES[] = {
    "POST /v1/things/sentinel-id?q=sentinel-query HTTP/1.1\r\n" FIELDS
    "Content-Length: 21\r\n\r\n{\"a\":\"sentinel-body\"}",
    "POST /v1/things/sentinel-id?fails=sentinel-query HTTP/1.1\r\n" FIELDS
    "Content-Length: 21\r\n\r\n{\"a\":\"sentinel-body\"}",
    "POST /v1/things/sentinel-id HTTP/1.1\r\n" FIELDS "Content-Length: 13\r\n\r\nsentinel-body",
    "POST /v1/sentinel-path?q=sentinel-query HTTP/1.1\r\n" FIELDS "Content-Length: 0\r\n\r\n",
    "SENTINEL-METHOD /v1/things/sentinel-id HTTP/1.1\r\n" FIELDS "\r\n",
    "sentinel-method /v1/sentinel-path HTTP/9\r\n" FIELDS "sentinel-field\r\n\r\n",
    "POST /v1/things/sentinel-id HTTP/1.1\r\n" FIELDS
    "Transfer-Encoding: chunked\r\n\r\nsentinel-body\r\n",
  };
#undef FIELDS
  KabHttpSettings settings;
  KabTestServer *server;
  g_autofree char *all = NULL;
  g_autofree char *lower = NULL;

  kab_http_settings_init (&settings);
  server = kab_test_server_new (&settings, ROUTES, G_N_ELEMENTS (ROUTES), NULL);
  start_keeping ();
  for (gsize i = 0; i < G_N_ELEMENTS (MESSAGES); i++)
    {
      g_autoptr (KabTestReply) reply = kab_test_ask (server->port, MESSAGES[i], -1);

      if (i == 1)
        g_assert_cmpuint (reply->status, ==, 500);
    }
  kab_test_server_free (server);
  all = join_lines ();
  lower = g_ascii_strdown (all, -1);
  g_assert_nonnull (strstr (all, "\"route\":\"/v1/things/{id}\",\"status\":204"));
  g_assert_nonnull (strstr (all, "\"messageId\":\"request-failed\""));
  g_assert_nonnull (strstr (all, "\"requestId\":\""));
  if (strstr (lower, "sentinel") || strstr (lower, "192.0.2.99") || strstr (lower, "127.0.0.1"))
    g_error ("the log gives away what was sent:\n%s", all);
}

static char *
read_document (const char *name)
{
  g_autofree char *path = g_build_filename (g_getenv ("G_TEST_SRCDIR"), "..", "docs", name, NULL);
  g_autoptr (GError) error = NULL;
  char *text = NULL;

  if (!g_file_get_contents (path, &text, NULL, &error))
    g_error ("%s", error->message);
  return text;
}

/* docs/errors.md has a section with status, cause and remedy for each problem, and no other. */
static void
test_error_document (void)
{
  g_autofree char *text = read_document ("errors.md");
  g_auto (GStrv) sections = g_strsplit (text, "\n## ", -1);

  g_assert_cmpuint (g_strv_length (sections), ==, KAB_N_PROBLEMS + 1);
  for (KabProblemCode code = 0; code < KAB_N_PROBLEMS; code++)
    {
      g_autofree char *head =
          g_strdup_printf ("%s\n\nStatus %u. %s.\n\n- Cause: ", kab_problem_get_code (code),
                           kab_problem_get_status (code), kab_problem_get_title (code));

      if (!g_str_has_prefix (sections[code + 1], head) ||
          !strstr (sections[code + 1], "\n- Remedy: "))
        g_error ("docs/errors.md lacks, at its place:\n%s", head);
    }
}

static void
test_configuration_document (void)
{
  g_autofree char *text = read_document ("configuration.md");
  gsize n_keys;
  gsize n_rows = 0;
  const KabConfigKey *keys = kab_config_get_keys (&n_keys);

  for (const char *row = text; (row = strstr (row, "\n| `")); row++)
    n_rows++;
  g_assert_cmpuint (n_rows, ==, n_keys);
  for (gsize i = 0; i < n_keys; i++)
    {
      g_autofree char *group = g_strdup_printf ("\n## [%s]\n", keys[i].group);
      g_autofree char *row = g_strdup_printf ("\n| `%s` |", keys[i].key);
      const char *section = strstr (text, group);
      const char *next = section ? strstr (section + 1, "\n## ") : NULL;
      const char *place = section ? strstr (section, row) : NULL;

      if (!place || (next && place > next))
        g_error ("docs/configuration.md lacks [%s] %s", keys[i].group, keys[i].key);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/server/log/lines", test_lines);
  g_test_add_func ("/server/log/privacy", test_privacy);
  g_test_add_func ("/server/documents/errors", test_error_document);
  g_test_add_func ("/server/documents/configuration", test_configuration_document);
  return g_test_run ();
}
