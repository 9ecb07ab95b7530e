/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A good configuration, everything that can be wrong with one, and the program that reads it. */

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>

#include "kab-config.h"
#include "kab-test-server.h"

static char *directory;

static char *
put (const char *name, const char *text, int mode)
{
  char *path = g_build_filename (directory, name, NULL);

  g_assert_true (g_file_set_contents_full (path, text, -1, G_FILE_SET_CONTENTS_NONE, mode, NULL));
  g_assert_cmpint (g_chmod (path, mode), ==, 0);
  return path;
}

/* A production configuration with one line exchanged: "group.key" gets @value, NULL removes it. */
static char *
put_config (const char *name, const char *value)
{
  g_autoptr (GKeyFile) key_file = g_key_file_new ();
  static const char *const VALUES[][3] = {
    { "server", "public-url", "https://bank.example" },
    { "server", "secret-key-file", "secret-key" },
    { "store", "url", "postgresql://bank@db.example/bank" },
    { "mail", "host", "mail.example" },
    { "mail", "from", "bank@bank.example" },
    { "mail", "user", "bank" },
    { "mail", "password-file", "mail-password" },
    { "sms", "url", "https://sms.example/send" },
    { "sms", "token-file", "sms-token" },
    { "sms", "sender", "Bank" },
    { "sumsub", "token-file", "sumsub-token" },
    { "sumsub", "secret-file", "sumsub-secret" },
    { "sumsub", "level-photo", "photo" },
    { "sumsub", "level-video", "video" },
    { "sumsub", "webhook-secret-file", "webhook-secret" },
  };
  g_auto (GStrv) parts = name ? g_strsplit (name, ".", 2) : NULL;
  g_autofree char *text = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (VALUES); i++)
    {
      gboolean is_secret = g_str_has_suffix (VALUES[i][1], "-file");
      g_autofree char *path = is_secret ? g_build_filename (directory, VALUES[i][2], NULL) : NULL;

      g_key_file_set_string (key_file, VALUES[i][0], VALUES[i][1], path ? path : VALUES[i][2]);
    }
  g_key_file_set_string (key_file, "bank", "data-directory", g_getenv ("KAB_TEST_BANK"));
  if (name && value)
    g_key_file_set_string (key_file, parts[0], parts[1], value);
  else if (name)
    g_key_file_remove_key (key_file, parts[0], parts[1], NULL);
  text = g_key_file_to_data (key_file, NULL, NULL);
  return put ("server.conf", text, 0600);
}

static void
put_secrets (void)
{
  static const char *const SECRETS[][2] = {
    { "mail-password", "mail secret\n" },
    { "sms-token", "sms secret" },
    { "sumsub-token", "prd:token\n" },
    { "sumsub-secret", "api secret\n" },
    { "webhook-secret", "webhook secret\n" },
    { "sandbox-token", "sbx:token\n" },
    { "secret-key", "0123456789abcdef0123456789abcdef\n" },
    { "short-key", "0123456789abcdef\n" },
    { "empty", "\n" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (SECRETS); i++)
    g_free (put (SECRETS[i][0], SECRETS[i][1], 0600));
}

static void
test_good (void)
{
  g_autofree char *file = put_config (NULL, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (KabConfig) config = kab_config_load (file, &error);

  g_assert_no_error (error);
  g_assert_true (config->is_production);
  g_assert_cmpstr (config->server.address, ==, "127.0.0.1");
  g_assert_cmpint (config->server.port, ==, 8080);
  g_assert_cmpstr (config->sumsub.token, ==, "prd:token");
  g_assert_cmpstr (config->sms.token, ==, "sms secret");
  g_assert_cmpuint (g_strv_length (config->sumsub.webhook_algorithms), ==, 2);
  g_assert_cmpint (config->limits.password_memory, ==, 64);
  g_assert_true (config->mail.starttls);
  g_assert_cmpstr (config->mail.ca_file, ==, "");
}

typedef struct
{
  const char *name;
  const char *value;
  KabConfigError code;
  const char *says; /* what the message has to contain beside file, group and key */
} BadValue;

static const BadValue BAD_VALUES[] = {
  { "sever.port", "1", KAB_CONFIG_ERROR_UNKNOWN, "no such group" },
  { "server.prot", "1", KAB_CONFIG_ERROR_UNKNOWN, "no such key" },
  { "server.mode", "test", KAB_CONFIG_ERROR_INVALID, "production, demo" },
  { "server.port", "65536", KAB_CONFIG_ERROR_INVALID, "65535" },
  { "server.port", "80a", KAB_CONFIG_ERROR_INVALID, "whole number" },
  { "server.port", "", KAB_CONFIG_ERROR_INVALID, "whole number" },
  { "server.address", "bank.example", KAB_CONFIG_ERROR_INVALID, "IP address" },
  { "server.public-url", NULL, KAB_CONFIG_ERROR_MISSING, "needed" },
  { "server.public-url", "bank.example", KAB_CONFIG_ERROR_INVALID, "https://host" },
  { "server.public-url", "ftp://bank.example", KAB_CONFIG_ERROR_INVALID, "https://host" },
  { "server.public-url", "http://bank.example", KAB_CONFIG_ERROR_UNSAFE, "https://" },
  { "server.trusted-proxies", "10.0.0.0/99", KAB_CONFIG_ERROR_INVALID, "10.0.0.0/99" },
  { "server.metrics-from", "everybody", KAB_CONFIG_ERROR_INVALID, "everybody" },
  { "server.secret-key-file", NULL, KAB_CONFIG_ERROR_MISSING, "needed" },
  { "server.secret-key-file", "@short-key", KAB_CONFIG_ERROR_UNSAFE, "openssl rand" },
  { "server.workers", "0", KAB_CONFIG_ERROR_INVALID, "from 1" },
  { "store.url", "mysql://x", KAB_CONFIG_ERROR_INVALID, "postgresql://" },
  { "store.url", "sqlite:bank.sqlite3", KAB_CONFIG_ERROR_INVALID, "sqlite:/" },
  { "bank.data-directory", "data", KAB_CONFIG_ERROR_INVALID, "absolute path" },
  { "mail.starttls", "yes", KAB_CONFIG_ERROR_INVALID, "true nor false" },
  { "mail.starttls", "false", KAB_CONFIG_ERROR_UNSAFE, "true" },
  { "mail.host", "127.0.0.1", KAB_CONFIG_ERROR_UNSAFE, "mail server" },
  { "mail.host", "localhost", KAB_CONFIG_ERROR_UNSAFE, "mail server" },
  { "mail.password-file", "", KAB_CONFIG_ERROR_UNSAFE, "empty secret" },
  { "sms.url", "http://sms.example", KAB_CONFIG_ERROR_UNSAFE, "https://" },
  { "sms.url", "https://127.0.0.1:8443/sms", KAB_CONFIG_ERROR_UNSAFE, "sandbox" },
  { "sms.url", "https://user:word@sms.example", KAB_CONFIG_ERROR_INVALID, "https://host" },
  { "sms.token-file", "/nowhere/at/all", KAB_CONFIG_ERROR_UNREADABLE, "/nowhere/at/all" },
  { "sms.token-file", "a/relative/path", KAB_CONFIG_ERROR_INVALID, "credential" },
  { "sms.token-file", "some-credential", KAB_CONFIG_ERROR_INVALID, "LoadCredential" },
  { "sms.token-file", NULL, KAB_CONFIG_ERROR_MISSING, "needed" },
  { "sms.token-file", "@empty", KAB_CONFIG_ERROR_UNSAFE, "empty secret" },
  { "sumsub.base-url", "https://[::1]:1", KAB_CONFIG_ERROR_UNSAFE, "sandbox" },
  { "sumsub.base-url", "http://api.sumsub.com", KAB_CONFIG_ERROR_UNSAFE, "https://" },
  { "sumsub.token-file", "@sandbox-token", KAB_CONFIG_ERROR_UNSAFE, "prd:" },
  { "sumsub.webhook-secret-file", "@empty", KAB_CONFIG_ERROR_UNSAFE, "empty secret" },
  { "sumsub.webhook-secret-file", "@sumsub-secret", KAB_CONFIG_ERROR_UNSAFE, "webhook" },
  { "sumsub.webhook-algorithms", "MD5", KAB_CONFIG_ERROR_INVALID, "HMAC_SHA256_HEX" },
  { "sumsub.webhook-algorithms", ";", KAB_CONFIG_ERROR_UNSAFE, "HMAC_SHA256_HEX" },
  { "sumsub.sandbox-mode", "true", KAB_CONFIG_ERROR_UNSAFE, "false" },
  { "server.address", "0.0.0.0", KAB_CONFIG_ERROR_UNSAFE, "nginx" },
  { "limits.password-memory", "8", KAB_CONFIG_ERROR_INVALID, "from 19" },
  { "session.idle", "3600", KAB_CONFIG_ERROR_INVALID, "absolute" },
  { "log.level", "loud", KAB_CONFIG_ERROR_INVALID, "warning" },
};

static void
test_bad (gconstpointer data)
{
  const BadValue *bad = data;
  gboolean is_secret = bad->value && bad->value[0] == '@';
  g_autofree char *secret = is_secret ? g_build_filename (directory, bad->value + 1, NULL) : NULL;
  g_autofree char *file = NULL;
  g_auto (GStrv) parts = g_strsplit (bad->name, ".", 2);
  g_autofree char *group = g_strdup_printf ("[%s]", parts[0]);
  g_autoptr (GError) error = NULL;
  g_autofree char *place = NULL;

  file = put_config (bad->name, secret ? secret : bad->value);
  if (g_str_equal (bad->name, "session.idle"))
    {
      g_autofree char *text = NULL;
      g_autofree char *longer = NULL;

      g_assert_true (g_file_get_contents (file, &text, NULL, NULL));
      longer = g_strconcat (text, "absolute=300\n", NULL);
      g_free (put ("server.conf", longer, 0600));
    }
  g_assert_null (kab_config_load (file, &error));
  g_assert_error (error, KAB_CONFIG_ERROR, (int) bad->code);
  place = g_strdup_printf ("%s: %s", file, group);
  if (!g_str_has_prefix (error->message, place) || !strstr (error->message, bad->says) ||
      (!strstr (error->message, "no such group") && !strstr (error->message, parts[1])))
    g_error ("unclear: %s", error->message);
}

static void
test_unreadable (void)
{
  g_autoptr (GError) missing = NULL;
  g_autoptr (GError) garbage = NULL;
  g_autofree char *file = put ("garbage.conf", "this is no key file\n", 0600);

  g_assert_null (kab_config_load ("/nowhere/server.conf", &missing));
  g_assert_error (missing, KAB_CONFIG_ERROR, KAB_CONFIG_ERROR_UNREADABLE);
  g_assert_nonnull (strstr (missing->message, "/nowhere/server.conf"));
  g_assert_null (kab_config_load (file, &garbage));
  g_assert_error (garbage, KAB_CONFIG_ERROR, KAB_CONFIG_ERROR_UNREADABLE);
  g_assert_nonnull (strstr (garbage->message, file));
}

static void
test_open_secret (void)
{
  g_autofree char *secret = put ("open-secret", "secret", 0644);
  g_autofree char *file = put_config ("sms.token-file", secret);
  g_autoptr (GError) error = NULL;

  g_assert_null (kab_config_load (file, &error));
  g_assert_error (error, KAB_CONFIG_ERROR, KAB_CONFIG_ERROR_UNSAFE);
  g_assert_nonnull (strstr (error->message, "chmod o="));
}

static void
test_credentials (void)
{
  g_autofree char *named = put_config ("sms.token-file", "webhook-secret");
  g_autofree char *absent = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (KabConfig) by_name = NULL;
  g_autoptr (KabConfig) by_default = NULL;

  g_setenv ("CREDENTIALS_DIRECTORY", directory, TRUE);
  by_name = kab_config_load (named, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (by_name->sms.token, ==, "webhook secret");
  absent = put_config ("sms.token-file", NULL);
  by_default = kab_config_load (absent, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (by_default->sms.token, ==, "sms secret");
  g_unsetenv ("CREDENTIALS_DIRECTORY");
}

/* The demo mode is what production refuses. */
static void
test_demo_mode (void)
{
  g_autofree char *file = put_config ("server.mode", "demo");
  g_autofree char *text = NULL;
  g_autofree char *local = NULL;
  g_autoptr (GRegex) host = g_regex_new ("host=.*", 0, 0, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (KabConfig) config = NULL;

  g_assert_true (g_file_get_contents (file, &text, NULL, NULL));
  local = g_regex_replace_literal (host, text, -1, 0, "host=127.0.0.1", 0, NULL);
  g_free (put ("server.conf", local, 0600));
  config = kab_config_load (file, &error);
  g_assert_no_error (error);
  g_assert_false (config->is_production);
}

static void
put_sandbox (void)
{
  g_free (
      put ("sandbox.json",
           "{\"sumsub\":{\"baseUrl\":\"http://127.0.0.1:1\",\"token\":\"sbx:t\",\"secret\":\"s\","
           "\"webhookSecret\":\"w\",\"photoLevel\":\"photo\",\"videoLevel\":\"video\"},\"sms\":{"
           "\"url\":\"http://127.0.0.1:2\",\"token\":\"t\"},"
           "\"smtp\":{\"host\":\"127.0.0.1\",\"port\":2525,\"caFile\":\"/ca.pem\",\"user\":\"u\","
           "\"password\":\"p\"}}",
           0600));
}

static void
test_demo (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) missing = NULL;
  g_autoptr (GError) incomplete = NULL;
  g_autoptr (KabConfig) config = NULL;
  g_autofree char *database = g_strdup_printf ("sqlite:%s/bank.sqlite3", directory);

  g_assert_null (kab_config_new_for_demo ("/nowhere", &missing));
  g_assert_error (missing, KAB_CONFIG_ERROR, KAB_CONFIG_ERROR_UNREADABLE);
  g_assert_nonnull (strstr (missing->message, "kabinets-sandbox"));
  g_free (put ("sandbox.json", "{\"sumsub\":{\"baseUrl\":1}}", 0600));
  g_assert_null (kab_config_new_for_demo (directory, &incomplete));
  g_assert_nonnull (strstr (incomplete->message, "[sumsub] baseUrl"));
  put_sandbox ();
  config = kab_config_new_for_demo (directory, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (config->store.url, ==, database);
  g_assert_cmpint (config->server.port, ==, 0);
  g_assert_cmpint (config->mail.port, ==, 2525);
  g_assert_cmpstr (config->sumsub.webhook_secret, ==, "w");
}

static GSubprocess *
spawn (const char *first, const char *second, const char *third, const char *fourth)
{
  g_autoptr (GError) error = NULL;
  GSubprocess *process =
      g_subprocess_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE |
                            G_SUBPROCESS_FLAGS_STDERR_PIPE,
                        &error, g_getenv ("KAB_TEST_SERVER"), first, second, third, fourth, NULL);

  g_assert_no_error (error);
  return process;
}

static void
assert_program (const char *first,
                const char *second,
                const char *third,
                int status,
                const char *says)
{
  g_autoptr (GSubprocess) process = spawn (first, second, third, NULL);
  g_autofree char *output = NULL;
  g_autofree char *errors = NULL;
  g_autofree char *both = NULL;

  g_assert_true (g_subprocess_communicate_utf8 (process, NULL, NULL, &output, &errors, NULL));
  both = g_strconcat (output, errors, NULL);
  g_assert_cmpint (g_subprocess_get_exit_status (process), ==, status);
  if (!strstr (both, says))
    g_error ("the program says “%s”", both);
}

static void
test_command_line (void)
{
  g_autofree char *good = put_config (NULL, NULL);

  assert_program ("--config", good, "--check-config", 0, "good");
  assert_program ("--version", NULL, NULL, 0, "kabinets-server ");
  assert_program (NULL, NULL, NULL, 64, "--demo DIR");
  assert_program ("--config", good, "extra", 64, "--demo DIR");
  assert_program ("--nonsense", NULL, NULL, 64, "--nonsense");
  assert_program ("--config", "/nowhere/server.conf", NULL, 78, "/nowhere/server.conf");
  assert_program ("--demo", "/nowhere", NULL, 78, "sandbox.json");
}

/* Returns: the port that the program announces in its first line */
static guint16
read_port (GSubprocess *process)
{
  g_autoptr (GDataInputStream) output =
      g_data_input_stream_new (g_subprocess_get_stdout_pipe (process));
  g_autofree char *line = g_data_input_stream_read_line (output, NULL, NULL, NULL);
  const char *prefix = "{\"address\":\"http://127.0.0.1:";

  g_filter_input_stream_set_close_base_stream (G_FILTER_INPUT_STREAM (output), FALSE);
  g_assert_true (line && g_str_has_prefix (line, prefix));
  return (guint16) g_ascii_strtoull (line + strlen (prefix), NULL, 10);
}

static void
test_program (gconstpointer data)
{
  int signal_number = GPOINTER_TO_INT (data);
  g_autoptr (GSubprocess) process = NULL;
  g_autofree char *bank = NULL;
  guint16 port;
  g_autoptr (KabTestReply) health = NULL;
  g_autoptr (KabTestReply) ready = NULL;
  g_autoptr (KabTestReply) metrics = NULL;

  put_sandbox ();
  bank = g_strconcat ("--bank=", g_getenv ("KAB_TEST_BANK"), NULL);
  process = spawn ("--demo", directory, "--exit-with-stdin", bank);
  port = read_port (process);
  health = kab_test_get (port, "/healthz", NULL);
  ready = kab_test_get (port, "/readyz", NULL);
  metrics = kab_test_get (port, "/metrics", NULL);
  g_assert_cmpuint (health->status, ==, 200);
  g_assert_cmpuint (ready->status, ==, 200);
  /* The demo bank shows its figures to nobody. */
  g_assert_cmpuint (metrics->status, ==, 404);
  if (signal_number)
    g_subprocess_send_signal (process, signal_number);
  else
    g_output_stream_close (g_subprocess_get_stdin_pipe (process), NULL, NULL);
  g_assert_true (g_subprocess_wait (process, NULL, NULL));
  g_assert_true (g_subprocess_get_if_exited (process));
  g_assert_cmpint (g_subprocess_get_exit_status (process), ==, 0);
}

static void
remove_directory (void)
{
  g_autoptr (GDir) dir = g_dir_open (directory, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)))
    {
      g_autofree char *path = g_build_filename (directory, name, NULL);

      g_unlink (path);
    }
  g_rmdir (directory);
}

int
main (int argc, char *argv[])
{
  int status;

  g_test_init (&argc, &argv, NULL);
  g_unsetenv ("CREDENTIALS_DIRECTORY");
  directory = g_dir_make_tmp ("kab-config-XXXXXX", NULL);
  put_secrets ();
  g_test_add_func ("/server/config/good", test_good);
  for (gsize i = 0; i < G_N_ELEMENTS (BAD_VALUES); i++)
    {
      g_autofree char *path =
          g_strdup_printf ("/server/config/bad/%s/%" G_GSIZE_FORMAT, BAD_VALUES[i].name, i);

      g_test_add_data_func (path, &BAD_VALUES[i], test_bad);
    }
  g_test_add_func ("/server/config/unreadable", test_unreadable);
  g_test_add_func ("/server/config/open-secret", test_open_secret);
  g_test_add_func ("/server/config/credentials", test_credentials);
  g_test_add_func ("/server/config/demo-mode", test_demo_mode);
  g_test_add_func ("/server/config/demo", test_demo);
  g_test_add_func ("/server/program/command-line", test_command_line);
  g_test_add_data_func ("/server/program/terminate", GINT_TO_POINTER (SIGTERM), test_program);
  g_test_add_data_func ("/server/program/interrupt", GINT_TO_POINTER (SIGINT), test_program);
  g_test_add_data_func ("/server/program/stdin-closes", GINT_TO_POINTER (0), test_program);
  status = g_test_run ();
  remove_directory ();
  g_free (directory);
  return status;
}
