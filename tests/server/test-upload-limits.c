/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Whose an upload is, how many there may be, and when one ends. */

#include "kab-expiry.h"
#include "kab-file-rules.h"
#include "kab-uploads.h"
#include "upload-fixture.h"

/* Nobody else sees an upload, not even that it is there; an unfinished one is no file. */
static void
test_rights (KabTestDesk *desk)
{
  g_auto (Person) owner = { 0 };
  g_auto (Person) stranger = { 0 };
  g_auto (Person) clerk = { 0 };
  const Person *others[] = { &stranger, &clerk };
  g_autofree char *id = NULL;
  g_autofree char *file = NULL;
  g_autoptr (KabTestReply) unfinished = NULL;

  person_init (&owner, desk, "client");
  person_init (&stranger, desk, "client");
  person_init (&clerk, desk, "staff");
  id = kab_test_desk_begin (desk, owner.token, "a.pdf", 5);
  file = g_strconcat ("/v1/files/", id, NULL);
  unfinished = kab_test_desk_get (desk, owner.token, file);
  kab_test_assert_problem (unfinished, 404, "not-found");
  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    {
      g_autoptr (KabTestReply) head = ask (desk, others[i], "HEAD", id, TUS);
      g_autoptr (KabTestReply) patch =
          ask (desk, others[i], "PATCH", id, TUS OCTETS "Upload-Offset: 0\r\n");
      g_autoptr (KabTestReply) end = ask (desk, others[i], "DELETE", id, TUS);
      g_autoptr (KabTestReply) get = kab_test_desk_get (desk, others[i]->token, file);

      g_assert_cmpuint (head->status, ==, 404);
      kab_test_assert_problem (patch, 404, "not-found");
      kab_test_assert_problem (end, 404, "not-found");
      kab_test_assert_problem (get, 404, "not-found");
    }
}

static void
test_termination (KabTestDesk *desk)
{
  g_auto (Person) person = { 0 };
  g_autofree char *id = NULL;
  g_autoptr (KabTestReply) done = NULL;
  g_autoptr (KabTestReply) again = NULL;

  person_init (&person, desk, "client");
  id = kab_test_desk_begin (desk, person.token, "a.pdf", 5);
  done = ask (desk, &person, "DELETE", id, TUS);
  g_assert_cmpuint (done->status, ==, 204);
  again = ask (desk, &person, "DELETE", id, TUS);
  kab_test_assert_problem (again, 404, "not-found");
}

/* Who begins and never ends stops getting more; a deleted one makes room. */
static void
test_quota (KabTestDesk *desk)
{
  g_auto (Person) person = { 0 };
  g_auto (Person) other = { 0 };
  g_autofree char *last = NULL;
  g_autoptr (KabTestReply) refused = NULL;
  g_autoptr (KabTestReply) removed = NULL;

  person_init (&person, desk, "client");
  person_init (&other, desk, "client");
  for (guint i = 0; i < KAB_UPLOAD_COUNT_MAX; i++)
    {
      g_free (last);
      last = kab_test_desk_begin (desk, person.token, "a.pdf", 5);
    }
  refused = ask (desk, &person, "POST", NULL, KEY TUS NAMED "Upload-Length: 5\r\n");
  kab_test_assert_problem (refused, 409, "too-many-uploads");
  g_free (kab_test_desk_begin (desk, other.token, "a.pdf", 5));
  removed = ask (desk, &person, "DELETE", last, TUS);
  g_assert_cmpuint (removed->status, ==, 204);
  g_free (kab_test_desk_begin (desk, person.token, "a.pdf", 5));
}

static void
test_quota_bytes (KabTestDesk *desk)
{
  g_auto (Person) person = { 0 };
  g_autoptr (KabTestReply) refused = NULL;

  person_init (&person, desk, "client");
  for (guint i = 0; i < KAB_UPLOAD_TOTAL_MAX / KAB_FILE_SIZE_MAX; i++)
    g_free (kab_test_desk_begin (desk, person.token, "a.pdf", KAB_FILE_SIZE_MAX));
  refused = ask (desk, &person, "POST", NULL, KEY TUS NAMED "Upload-Length: 157286400\r\n");
  kab_test_assert_problem (refused, 409, "too-many-uploads");
}

static void
keep_house (KabTestDesk *desk)
{
  g_autoptr (GError) error = NULL;

  kab_expiry_run (desk->bank->context, &error);
  g_assert_no_error (error);
}

/* 410 while it is still known, then gone; each piece puts the end off. */
static void
test_expiry (KabTestDesk *desk)
{
  g_auto (Person) person = { 0 };
  g_autoptr (GBytes) start = make_pdf (5000);
  g_autofree char *id = NULL;
  g_autoptr (KabTestReply) going_on = NULL;
  g_autoptr (KabTestReply) late = NULL;
  g_autoptr (KabTestReply) expired = NULL;

  person_init (&person, desk, "client");
  id = kab_test_desk_begin (desk, person.token, "a.pdf", 6000);
  kab_test_bank_pass_time (desk->bank, KAB_UPLOAD_LIFETIME - G_TIME_SPAN_MINUTE);
  g_free (person.token);
  person.token = kab_test_bank_sign_in (desk->bank, person.id);
  keep_house (desk);
  going_on = kab_test_desk_append (desk, person.token, id, 0, start);
  g_assert_cmpuint (going_on->status, ==, 204);
  kab_test_bank_pass_time (desk->bank, KAB_UPLOAD_LIFETIME - G_TIME_SPAN_MINUTE);
  keep_house (desk);
  g_free (person.token);
  person.token = kab_test_bank_sign_in (desk->bank, person.id);
  assert_offset (desk, &person, id, "5000");
  kab_test_bank_pass_time (desk->bank, 2 * G_TIME_SPAN_MINUTE);
  late = ask (desk, &person, "HEAD", id, TUS);
  g_assert_cmpuint (late->status, ==, 410);
  expired = ask (desk, &person, "PATCH", id, TUS OCTETS "Upload-Offset: 5000\r\n");
  kab_test_assert_problem (expired, 410, "upload-expired");
  keep_house (desk);
  g_assert_cmpint (kab_test_desk_count (desk, "files"), ==, 0);
  g_assert_cmpint (kab_test_desk_count (desk, "file_chunks"), ==, 0);
}

/* A session that ends during an upload ends the upload. */
static void
test_session_ended (KabTestDesk *desk)
{
  g_auto (Person) person = { 0 };
  g_autoptr (GBytes) pdf = make_pdf (100);
  g_autofree char *id = NULL;
  g_autoptr (KabTestReply) refused = NULL;

  person_init (&person, desk, "client");
  id = kab_test_desk_begin (desk, person.token, "a.pdf", 100);
  kab_test_bank_pass_time (desk->bank,
                           desk->bank->context->session_limits.idle + G_TIME_SPAN_SECOND);
  refused = kab_test_desk_append (desk, person.token, id, 0, pdf);
  kab_test_assert_problem (refused, 401, "unauthenticated");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  kab_test_desk_add ("/uploads/rights", test_rights);
  kab_test_desk_add ("/uploads/termination", test_termination);
  kab_test_desk_add ("/uploads/quota", test_quota);
  kab_test_desk_add ("/uploads/quota-bytes", test_quota_bytes);
  kab_test_desk_add ("/uploads/expiry", test_expiry);
  kab_test_desk_add ("/uploads/session-ended", test_session_ended);
  return g_test_run ();
}
