/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Files on their way back: parts of them, so that a download can go on where it broke off. */

#include "upload-fixture.h"

/* A part of a file over the pieces of the store, to its end or to a byte. */
static void
test_parts (KabTestDesk *desk)
{
  enum
  {
    LENGTH = 600000
  };
  static const struct
  {
    const char *range;
    gsize first;
    gsize last;
  } parts[] = {
    { "bytes=0-0", 0, 0 },
    { "bytes=1-262144", 1, 262144 },
    { "bytes=262143-262144", 262143, 262144 },
    { "bytes=300000-", 300000, LENGTH - 1 },
    { "bytes=-5", LENGTH - 5, LENGTH - 1 },
    { "bytes=-999999999", 0, LENGTH - 1 },
    { "bytes=599999-999999999", LENGTH - 1, LENGTH - 1 },
  };
  static const char *const whole[] = { "bytes=5-4",
                                       "bytes=0-1,5-6",
                                       "bytes=",
                                       "bytes=-",
                                       "bytes=a-b",
                                       "items=0-1",
                                       "bytes=0-1\r\nIf-Range: \"other\"" };
  static const char *const beyond[] = { "bytes=600000-", "bytes=-0" };
  g_auto (Person) person = { 0 };
  g_autoptr (GBytes) pdf = make_pdf (LENGTH);
  const char *bytes = g_bytes_get_data (pdf, NULL);
  g_autofree char *id = NULL;
  g_autofree char *path = NULL;

  person_init (&person, desk, "client");
  id = kab_test_desk_upload (desk, person.token, "a.pdf", pdf);
  path = g_strconcat ("/v1/files/", id, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      g_autofree char *header = g_strdup_printf ("Range: %s\r\n", parts[i].range);
      g_autofree char *range =
          g_strdup_printf ("bytes %zu-%zu/%d", parts[i].first, parts[i].last, LENGTH);
      g_autoptr (KabTestReply) reply =
          kab_test_desk_call (desk, &(KabTestCall) { person.token, "GET", path, header, NULL, 0 });

      g_assert_cmpuint (reply->status, ==, 206);
      assert_header (reply, "content-range", range);
      g_assert_cmpmem (reply->body, reply->body_length, bytes + parts[i].first,
                       parts[i].last - parts[i].first + 1);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (whole); i++)
    {
      g_autofree char *header = g_strdup_printf ("Range: %s\r\n", whole[i]);
      g_autoptr (KabTestReply) reply =
          kab_test_desk_call (desk, &(KabTestCall) { person.token, "GET", path, header, NULL, 0 });

      g_assert_cmpuint (reply->status, ==, 200);
      assert_header (reply, "accept-ranges", "bytes");
      g_assert_cmpuint (reply->body_length, ==, LENGTH);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (beyond); i++)
    {
      g_autofree char *header = g_strdup_printf ("Range: %s\r\n", beyond[i]);
      g_autoptr (KabTestReply) reply =
          kab_test_desk_call (desk, &(KabTestCall) { person.token, "GET", path, header, NULL, 0 });

      kab_test_assert_problem (reply, 416, "range-not-satisfiable");
      assert_header (reply, "content-range", "bytes */600000");
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  kab_test_desk_add ("/downloads/parts", test_parts);
  return g_test_run ();
}
