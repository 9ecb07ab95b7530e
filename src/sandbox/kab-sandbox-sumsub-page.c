/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-sandbox-sumsub-page.h"

#include "kab-sandbox-crypto.h"
#include "kab-sandbox-json.h"

#include <string.h>

#define PAGE_PATH "/websdk/p"

/* What the page says, by language. */
typedef struct
{
  const char *code, *name;
  const char *title, *about, *question;
  const char *green, *retry, *final;
  const char *again, *pending, *passed, *refused, *gone_title, *gone, *back;
} Texts;

static const Texts texts[] = {
  {
      .code = "en",
      .name = "English",
      .title = "Photo identification (demo)",
      .about = "This page stands in for the bank's identification provider. No camera is used "
               "and no photo is taken. You choose how the check ends.",
      .question = "How shall the check end?",
      .green = "The check is passed",
      .retry = "The check must be repeated",
      .final = "The check fails",
      .again = "The provider asked for new photos. You can go through the check once more.",
      .pending = "Your photos are being checked. You can close this page: the result appears in "
                 "the bank's window by itself.",
      .passed = "The check is passed. You can close this page and go on in the bank's window.",
      .refused = "The check has failed and can't be repeated here. The bank's window says what "
                 "to do next.",
      .gone_title = "This link doesn't work any more",
      .gone = "It has expired or was never given out. Press “Start identification” in the bank's"
              " window to get a new one.",
      .back = "Back to the bank",
  },
  {
      .code = "lv",
      .name = "Latviešu",
      .title = "Fotoidentifikācija (demonstrācija)",
      .about = "Šī lapa aizstāj bankas identifikācijas pakalpojumu. Kamera netiek izmantota, un "
               "fotoattēli netiek uzņemti. Jūs izvēlaties, kā pārbaude beigsies.",
      .question = "Kā pārbaudei beigties?",
      .green = "Pārbaude ir izturēta",
      .retry = "Pārbaude jāatkārto",
      .final = "Pārbaude neizdodas",
      .again = "Ir vajadzīgi jauni fotoattēli. Pārbaudi varat iziet vēlreiz.",
      .pending = "Jūsu fotoattēli tiek pārbaudīti. Šo lapu varat aizvērt: rezultāts pats "
                 "parādīsies bankas logā.",
      .passed = "Pārbaude ir izturēta. Aizveriet šo lapu un turpiniet bankas logā.",
      .refused =
          "Pārbaude neizdevās, un šeit to atkārtot nevar. Bankas logā ir teikts, ko darīt tālāk.",
      .gone_title = "Šī saite vairs nedarbojas",
      .gone = "Tās termiņš ir beidzies vai tā nekad nav izsniegta. Lai saņemtu jaunu, bankas "
              "logā nospiediet „Sāciet identifikāciju”.",
      .back = "Atpakaļ uz banku",
  },
  {
      .code = "ru",
      .name = "Русский",
      .title = "Фотоидентификация (демонстрация)",
      .about =
          "Эта страница заменяет службу идентификации банка. Камера не используется, снимки не "
          "делаются. Вы выбираете, чем закончится проверка.",
      .question = "Чем закончить проверку?",
      .green = "Проверка пройдена",
      .retry = "Проверку нужно повторить",
      .final = "Проверка не пройдена",
      .again = "Нужны новые снимки. Проверку можно пройти ещё раз.",
      .pending = "Ваши снимки проверяются. Эту страницу можно закрыть: результат сам появится в "
                 "окне банка.",
      .passed = "Проверка пройдена. Закройте эту страницу и продолжайте в окне банка.",
      .refused = "Проверка не пройдена, и повторить её здесь нельзя. В окне банка сказано, что "
                 "делать дальше.",
      .gone_title = "Эта ссылка больше не работает",
      .gone = "Её срок истёк, или она не выдавалась. Чтобы получить новую, нажмите в окне банка "
              "«Начать идентификацию».",
      .back = "Назад в банк",
  },
};

static const char style[] =
    ":root{color-scheme:light dark;--paper:#fff;--ink:#1d1d20;--line:#5e5c64;--mark:#1a5fb4}"
    "@media(prefers-color-scheme:dark){:root{--paper:#1d1d20;--ink:#f6f5f4;--line:#9a9996;"
    "--mark:#99c1f1}}"
    "body{margin:0;background:var(--paper);color:var(--ink);"
    "font:1.125rem/1.5 system-ui,sans-serif}"
    "main,footer{max-width:34rem;margin:0 auto;padding:1.5rem}"
    "h1{font-size:1.6rem;line-height:1.25}"
    "fieldset{border:1px solid var(--line);border-radius:.75rem;padding:1rem}"
    "legend{font-weight:600;padding:0 .4rem}"
    "button{display:block;width:100%;min-height:3rem;margin:.6rem 0;padding:.6rem 1rem;"
    "font:inherit;text-align:start;color:inherit;background:transparent;"
    "border:2px solid var(--line);border-radius:.6rem;cursor:pointer}"
    "button:hover{border-color:var(--mark)}"
    ":focus-visible{outline:3px solid var(--mark);outline-offset:3px}"
    "a{color:var(--mark)}footer a{margin-inline-end:1rem}";

static const Texts *
texts_for (KabSandboxRequest *request)
{
  const char *wanted = kab_sandbox_request_get_query (request, "lang");

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    if (g_strcmp0 (texts[i].code, wanted) == 0)
      return &texts[i];
  return &texts[0];
}

static void
append_start (GString *page, const Texts *t, const char *title)
{
  g_string_append_printf (page,
                          "<!DOCTYPE html>\n<html lang=\"%s\"><head><meta charset=\"utf-8\">"
                          "<meta name=\"viewport\" content=\"width=device-width\">"
                          "<title>%s</title><style>%s</style></head>\n<body><main>\n<h1>%s</h1>\n",
                          t->code, title, style, title);
}

static void
append_end (GString *page, const Texts *t)
{
  g_string_append (page, "</main>\n<footer><nav>");
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    g_string_append_printf (page, "<a href=\"?lang=%s\" lang=\"%s\" hreflang=\"%s\"%s>%s</a>",
                            texts[i].code, texts[i].code, texts[i].code,
                            t == &texts[i] ? " aria-current=\"true\"" : "", texts[i].name);
  g_string_append (page, "</nav></footer></body></html>\n");
}

static void
append_form (GString *page, const Texts *t)
{
  const struct
  {
    const char *value, *label;
  } buttons[] = { { "green", t->green }, { "retry", t->retry }, { "final", t->final } };

  g_string_append_printf (page,
                          "<form method=\"post\" action=\"?lang=%s\"><fieldset>"
                          "<legend>%s</legend>\n",
                          t->code, t->question);
  for (gsize i = 0; i < G_N_ELEMENTS (buttons); i++)
    g_string_append_printf (page, "<button name=\"answer\" value=\"%s\">%s</button>\n",
                            buttons[i].value, buttons[i].label);
  g_string_append (page, "</fieldset></form>\n");
}

/* The token that goes back with the browser: a comfort, never a result; forged on demand. */
static char *
make_return_token (KabSandboxScript *script, KabSandboxLink *link)
{
  gboolean expired = kab_sandbox_script_take (script, "sumsub", "redirect-expired");
  gboolean other = kab_sandbox_script_take (script, "sumsub", "redirect-other-sub");
  gint64 now = kab_sandbox_script_get_time (script) / G_USEC_PER_SEC - (expired ? 7200 : 0);
  g_autoptr (JsonObject) object = kab_sandbox_json_strings (
      "sub", other ? "somebody-else" : link->external_user_id, "aud", "kabinets", NULL);
  g_autofree char *claims = NULL;
  g_autofree char *token = NULL;

  json_object_set_int_member (object, "iat", now);
  json_object_set_int_member (object, "exp", now + 3600);
  claims = kab_sandbox_json_print (object, FALSE);
  if (kab_sandbox_script_take (script, "sumsub", "redirect-other-key"))
    return kab_sandbox_jwt_hs256 ("{\"alg\":\"HS256\"}", claims, "another key");
  if (!kab_sandbox_script_take (script, "sumsub", "redirect-alg-none"))
    return kab_sandbox_jwt_hs256 ("{\"alg\":\"HS256\"}", claims, link->sign_key);
  token = kab_sandbox_jwt_hs256 ("{\"alg\":\"none\"}", claims, link->sign_key);
  *(strrchr (token, '.') + 1) = '\0';
  return g_steal_pointer (&token);
}

static void
append_return (GString *page,
               const Texts *t,
               KabSandboxScript *script,
               KabSandboxLink *link,
               const char *outcome)
{
  const char *url = g_str_equal (outcome, "green") ? link->success_url : link->reject_url;
  g_autofree char *full = NULL;
  g_autofree char *escaped = NULL;

  if (!url)
    return;
  if (link->sign_key)
    {
      g_autofree char *token = make_return_token (script, link);
      full = g_strdup_printf ("%s%cjwt=%s", url, strchr (url, '?') ? '&' : '?', token);
    }
  escaped = g_markup_escape_text (full ? full : url, -1);
  g_string_append_printf (page, "<p><a href=\"%s\">%s</a></p>\n", escaped, t->back);
}

static void
reply_page (KabSandboxRequest *request, guint status, GString *page)
{
  SoupMessageHeaders *headers =
      soup_server_message_get_response_headers (kab_sandbox_request_get_message (request));

  soup_message_headers_replace (headers, "Content-Security-Policy",
                                "default-src 'none'; style-src 'unsafe-inline'; "
                                "form-action 'self'; frame-ancestors 'none'");
  soup_message_headers_replace (headers, "Referrer-Policy", "no-referrer");
  kab_sandbox_request_reply (request, status, "text/html; charset=utf-8", page->str);
}

static void
reply_gone (KabSandboxRequest *request)
{
  const Texts *t = texts_for (request);
  g_autoptr (GString) page = g_string_new (NULL);

  append_start (page, t, t->gone_title);
  g_string_append_printf (page, "<p>%s</p>\n", t->gone);
  append_end (page, t);
  reply_page (request, 410, page);
}

static void
reply_state (KabSandboxSumsub *self,
             KabSandboxRequest *request,
             KabSandboxLink *link,
             KabSandboxApplicant *applicant)
{
  const Texts *t = texts_for (request);
  const char *outcome = kab_sandbox_applicant_get_outcome (applicant);
  gboolean retry = g_strcmp0 (outcome, "retry") == 0;
  g_autoptr (GString) page = g_string_new (NULL);

  append_start (page, t, t->title);
  if (kab_sandbox_applicant_is_busy (applicant))
    g_string_append_printf (page, "<p role=\"status\">%s</p>\n", t->pending);
  else if (outcome && !retry)
    g_string_append_printf (page, "<p role=\"status\">%s</p>\n",
                            g_str_equal (outcome, "green") ? t->passed : t->refused);
  else
    {
      g_string_append_printf (page, "<p>%s</p>\n", t->about);
      if (retry)
        g_string_append_printf (page, "<p role=\"status\">%s</p>\n", t->again);
      append_form (page, t);
    }
  if (outcome)
    append_return (page, t, kab_sandbox_sumsub_get_script (self), link, outcome);
  append_end (page, t);
  reply_page (request, 200, page);
}

/* The applicant exists at the latest when the link is opened, at the link's level. */
static KabSandboxApplicant *
open_link (KabSandboxSumsub *self, KabSandboxLink *link)
{
  KabSandboxApplicant *applicant = kab_sandbox_sumsub_find_user (self, link->external_user_id);

  if (!applicant)
    {
      g_autoptr (JsonObject) profile = json_object_new ();
      applicant = kab_sandbox_sumsub_create (self, link->external_user_id, link->level, profile);
    }
  else if (!kab_sandbox_applicant_is_busy (applicant) &&
           !g_str_equal (kab_sandbox_applicant_get_level (applicant), link->level))
    {
      kab_sandbox_applicant_set_level (applicant, link->level);
      kab_sandbox_sumsub_changed (self, applicant, "applicantLevelChanged");
    }
  if (!link->opened)
    {
      link->opened = TRUE;
      kab_sandbox_sumsub_changed (self, applicant, "applicantVerificationLinkOpened");
    }
  return applicant;
}

static gboolean
may_choose (KabSandboxApplicant *applicant)
{
  const char *outcome = kab_sandbox_applicant_get_outcome (applicant);

  return !kab_sandbox_applicant_is_busy (applicant) && (!outcome || g_str_equal (outcome, "retry"));
}

static void
take_choice (KabSandboxSumsub *self, KabSandboxRequest *request, KabSandboxApplicant *applicant)
{
  GBytes *body = kab_sandbox_request_get_body (request);
  g_autofree char *text = g_strndup (g_bytes_get_data (body, NULL), g_bytes_get_size (body));
  g_autoptr (GHashTable) form = soup_form_decode (text);
  const char *answer = g_hash_table_lookup (form, "answer");
  g_autoptr (JsonObject) result = kab_sandbox_applicant_result_of (applicant, answer);
  g_autofree char *location = NULL;

  if (!result)
    {
      kab_sandbox_request_reply (request, 400, "text/plain", "There is no such choice.\n");
      return;
    }
  if (may_choose (applicant))
    kab_sandbox_sumsub_choose (self, applicant, answer);
  location = g_strconcat (kab_sandbox_request_get_path (request),
                          "?lang=", texts_for (request)->code, NULL);
  kab_sandbox_request_reply (request, 303, "text/plain", "");
  soup_message_headers_replace (
      soup_server_message_get_response_headers (kab_sandbox_request_get_message (request)),
      "Location", location);
}

static void
handle_page (KabSandboxRequest *request, gpointer data)
{
  KabSandboxSumsub *self = data;
  g_auto (GStrv) values = NULL;
  gboolean posts = kab_sandbox_request_match (request, "POST", PAGE_PATH "/*", &values);
  KabSandboxLink *link = NULL;
  KabSandboxApplicant *applicant;

  if (posts || kab_sandbox_request_match (request, "GET", PAGE_PATH "/*", &values))
    link = kab_sandbox_sumsub_find_link (self, values[0]);
  if (!link)
    {
      reply_gone (request);
      return;
    }
  applicant = open_link (self, link);
  if (posts)
    take_choice (self, request, applicant);
  else
    reply_state (self, request, link, applicant);
}

/**
 * kab_sandbox_sumsub_page_serve:
 * @sumsub: the provider
 * @http: where to answer
 *
 * Serves the page behind a link. It says that it is a stand-in and offers the three ends that a
 * check can have; it needs no script, so it works with a keyboard, a screen reader and a phone.
 */
void
kab_sandbox_sumsub_page_serve (KabSandboxSumsub *sumsub, KabSandboxHttp *http)
{
  kab_sandbox_http_serve (http, PAGE_PATH, 0, NULL, handle_page, sumsub);
}
