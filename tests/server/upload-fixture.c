/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "upload-fixture.h"

#include <string.h>

void
person_init (Person *person, KabTestDesk *desk, const char *role)
{
  person->id = kab_test_desk_add_user (desk, role);
  person->token = kab_test_bank_sign_in (desk->bank, person->id);
}

void
person_clear (Person *person)
{
  g_free (person->id);
  g_free (person->token);
}

/* A PDF by its first bytes. */
GBytes *
make_pdf (gsize length)
{
  guint8 *data = g_malloc (length);

  for (gsize i = 0; i < length; i++)
    data[i] = (guint8) (i * 31 + (i >> 8));
  memcpy (data, "%PDF-1.7\n", MIN (length, 9));
  return g_bytes_new_take (data, length);
}

KabTestReply *
ask (KabTestDesk *desk,
     const Person *person,
     const char *method,
     const char *id,
     const char *headers)
{
  g_autofree char *path =
      id != NULL ? g_strconcat ("/v1/uploads/", id, NULL) : g_strdup ("/v1/uploads");
  gboolean has_body = g_str_equal (method, "PATCH");

  return kab_test_desk_call (
      desk, &(KabTestCall) { person->token, method, path, headers, has_body ? "hello" : NULL, -1 });
}

void
assert_header (KabTestReply *reply, const char *name, const char *value)
{
  g_autofree char *found = kab_test_reply_header (reply, name);

  g_assert_cmpstr (found, ==, value);
}

void
assert_offset (KabTestDesk *desk, const Person *person, const char *id, const char *offset)
{
  g_autoptr (KabTestReply) reply = ask (desk, person, "HEAD", id, TUS);

  g_assert_cmpuint (reply->status, ==, 200);
  assert_header (reply, "upload-offset", offset);
  assert_header (reply, "tus-resumable", "1.0.0");
  assert_header (reply, "cache-control", "no-store");
}
