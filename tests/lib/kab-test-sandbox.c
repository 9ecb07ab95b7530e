/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "kab-test-sandbox.h"

#include <glib/gstdio.h>
#include <string.h>

#define WAIT_SECONDS 60

static JsonObject *
read_description (GSubprocess *process)
{
  g_autoptr (GDataInputStream) output =
      g_data_input_stream_new (g_subprocess_get_stdout_pipe (process));
  g_autoptr (GError) error = NULL;
  g_autofree char *line = g_data_input_stream_read_line (output, NULL, NULL, &error);
  g_autoptr (JsonNode) node = NULL;

  g_filter_input_stream_set_close_base_stream (G_FILTER_INPUT_STREAM (output), FALSE);
  g_assert_no_error (error);
  g_assert_nonnull (line);
  node = json_from_string (line, &error);
  g_assert_no_error (error);
  return json_node_dup_object (node);
}

/**
 * kab_test_sandbox_new:
 *
 * Starts the sandbox in a temporary folder.
 *
 * Returns: (transfer full): the sandbox, ready
 */
KabTestSandbox *
kab_test_sandbox_new (void)
{
  KabTestSandbox *self = g_new0 (KabTestSandbox, 1);
  g_autoptr (GError) error = NULL;

  self->directory = g_dir_make_tmp ("kab-sandbox-XXXXXX", &error);
  g_assert_no_error (error);
  self->process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE,
                                    &error, g_getenv ("KAB_SANDBOX_PROGRAM"), "--directory",
                                    self->directory, "--exit-with-stdin", NULL);
  g_assert_no_error (error);
  self->description = read_description (self->process);
  self->session = soup_session_new ();
  soup_session_set_proxy_resolver (self->session, NULL);
  return self;
}

void
kab_test_sandbox_free (KabTestSandbox *self)
{
  g_autoptr (GDir) folder = NULL;
  const char *name;

  g_output_stream_close (g_subprocess_get_stdin_pipe (self->process), NULL, NULL);
  g_assert_true (g_subprocess_wait (self->process, NULL, NULL));
  g_object_unref (self->process);
  g_object_unref (self->session);
  json_object_unref (self->description);
  folder = g_dir_open (self->directory, 0, NULL);
  while ((name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *path = g_build_filename (self->directory, name, NULL);

      g_unlink (path);
    }
  g_rmdir (self->directory);
  g_free (self->directory);
  g_free (self);
}

/**
 * kab_test_sandbox_get:
 * @section: of sandbox.json, such as `sms`
 *
 * Returns: (transfer none): a text of it
 */
const char *
kab_test_sandbox_get (KabTestSandbox *self, const char *section, const char *member)
{
  return json_object_get_string_member (json_object_get_object_member (self->description, section),
                                        member);
}

/**
 * kab_test_sandbox_get_int:
 * @section: of sandbox.json, such as `smtp`
 *
 * Returns: a number of it
 */
gint64
kab_test_sandbox_get_int (KabTestSandbox *self, const char *section, const char *member)
{
  return json_object_get_int_member (json_object_get_object_member (self->description, section),
                                     member);
}

static GBytes *
ask (KabTestSandbox *self,
     const char *method,
     const char *section,
     const char *path,
     const char *body)
{
  g_autofree char *url = g_strconcat (kab_test_sandbox_get (self, section, "baseUrl"), path, NULL);
  g_autoptr (SoupMessage) message = soup_message_new (method, url);
  g_autoptr (GError) error = NULL;
  GBytes *answer;

  if (body != NULL)
    {
      g_autoptr (GBytes) bytes = g_bytes_new (body, strlen (body));

      soup_message_set_request_body_from_bytes (message, "application/json", bytes);
    }
  answer = soup_session_send_and_read (self->session, message, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (soup_message_get_status (message) / 100, ==, 2);
  return answer;
}

/**
 * kab_test_sandbox_control:
 * @command: `behaviour`, `review` or `settings`
 * @body: JSON
 */
void
kab_test_sandbox_control (KabTestSandbox *self, const char *command, const char *body)
{
  g_autofree char *path = g_strconcat ("/control/", command, NULL);

  g_bytes_unref (ask (self, "POST", "control", path, body));
}

/**
 * kab_test_sandbox_order:
 * @provider: `sumsub`, `sms` or `smtp`
 * @what: the name of a wrong answer
 * @times: how often; -1 for always, 0 for no more
 */
void
kab_test_sandbox_order (KabTestSandbox *self, const char *provider, const char *what, int times)
{
  g_autofree char *body =
      g_strdup_printf ("{\"provider\":\"%s\",\"what\":\"%s\",\"times\":%d}", provider, what, times);

  kab_test_sandbox_control (self, "behaviour", body);
}

/**
 * kab_test_sandbox_messages:
 *
 * Returns: (transfer full): what the demo phone has: objects with `kind` (sms, mail), `from`, `to`,
 *   `subject` and `text`, oldest first
 */
JsonArray *
kab_test_sandbox_messages (KabTestSandbox *self)
{
  g_autoptr (GBytes) bytes = ask (self, "GET", "phone", "/phone/messages", NULL);
  g_autofree char *text = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  g_autoptr (JsonNode) node = json_from_string (text, NULL);

  g_assert_true (JSON_NODE_HOLDS_ARRAY (node));
  return json_node_dup_array (node);
}

static JsonObject *
find_message (KabTestSandbox *self, const char *kind, const char *to, guint n)
{
  g_autoptr (JsonArray) messages = kab_test_sandbox_messages (self);

  for (guint i = 0; i < json_array_get_length (messages); i++)
    {
      JsonObject *message = json_array_get_object_element (messages, i);

      if (g_str_equal (json_object_get_string_member (message, "kind"), kind) &&
          g_str_equal (json_object_get_string_member (message, "to"), to) && --n == 0)
        return json_object_ref (message);
    }
  return NULL;
}

/**
 * kab_test_sandbox_wait_for:
 * @kind: `sms` or `mail`
 * @to: the receiver
 * @n: the first, the second …
 *
 * Returns: (transfer full): the message, once it has arrived; the test fails when it doesn't
 */
JsonObject *
kab_test_sandbox_wait_for (KabTestSandbox *self, const char *kind, const char *to, guint n)
{
  gint64 end = g_get_monotonic_time () + WAIT_SECONDS * G_TIME_SPAN_SECOND;

  while (g_get_monotonic_time () < end)
    {
      JsonObject *message = find_message (self, kind, to, n);

      if (message != NULL)
        return message;
      g_usleep (10 * 1000);
    }
  g_error ("no %s no. %u has reached %s", kind, n, to);
  return NULL;
}
