/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-sandbox-fixture.h"

#include "kab-sandbox-dialogue.h"
#include "kab-sandbox-json.h"
#include "kab-sandbox-mail.h"

#include <curl/curl.h>
#include <string.h>

static const char letter[] = "From: =?UTF-8?Q?Demonstr=C4=81cijas_banka?= <bank@bank.example>\r\n"
                             "To: anna@example.org\r\n"
                             "Subject: =?UTF-8?B?SsWrc3Uga29kcw==?=\r\n"
                             "MIME-Version: 1.0\r\n"
                             "Content-Type: multipart/alternative; boundary=b\r\n"
                             "\r\n"
                             "--b\r\n"
                             "Content-Type: text/plain; charset=utf-8\r\n"
                             "Content-Transfer-Encoding: quoted-printable\r\n"
                             "\r\n"
                             "J=C5=ABsu kods: 123456\r\n"
                             ".sakums ar punktu\r\n"
                             "--b\r\n"
                             "Content-Type: text/html; charset=utf-8\r\n"
                             "\r\n"
                             "<p>html</p>\r\n"
                             "--b--\r\n";

/* What libcurl is to do in its own thread, while the server runs in this one. */
typedef struct
{
  char *url, *user, *password, *authority, *recipient;
  gboolean secure;
  const char *login_options;
  gsize sent;
  CURLcode code;
  long status;
  gint done;
} Posting;

static size_t
read_letter_cb (char *buffer, size_t size, size_t n, void *user_data)
{
  Posting *posting = user_data;
  gsize length = MIN (size * n, strlen (letter) - posting->sent);

  memcpy (buffer, letter + posting->sent, length);
  posting->sent += length;
  return length;
}

static gpointer
post (gpointer user_data)
{
  Posting *posting = user_data;
  CURL *curl = curl_easy_init ();
  struct curl_slist *recipients = curl_slist_append (NULL, posting->recipient);

  curl_easy_setopt (curl, CURLOPT_URL, posting->url);
  curl_easy_setopt (curl, CURLOPT_USE_SSL,
                    posting->secure ? (long) CURLUSESSL_ALL : (long) CURLUSESSL_NONE);
  curl_easy_setopt (curl, CURLOPT_CAINFO, posting->authority);
  curl_easy_setopt (curl, CURLOPT_USERNAME, posting->user);
  curl_easy_setopt (curl, CURLOPT_PASSWORD, posting->password);
  curl_easy_setopt (curl, CURLOPT_LOGIN_OPTIONS, posting->login_options);
  curl_easy_setopt (curl, CURLOPT_MAIL_FROM, "<bank@bank.example>");
  curl_easy_setopt (curl, CURLOPT_MAIL_RCPT, recipients);
  curl_easy_setopt (curl, CURLOPT_READFUNCTION, read_letter_cb);
  curl_easy_setopt (curl, CURLOPT_READDATA, posting);
  curl_easy_setopt (curl, CURLOPT_UPLOAD, 1L);
  curl_easy_setopt (curl, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt (curl, CURLOPT_PROXY, "");
  curl_easy_setopt (curl, CURLOPT_TIMEOUT, 15L);
  posting->code = curl_easy_perform (curl);
  curl_easy_getinfo (curl, CURLINFO_RESPONSE_CODE, &posting->status);
  curl_slist_free_all (recipients);
  curl_easy_cleanup (curl);
  g_atomic_int_set (&posting->done, 1);
  g_main_context_wakeup (NULL);
  return NULL;
}

static gboolean
is_posted (gpointer data)
{
  return g_atomic_int_get (&((Posting *) data)->done);
}

static Posting *
new_posting (KabSandboxFixture *fixture)
{
  Posting *posting = g_new0 (Posting, 1);
  JsonObject *smtp = kab_sandbox_json_member (fixture->description, "smtp");

  posting->url = g_strdup_printf ("smtp://%s:%d/bank.example", kab_sandbox_json_text (smtp, "host"),
                                  (int) json_object_get_int_member (smtp, "port"));
  posting->user = g_strdup (kab_sandbox_json_text (smtp, "user"));
  posting->password = g_strdup (kab_sandbox_json_text (smtp, "password"));
  posting->authority = g_strdup (kab_sandbox_json_text (smtp, "caFile"));
  posting->recipient = g_strdup ("<anna@example.org>");
  posting->secure = TRUE;
  return posting;
}

static void
free_posting (Posting *posting)
{
  g_free (posting->url);
  g_free (posting->user);
  g_free (posting->password);
  g_free (posting->authority);
  g_free (posting->recipient);
  g_free (posting);
}

static CURLcode
run_posting (Posting *posting)
{
  GThread *thread;

  posting->done = 0;
  posting->sent = 0;
  thread = g_thread_new ("curl", post, posting);
  kab_sandbox_fixture_wait (is_posted, posting);
  g_thread_join (thread);
  return posting->code;
}

static JsonArray *
mails (KabSandboxFixture *fixture)
{
  return kab_sandbox_script_get_records (kab_sandbox_get_script (fixture->sandbox), "smtp");
}

static void
test_posting (KabSandboxFixture *fixture, gconstpointer data)
{
  Posting *posting = new_posting (fixture);
  g_autoptr (JsonArray) received = NULL;
  JsonObject *mail;

  posting->login_options = data;
  g_assert_cmpint (run_posting (posting), ==, CURLE_OK);
  received = mails (fixture);
  g_assert_cmpuint (json_array_get_length (received), ==, 1);
  mail = json_array_get_object_element (received, 0);
  g_assert_cmpstr (kab_sandbox_json_text (mail, "sender"), ==, "bank@bank.example");
  g_assert_cmpstr (kab_sandbox_json_text (mail, "subject"), ==, "Jūsu kods");
  g_assert_cmpstr (kab_sandbox_json_text (mail, "from"), ==,
                   "Demonstrācijas banka <bank@bank.example>");
  g_assert_nonnull (strstr (kab_sandbox_json_text (mail, "text"), "Jūsu kods: 123456"));
  g_assert_nonnull (strstr (kab_sandbox_json_text (mail, "text"), "\n.sakums"));
  free_posting (posting);
}

static void
test_refused_posting (KabSandboxFixture *fixture, gconstpointer data)
{
  Posting *posting = new_posting (fixture);
  g_autoptr (JsonArray) received = NULL;

  posting->secure = FALSE;
  g_assert_cmpint (run_posting (posting), !=, CURLE_OK);
  posting->secure = TRUE;
  g_set_str (&posting->password, "wrong");
  g_assert_cmpint (run_posting (posting), ==, CURLE_LOGIN_DENIED);
  g_set_str (&posting->password, kab_sandbox_fixture_get (fixture, "smtp", "password"));
  g_set_str (&posting->authority, "/etc/ssl/certs/ca-certificates.crt");
  g_assert_cmpint (run_posting (posting), ==, CURLE_PEER_FAILED_VERIFICATION);
  received = mails (fixture);
  g_assert_cmpuint (json_array_get_length (received), ==, 0);
  free_posting (posting);
}

static void
test_wrong_answers (KabSandboxFixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *what;
    long status; /* 0: the connection broke */
    guint mails;
  } orders[] = {
    { "temporary-failure", 451, 0 }, { "permanent-failure", 550, 0 }, { "slow", 250, 1 },
    { "accept-twice", 250, 2 },      { "drop-in-data", 0, 0 },        { "lost-reply", 0, 1 }
  };

  for (gsize i = 0; i < G_N_ELEMENTS (orders); i++)
    {
      Posting *posting = new_posting (fixture);
      g_autofree char *body =
          g_strdup_printf ("{\"provider\":\"smtp\",\"what\":\"%s\"}", orders[i].what);
      g_autoptr (JsonArray) received = NULL;

      kab_sandbox_script_forget (kab_sandbox_get_script (fixture->sandbox));
      g_assert_cmpuint (kab_sandbox_fixture_control (fixture, "behaviour", body), ==, 200);
      run_posting (posting);
      g_assert_cmpint (posting->code == CURLE_OK, ==, orders[i].status == 250);
      if (orders[i].status && orders[i].status != 250)
        g_assert_cmpint (posting->status, ==, orders[i].status);
      received = mails (fixture);
      g_assert_cmpuint (json_array_get_length (received), ==, orders[i].mails);
      free_posting (posting);
    }
}

/* The dialogue without a connection. */
typedef struct
{
  KabSandboxScript *script;
  KabSandboxDialogue *dialogue;
  GString *reply;
  GBytes *mail;
  char *recipients;
} Talk;

static void
take_mail (const char *sender, const char *const *recipients, GBytes *source, gpointer user_data)
{
  Talk *talk = user_data;

  g_clear_pointer (&talk->mail, g_bytes_unref);
  talk->mail = g_bytes_ref (source);
  g_free (talk->recipients);
  talk->recipients = g_strjoinv (",", (char **) recipients);
}

static void
talk_set_up (Talk *talk, gconstpointer data)
{
  talk->script = kab_sandbox_script_new ();
  talk->dialogue = kab_sandbox_dialogue_new (talk->script, "user", "pass", take_mail, talk);
  talk->reply = g_string_new (NULL);
}

static void
talk_tear_down (Talk *talk, gconstpointer data)
{
  g_object_unref (talk->dialogue);
  g_object_unref (talk->script);
  g_string_free (talk->reply, TRUE);
  g_clear_pointer (&talk->mail, g_bytes_unref);
  g_free (talk->recipients);
}

/* Says a line, without CR LF, and checks the code of the answer; 0 is no answer. */
static KabSandboxStep
say_bytes (Talk *talk, const char *line, gsize length, int code)
{
  KabSandboxStep step;

  g_string_truncate (talk->reply, 0);
  step = kab_sandbox_dialogue_feed (talk->dialogue, line, length, talk->reply);
  g_assert_cmpint (atoi (talk->reply->str), ==, code);
  return step;
}

static KabSandboxStep
say (Talk *talk, const char *line, int code)
{
  g_autofree char *full = g_strconcat (line, "\r", NULL);

  return say_bytes (talk, full, strlen (full), code);
}

static void
sign_in (Talk *talk)
{
  say (talk, "EHLO bank", 250);
  g_assert_cmpint (say (talk, "STARTTLS", 220), ==, KAB_SANDBOX_STEP_START_TLS);
  kab_sandbox_dialogue_secured (talk->dialogue);
  say (talk, "EHLO bank", 250);
  say (talk, "AUTH PLAIN AHVzZXIAcGFzcw==", 235);
}

static void
test_order (Talk *talk, gconstpointer data)
{
  say (talk, "MAIL FROM:<a@b>", 530);
  say (talk, "AUTH PLAIN AHVzZXIAcGFzcw==", 538);
  say (talk, "RCPT TO:<a@b>", 503);
  say (talk, "DATA", 503);
  say (talk, "EHLO bank", 250);
  g_assert_nonnull (strstr (talk->reply->str, "250 STARTTLS"));
  g_assert_null (strstr (talk->reply->str, "AUTH"));
  say (talk, "STARTTLS", 220);
  kab_sandbox_dialogue_secured (talk->dialogue);
  say (talk, "AUTH PLAIN AHVzZXIAcGFzcw==", 503);
  say (talk, "EHLO bank", 250);
  g_assert_nonnull (strstr (talk->reply->str, "250 AUTH PLAIN LOGIN"));
  g_assert_null (strstr (talk->reply->str, "STARTTLS"));
  say (talk, "MAIL FROM:<a@b>", 530);
  say (talk, "STARTTLS", 503);
  say (talk, "AUTH PLAIN AHVzZXIAd3Jvbmc=", 535);
}

static void
test_sign_in (Talk *talk, gconstpointer data)
{
  say (talk, "EHLO bank", 250);
  say (talk, "STARTTLS", 220);
  kab_sandbox_dialogue_secured (talk->dialogue);
  say (talk, "EHLO bank", 250);
  say (talk, "AUTH CRAM-MD5", 504);
  say (talk, "AUTH PLAIN", 334);
  say (talk, "*", 501);
  say (talk, "AUTH PLAIN", 334);
  say (talk, "!!", 501);
  say (talk, "AUTH LOGIN", 334);
  say (talk, "dXNlcg==", 334);
  say (talk, "cGFzcw==", 235);
  say (talk, "AUTH LOGIN", 503);
}

static void
test_malformed (Talk *talk, gconstpointer data)
{
  static const struct
  {
    const char *line;
    int code;
  } lines[] = {
    { "", 500 },
    { "MAIL", 501 },
    { "MAIL FROM:a@b", 501 },
    { "MAIL FROM:<a b@c>", 501 },
    { "MAIL FROM:<@c>", 501 },
    { "MAIL FROM:<a@b>x", 501 },
    { "MAIL FROM:<a@b> RET=HDRS", 555 },
    { "MAIL FROM:<a@b> SIZE=x", 501 },
    { "MAIL FROM:<a@b> SIZE=999999999", 552 },
  };
  g_autofree char *longest = g_strnfill (600, 'x');

  for (gsize i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      Talk fresh = { 0 };

      talk_set_up (&fresh, NULL);
      sign_in (&fresh);
      say (&fresh, lines[i].line, lines[i].code);
      say (&fresh, "MAIL FROM:<a@b> SIZE=5 BODY=8BITMIME", 250);
      talk_tear_down (&fresh, NULL);
    }
  sign_in (talk);
  say_bytes (talk, "NOOP", 4, 500);
  say_bytes (talk, "NO\0OP\r", 6, 500);
  say_bytes (talk, "NO\rOP\r", 6, 500);
  say_bytes (talk, "NOOP \xff\r", 7, 500);
  say (talk, longest, 500);
  say (talk, "MAIL FROM:<\303\246@b>", 553);
  say (talk, "MAIL FROM:<\303\246@b> SMTPUTF8", 250);
  say (talk, "RCPT TO:<>", 501);
  say (talk, "RCPT TO:<a@b> NOTIFY=NEVER", 501);
  say (talk, "VRFY staff", 500);
  g_assert_cmpint (say (talk, "EXPN staff", 421), ==, KAB_SANDBOX_STEP_CLOSE);
}

static void
test_data (Talk *talk, gconstpointer data)
{
  sign_in (talk);
  say (talk, "MAIL FROM:<a@b>", 250);
  say (talk, "DATA", 554);
  say (talk, "RCPT TO:<c@d>", 250);
  say (talk, "RCPT TO:<e@f>", 250);
  say (talk, "DATA", 354);
  say (talk, "Subject: x", 0);
  say (talk, "", 0);
  say (talk, "..", 0);
  say (talk, ".a", 0);
  say (talk, "QUIT", 0);
  say (talk, ".", 250);
  g_assert_cmpstr (talk->recipients, ==, "c@d,e@f");
  g_assert_cmpmem (g_bytes_get_data (talk->mail, NULL), g_bytes_get_size (talk->mail),
                   "Subject: x\r\n\r\n.\r\na\r\nQUIT\r\n", 26);
  say (talk, "RCPT TO:<c@d>", 503);
  g_assert_cmpint (say (talk, "QUIT", 221), ==, KAB_SANDBOX_STEP_CLOSE);
}

/* A dot after a bare line feed doesn't end a mail: that is how mails are smuggled. */
static void
test_smuggling (Talk *talk, gconstpointer data)
{
  sign_in (talk);
  say (talk, "MAIL FROM:<a@b>", 250);
  say (talk, "RCPT TO:<c@d>", 250);
  say (talk, "DATA", 354);
  say (talk, "x", 0);
  say_bytes (talk, ".", 1, 0);
  say (talk, "MAIL FROM:<evil@b>", 0);
  say (talk, ".", 554);
  g_assert_null (talk->mail);
  say (talk, "RSET", 250);
  say (talk, "NOOP", 250);
}

static void
test_long_text (Talk *talk, gconstpointer data)
{
  g_autofree char *fits = g_strnfill (998, 'x');
  g_autofree char *too_long = g_strnfill (999, 'x');

  sign_in (talk);
  for (int i = 0; i < 2; i++)
    {
      say (talk, "MAIL FROM:<a@b>", 250);
      say (talk, "RCPT TO:<c@d>", 250);
      say (talk, "DATA", 354);
      say (talk, i == 0 ? fits : too_long, 0);
      say (talk, ".", i == 0 ? 250 : 554);
    }
}

/* Words in clear text right behind STARTTLS are not taken for encrypted ones. */
static void
test_injection (KabSandboxFixture *fixture, gconstpointer data)
{
  JsonObject *smtp = kab_sandbox_json_member (fixture->description, "smtp");
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GSocketConnection) connection = NULL;
  g_autoptr (GString) reply = g_string_new (NULL);
  static const char text[] = "EHLO x\r\nSTARTTLS\r\nRSET\r\n";
  GSocket *socket;
  char buffer[1024];
  gssize n;

  g_socket_client_set_enable_proxy (client, FALSE);
  connection = g_socket_client_connect_to_host (
      client, "127.0.0.1", json_object_get_int_member (smtp, "port"), NULL, NULL);
  g_assert_nonnull (connection);
  socket = g_socket_connection_get_socket (connection);
  g_assert_cmpint (g_socket_send (socket, text, strlen (text), NULL, NULL), ==, strlen (text));
  g_socket_set_blocking (socket, FALSE);
  while ((n = g_socket_receive (socket, buffer, sizeof buffer, NULL, NULL)) != 0)
    {
      if (n > 0)
        g_string_append_len (reply, buffer, n);
      else
        g_main_context_iteration (NULL, FALSE);
    }
  g_assert_nonnull (strstr (reply->str, "554 5.5.1"));
  g_assert_null (strstr (reply->str, "220 2.0.0"));
}

static void
test_mail_forms (void)
{
  static const struct
  {
    const char *source, *subject, *text;
  } forms[] = {
    { "Subject: plain\r\n\r\nhello\r\n", "plain", "hello" },
    { "Subject: b64\r\nContent-Type: text/plain; charset=utf-8\r\n"
      "Content-Transfer-Encoding: base64\r\n\r\nxIHEjQ==\r\n",
      "b64", "āč" },
    { "Subject: old\r\nContent-Type: text/plain; charset=iso-8859-4\r\n"
      "Content-Transfer-Encoding: 8bit\r\n\r\n\340\r\n",
      "old", "ā" },
    { "Subject: html\r\nContent-Type: text/html\r\n\r\n<p>x</p>\r\n", "html", "" },
    { "", "", "" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (forms); i++)
    {
      g_autoptr (GBytes) source = g_bytes_new_static (forms[i].source, strlen (forms[i].source));
      g_autoptr (KabSandboxMail) mail = kab_sandbox_mail_new (source);

      g_assert_cmpstr (mail->subject, ==, forms[i].subject);
      g_assert_cmpstr (g_strchomp (mail->text), ==, forms[i].text);
    }
}

#define ADD(path, data, function)                                                                  \
  g_test_add ("/sandbox/smtp/" path, KabSandboxFixture, data, kab_sandbox_fixture_set_up,          \
              function, kab_sandbox_fixture_tear_down)
#define ADD_TALK(path, function)                                                                   \
  g_test_add ("/sandbox/smtp/" path, Talk, NULL, talk_set_up, function, talk_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  curl_global_init (CURL_GLOBAL_DEFAULT);
  ADD ("plain", "AUTH=PLAIN", test_posting);
  ADD ("login", "AUTH=LOGIN", test_posting);
  ADD ("refused", NULL, test_refused_posting);
  ADD ("wrong-answers", NULL, test_wrong_answers);
  ADD ("injection", NULL, test_injection);
  ADD_TALK ("order", test_order);
  ADD_TALK ("sign-in", test_sign_in);
  ADD_TALK ("malformed", test_malformed);
  ADD_TALK ("data", test_data);
  ADD_TALK ("smuggling", test_smuggling);
  ADD_TALK ("long-text", test_long_text);
  g_test_add_func ("/sandbox/smtp/mail-forms", test_mail_forms);
  return g_test_run ();
}
