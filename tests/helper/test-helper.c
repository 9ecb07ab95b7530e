/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <signal.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "helper-client.h"
#include "pdf-fixture.h"

static const char *
helper_program (void)
{
  return g_getenv ("KABINETS_DOCUMENT_HELPER");
}

/* A helper that has said that it is confined. */
static void
start_confined (HelperClient *client)
{
  g_autoptr (HelperAnswer) hello = NULL;
  g_autoptr (GVariant) posture = NULL;
  guint flags, landlock;

  helper_client_start (client, helper_program ());
  hello = helper_client_receive (client);
  g_assert_nonnull (hello);
  g_assert_cmpuint (hello->frame.magic, ==, KAB_HELPER_MAGIC);
  g_assert_cmpuint (hello->frame.kind, ==, KAB_HELPER_HELLO);
  g_assert_cmpuint (hello->frame.status, ==, KAB_HELPER_OK);
  posture = helper_answer_get_rest (hello, KAB_HELPER_HELLO_TYPE);
  g_variant_get (posture, "(uu&s)", &flags, &landlock, NULL);
  g_assert_cmphex (flags & KAB_HELPER_POSTURE_REQUIRED, ==, KAB_HELPER_POSTURE_REQUIRED);
  g_assert_cmpuint (landlock, >=, 1);
}

static void
start_with (HelperClient *client, GBytes *pdf)
{
  g_autoptr (HelperAnswer) opened = NULL;

  start_confined (client);
  opened = helper_client_open (client, pdf);
  g_assert_nonnull (opened);
  g_assert_cmpuint (opened->frame.status, ==, KAB_HELPER_OK);
}

/* The kernel's own word for it, from outside. */
static void
test_posture (void)
{
  HelperClient client;
  g_autofree char *path = NULL;
  g_autofree char *status = NULL;
  g_autofree char *limits = NULL;

  start_confined (&client);
  path = g_strdup_printf ("/proc/%d/status", client.pid);
  g_assert_true (g_file_get_contents (path, &status, NULL, NULL));
  g_assert_nonnull (strstr (status, "NoNewPrivs:\t1"));
  g_assert_nonnull (strstr (status, "Seccomp:\t2"));
  g_free (path);
  path = g_strdup_printf ("/proc/%d/limits", client.pid);
  if (g_file_get_contents (path, &limits, NULL, NULL)) /* root alone may read it */
    {
#ifndef KAB_SANITIZED /* whose shadow memory needs more */
      g_assert_nonnull (strstr (limits, "Max address space         536870912"));
#endif
      g_assert_nonnull (strstr (limits, "Max core file size        0 "));
    }
  helper_client_stop (&client);
}

static void
test_self_test (void)
{
  static const char *const must_fail[] = {
    "open-file",  "open-folder", "open-self",   "create-file", "remove-file",       "make-folder",
    "tcp-socket", "udp-socket",  "unix-socket", "socket-pair", "connect",           "bind",
    "execute",    "fork",        "trace",       "signal",      "read-process",      "limits",
    "io-uring",   "mount",       "namespace",   "dumpable",    "executable-memory",
  };
  HelperClient client;
  g_autoptr (HelperAnswer) answer = NULL;
  g_autoptr (GVariant) results = NULL;
  guint n_refused = 0;
  GVariantIter iter;
  const char *name;
  int code;

  start_confined (&client);
  answer = helper_client_ask (&client, KAB_HELPER_SELF_TEST, NULL);
  g_assert_nonnull (answer);
  results = helper_answer_get_bulk (answer, KAB_HELPER_SELF_TEST_TYPE);
  g_variant_iter_init (&iter, results);
  while (g_variant_iter_next (&iter, "(&si)", &name, &code))
    {
      g_test_message ("%s: %s", name, g_strerror (code));
      g_assert_cmpint (code, ==, EPERM);
      if (g_strv_contains (must_fail, name))
        n_refused++;
    }
  g_assert_cmpuint (n_refused, ==, G_N_ELEMENTS (must_fail));
  helper_client_stop (&client);
}

/* A kernel that lacks a part gets no preview, and is told which part. */
static void
test_not_confined (void)
{
  HelperClient client;
  g_autoptr (HelperAnswer) hello = NULL;
  g_autoptr (HelperAnswer) nothing = NULL;
  g_autoptr (GVariant) posture = NULL;
  const char *missing;

  helper_client_start (&client, g_getenv ("HELPER_WITHOUT_LANDLOCK"));
  hello = helper_client_receive (&client);
  g_assert_nonnull (hello);
  g_assert_cmpuint (hello->frame.status, ==, KAB_HELPER_NOT_CONFINED);
  posture = helper_answer_get_rest (hello, KAB_HELPER_HELLO_TYPE);
  g_variant_get (posture, "(uu&s)", NULL, NULL, &missing);
  g_assert_cmpstr (missing, ==, "landlock");
  nothing = helper_client_receive (&client);
  g_assert_null (nothing);
  helper_client_stop (&client);
}

/* Each of these packets ends the conversation, and the helper with it. */
static void
assert_refused (const KabHelperFrame *frame, gconstpointer rest, gsize length, int descriptor)
{
  HelperClient client;
  g_autoptr (GByteArray) packet = g_byte_array_new ();
  g_autoptr (HelperAnswer) answer = NULL;

  g_byte_array_append (packet, (const guint8 *) frame, sizeof *frame);
  g_byte_array_append (packet, rest, (guint) length);
  start_confined (&client);
  helper_client_send_raw (&client, packet->data, packet->len, descriptor);
  answer = helper_client_receive (&client);
  g_assert_null (answer);
  helper_client_stop (&client);
}

static void
test_bad_packets (void)
{
  static const guint8 noise[64] = { 0xff, 0x80, 0x7f };
  g_autoptr (GBytes) pdf = pdf_fixture_text (1);
  const gsize size = g_bytes_get_size (pdf);
  g_autoptr (GVariant) password = g_variant_ref_sink (g_variant_new ("(s)", ""));
  gconstpointer arguments = g_variant_get_data (password);
  const gsize n_arguments = g_variant_get_size (password);
  KabHelperFrame frame = { KAB_HELPER_MAGIC, KAB_HELPER_OPEN, 1, 0, size };
  const int unsealed = helper_client_make_memfd (pdf, FALSE);
  const int sealed = helper_client_make_memfd (pdf, TRUE);
  const int device = open ("/dev/null", O_RDONLY | O_CLOEXEC);
  const int file = open ("/proc/self/exe", O_RDONLY | O_CLOEXEC);
  struct stat info;

  assert_refused (&frame, arguments, n_arguments, unsealed); /* could change later */
  assert_refused (&frame, arguments, n_arguments, device);   /* not a memfd */
  assert_refused (&frame, arguments, n_arguments, -1);       /* no document */
  assert_refused (&frame, noise, sizeof noise, sealed);      /* not the type */
  assert_refused (&frame, NULL, 0, sealed);                  /* nothing at all */
  g_assert_cmpint (fstat (file, &info), ==, 0);
  frame.size = (guint64) info.st_size;
  assert_refused (&frame, arguments, n_arguments, file); /* a file of the right length */
  frame.size = size + 1;
  assert_refused (&frame, arguments, n_arguments, sealed); /* another length */
  frame.size = G_MAXUINT64;
  assert_refused (&frame, arguments, n_arguments, sealed);
  frame = (KabHelperFrame) { KAB_HELPER_MAGIC + 1, KAB_HELPER_SELF_TEST, 1, 0, 0 };
  assert_refused (&frame, NULL, 0, -1); /* another version */
  frame = (KabHelperFrame) { KAB_HELPER_MAGIC, 99, 1, 0, 0 };
  assert_refused (&frame, NULL, 0, -1); /* no such request */
  frame.kind = KAB_HELPER_HELLO;
  assert_refused (&frame, NULL, 0, -1);
  frame = (KabHelperFrame) { KAB_HELPER_MAGIC, KAB_HELPER_SELF_TEST, 1, 5, 0 };
  assert_refused (&frame, NULL, 0, -1); /* a status in a request */
  frame.status = 0;
  assert_refused (&frame, noise, 1, -1);    /* arguments where none belong */
  assert_refused (&frame, NULL, 0, sealed); /* a document where none belongs */
  close (unsealed);
  close (sealed);
  close (device);
  close (file);
}

static void
test_noise (void)
{
  guint32 state = 20;

  for (guint round = 0; round < 24; round++)
    {
      HelperClient client;
      g_autoptr (HelperAnswer) answer = NULL;
      guint8 noise[512];
      gsize length;

      for (gsize i = 0; i < sizeof noise; i++)
        {
          state = state * 1664525u + 1013904223u;
          noise[i] = (guint8) (state >> 24);
        }
      length = 1 + noise[0] + noise[1];
      start_confined (&client);
      helper_client_send_raw (&client, noise, length, -1);
      answer = helper_client_receive (&client);
      g_assert_null (answer);
      helper_client_stop (&client);
    }
}

static guint
status_of (HelperClient *client, KabHelperKind kind, GVariant *arguments)
{
  g_autoptr (HelperAnswer) answer = helper_client_ask (client, kind, arguments);

  g_assert_nonnull (answer);
  return answer->frame.status;
}

/* Requests that are sound in form and wrong in content are answered. */
static void
test_wrong_requests (void)
{
  HelperClient client;
  g_autoptr (GBytes) pdf = pdf_fixture_text (2);
  g_autoptr (HelperAnswer) again = NULL;

  start_confined (&client);
  g_assert_cmpuint (status_of (&client, KAB_HELPER_DETAILS, NULL), ==, KAB_HELPER_REFUSED);
  helper_client_stop (&client);

  start_with (&client, pdf);
#define RENDER(page, scale, w, h)                                                                  \
  status_of (&client, KAB_HELPER_RENDER, g_variant_new ("(udiiii)", page, scale, 0, 0, w, h))
  g_assert_cmpuint (RENDER (0, 1.0, 100, 100), ==, KAB_HELPER_OK);
  g_assert_cmpuint (RENDER (2, 1.0, 100, 100), ==, KAB_HELPER_REFUSED);
  g_assert_cmpuint (RENDER (G_MAXUINT, 1.0, 100, 100), ==, KAB_HELPER_REFUSED);
  g_assert_cmpuint (RENDER (0, 0.0, 100, 100), ==, KAB_HELPER_TOO_LARGE);
  g_assert_cmpuint (RENDER (0, (double) NAN, 100, 100), ==, KAB_HELPER_TOO_LARGE);
  g_assert_cmpuint (RENDER (0, 1e300, 100, 100), ==, KAB_HELPER_TOO_LARGE);
  g_assert_cmpuint (RENDER (0, 1.0, 0, 100), ==, KAB_HELPER_TOO_LARGE);
  g_assert_cmpuint (RENDER (0, 1.0, -5, 100), ==, KAB_HELPER_TOO_LARGE);
  g_assert_cmpuint (RENDER (0, 1.0, KAB_HELPER_MAX_SIDE, KAB_HELPER_MAX_SIDE), ==,
                    KAB_HELPER_TOO_LARGE);
  g_assert_cmpuint (RENDER (0, 1.0, G_MAXINT, G_MAXINT), ==, KAB_HELPER_TOO_LARGE);
#undef RENDER
  g_assert_cmpuint (status_of (&client, KAB_HELPER_TEXT, g_variant_new ("(u)", 2)), ==,
                    KAB_HELPER_REFUSED);
  g_assert_cmpuint (status_of (&client, KAB_HELPER_SEARCH, g_variant_new ("(suu)", "", 0, 1)), ==,
                    KAB_HELPER_REFUSED);
  again = helper_client_open (&client, pdf); /* one document, one process */
  g_assert_cmpuint (again->frame.status, ==, KAB_HELPER_REFUSED);
  helper_client_stop (&client);
}

static guint
count_dark_pixels (GBytes *pixels)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (pixels, &size);
  guint dark = 0;

  for (gsize i = 0; i + 3 < size; i += 4)
    dark += data[i] < 100 && data[i + 1] < 100 && data[i + 2] < 100;
  return dark;
}

/* Helvetica isn't in the file, and no file can be opened: it comes from memory. */
static void
test_fonts (void)
{
  HelperClient client;
  g_autoptr (GBytes) pdf = pdf_fixture_text (1);
  g_autoptr (HelperAnswer) drawn = NULL;
  g_autoptr (GVariant) size = NULL;
  guint width, height, stride;

  start_with (&client, pdf);
  drawn = helper_client_ask (&client, KAB_HELPER_RENDER,
                             g_variant_new ("(udiiii)", 0, 1.0, 60, 70, 240, 40));
  g_assert_cmpuint (drawn->frame.status, ==, KAB_HELPER_OK);
  size = helper_answer_get_rest (drawn, KAB_HELPER_RENDER_REPLY_TYPE);
  g_variant_get (size, "(uuu)", &width, &height, &stride);
  g_assert_cmpuint (width, ==, 240);
  g_assert_cmpuint (height, ==, 40);
  g_assert_cmpuint (g_bytes_get_size (drawn->bulk), ==, stride * height);
  g_assert_cmpuint (count_dark_pixels (drawn->bulk), >, 100);
  helper_client_stop (&client);
}

static void
test_text (void)
{
  HelperClient client;
  g_autoptr (GBytes) pdf = pdf_fixture_text (3);
  g_autoptr (HelperAnswer) text = NULL;
  g_autoptr (HelperAnswer) found = NULL;
  g_autoptr (HelperAnswer) details = NULL;
  g_autoptr (GVariant) value = NULL;
  g_autoptr (GVariant) matches = NULL;
  g_autoptr (GVariant) described = NULL;
  g_autoptr (GVariant) rectangles = NULL;
  g_autoptr (GVariantIter) pages = NULL;
  g_autoptr (GVariantIter) outline = NULL;
  const char *string, *title;
  guint depth, page;

  start_with (&client, pdf);
  text = helper_client_ask (&client, KAB_HELPER_TEXT, g_variant_new ("(u)", 1));
  value = helper_answer_get_bulk (text, KAB_HELPER_TEXT_TYPE);
  g_variant_get (value, "(&s@a(dddd))", &string, &rectangles);
  g_assert_nonnull (strstr (string, "Page 2\nLine 1 of page 2 says"));
  g_assert_cmpuint (g_variant_n_children (rectangles), ==, g_utf8_strlen (string, -1));

  found =
      helper_client_ask (&client, KAB_HELPER_SEARCH, g_variant_new ("(suu)", "LINE 7 of", 0, 9));
  matches = helper_answer_get_bulk (found, KAB_HELPER_MATCHES_TYPE);
  g_assert_cmpuint (g_variant_n_children (matches), ==, 3);

  details = helper_client_ask (&client, KAB_HELPER_DETAILS, NULL);
  described = helper_answer_get_bulk (details, KAB_HELPER_DETAILS_TYPE);
  g_variant_get (described, KAB_HELPER_DETAILS_TYPE, &pages, &outline, NULL);
  g_assert_cmpuint (g_variant_iter_n_children (pages), ==, 3);
  g_assert_true (g_variant_iter_next (outline, "(uu&s)", &depth, &page, &title));
  g_assert_cmpuint (page, ==, 2);
  g_assert_cmpstr (title, ==, "The end");
  helper_client_stop (&client);
}

/* Sizes, counts and pictures that want more memory than there is. The helper
 * may refuse or end; what it says is an answer within the limits. */
static void
test_bombs (void)
{
  static const double sizes[][2] = { { 1e9, 1e9 }, { 0, 0 }, { -100, 5 }, { 1e300, 1 } };

  for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      HelperClient client;
      g_autoptr (GBytes) pdf = pdf_fixture_sized (sizes[i][0], sizes[i][1]);
      g_autoptr (HelperAnswer) opened = NULL;

      start_confined (&client);
      opened = helper_client_open (&client, pdf);
      if (opened != NULL && opened->frame.status == KAB_HELPER_OK)
        {
          g_autoptr (GVariant) value = helper_answer_get_rest (opened, KAB_HELPER_OPEN_REPLY_TYPE);
          double width, height;

          g_variant_get (value, "(uudd)", NULL, NULL, &width, &height);
          g_assert_cmpfloat (width, >=, 1);
          g_assert_cmpfloat (width, <=, KAB_HELPER_MAX_PAGE_POINTS);
          g_assert_cmpfloat (height, >=, 1);
          g_assert_cmpfloat (height, <=, KAB_HELPER_MAX_PAGE_POINTS);
        }
      helper_client_stop (&client);
    }
}

static void
test_memory_bomb (void)
{
  HelperClient client;
  g_autoptr (GBytes) pdf = pdf_fixture_image (30000, 30000);
  g_autoptr (HelperAnswer) drawn = NULL;

  start_with (&client, pdf);
  drawn = helper_client_ask (&client, KAB_HELPER_RENDER,
                             g_variant_new ("(udiiii)", 0, 1.0, 0, 0, 595, 842));
  if (drawn != NULL && drawn->frame.status == KAB_HELPER_OK)
    g_assert_cmpuint (g_bytes_get_size (drawn->bulk), ==, 595 * 842 * 4);
  helper_client_stop (&client);
}

static void
test_password (void)
{
  HelperClient client;
  g_autoptr (GBytes) pdf = pdf_fixture_encrypted ();
  g_autoptr (HelperAnswer) first = NULL;
  g_autoptr (HelperAnswer) second = NULL;

  start_confined (&client);
  first = helper_client_open (&client, pdf);
  g_assert_cmpuint (first->frame.status, ==, KAB_HELPER_PASSWORD);
  second = helper_client_open (&client, pdf);
  g_assert_cmpuint (second->frame.status, ==, KAB_HELPER_PASSWORD);
  helper_client_stop (&client);
}

static GVariant *
get_fields (HelperClient *client)
{
  g_autoptr (HelperAnswer) details = helper_client_ask (client, KAB_HELPER_DETAILS, NULL);
  g_autoptr (GVariant) value = helper_answer_get_bulk (details, KAB_HELPER_DETAILS_TYPE);

  return g_variant_get_child_value (value, 2);
}

typedef struct
{
  guint id, kind, flags, max_length;
  char *name, *tooltip, *value;
  guint chosen;
} Field;

static void
get_field (GVariant *fields, const char *name, Field *field)
{
  for (gsize i = 0; i < g_variant_n_children (fields); i++)
    {
      g_autoptr (GVariantIter) chosen = NULL;

      g_variant_get_child (fields, i, "(uuuuuddddd(sss)asau)", &field->id, NULL, &field->kind,
                           &field->flags, &field->max_length, NULL, NULL, NULL, NULL, NULL,
                           &field->name, &field->tooltip, &field->value, NULL, &chosen);
      field->chosen = G_MAXUINT;
      g_variant_iter_next (chosen, "u", &field->chosen);
      if (g_str_equal (field->name, name))
        return;
      g_free (field->name);
      g_free (field->tooltip);
      g_free (field->value);
    }
  g_error ("no field %s", name);
}

static void
field_clear (Field *field)
{
  g_free (field->name);
  g_free (field->tooltip);
  g_free (field->value);
}

static guint
set_field (HelperClient *client, guint id, const char *text, gboolean active, int option)
{
  g_auto (GVariantBuilder) chosen = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("au"));

  if (option >= 0)
    g_variant_builder_add (&chosen, "u", (guint) option);
  return status_of (client, KAB_HELPER_SET_FIELD,
                    g_variant_new (KAB_HELPER_SET_FIELD_TYPE, id, text, active, &chosen));
}

static void
assert_field (GVariant *fields,
              const char *name,
              guint kind,
              guint flags,
              guint max_length,
              const char *tooltip,
              const char *value)
{
  Field field;

  get_field (fields, name, &field);
  g_assert_cmpuint (field.kind, ==, kind);
  g_assert_cmphex (field.flags, ==, flags);
  g_assert_cmpuint (field.max_length, ==, max_length);
  g_assert_cmpstr (field.tooltip, ==, tooltip);
  g_assert_cmpstr (field.value, ==, value);
  field_clear (&field);
}

static void
test_fields (void)
{
  HelperClient client;
  g_autoptr (GBytes) pdf = pdf_fixture_form ();
  g_autoptr (GVariant) fields = NULL;

  start_with (&client, pdf);
  fields = get_fields (&client);
  g_assert_cmpuint (g_variant_n_children (fields), ==, 7);
  assert_field (fields, "name", KAB_HELPER_FIELD_TEXT, KAB_HELPER_FIELD_REQUIRED, 8, "Vārds", "");
  assert_field (fields, "notes", KAB_HELPER_FIELD_TEXT, KAB_HELPER_FIELD_MULTILINE, 0, "Notes", "");
  assert_field (fields, "agree", KAB_HELPER_FIELD_CHECK, KAB_HELPER_FIELD_REQUIRED, 0, "I agree",
                "");
  assert_field (fields, "kind", KAB_HELPER_FIELD_RADIO, KAB_HELPER_FIELD_REQUIRED, 0, "Person", "");
  assert_field (fields, "country", KAB_HELPER_FIELD_CHOICE, 0, 0, "Country", "");
  assert_field (fields, "bank", KAB_HELPER_FIELD_TEXT, KAB_HELPER_FIELD_READ_ONLY, 0, "Bank",
                "Kabinets");
  helper_client_stop (&client);
}

static guint
field_id (GVariant *fields, const char *name)
{
  Field field;
  guint id;

  get_field (fields, name, &field);
  id = field.id;
  field_clear (&field);
  return id;
}

/* What the document doesn't allow isn't taken, by the helper itself. */
static void
test_refused_values (void)
{
  HelperClient client;
  g_autoptr (GBytes) pdf = pdf_fixture_form ();
  g_autoptr (GVariant) fields = NULL;

  start_with (&client, pdf);
  fields = get_fields (&client);
  g_assert_cmpuint (set_field (&client, field_id (fields, "name"), "123456789", FALSE, -1), ==,
                    KAB_HELPER_REFUSED);
  g_assert_cmpuint (set_field (&client, field_id (fields, "bank"), "Other", FALSE, -1), ==,
                    KAB_HELPER_REFUSED);
  g_assert_cmpuint (set_field (&client, field_id (fields, "country"), "", FALSE, 3), ==,
                    KAB_HELPER_REFUSED);
  g_assert_cmpuint (set_field (&client, 12345678, "x", FALSE, -1), ==, KAB_HELPER_REFUSED);
  helper_client_stop (&client);
}

/* Fill in, save, open the copy in another process: it is all there, and the
 * letters that WinAnsi lacks are drawn. */
static void
test_round_trip (void)
{
  HelperClient client;
  g_autoptr (GBytes) pdf = pdf_fixture_form ();
  g_autoptr (GVariant) fields = NULL;
  g_autoptr (GVariant) filled = NULL;
  g_autoptr (HelperAnswer) saved = NULL;
  g_autoptr (HelperAnswer) drawn = NULL;
  Field country, kind, agree;

  start_with (&client, pdf);
  fields = get_fields (&client);
  g_assert_cmpuint (set_field (&client, field_id (fields, "name"), "Jānis Ж", FALSE, -1), ==,
                    KAB_HELPER_OK);
  g_assert_cmpuint (set_field (&client, field_id (fields, "notes"), "one\ntwo", FALSE, -1), ==,
                    KAB_HELPER_OK);
  g_assert_cmpuint (set_field (&client, field_id (fields, "agree"), "", TRUE, -1), ==,
                    KAB_HELPER_OK);
  g_assert_cmpuint (set_field (&client, field_id (fields, "kind"), "", TRUE, -1), ==,
                    KAB_HELPER_OK);
  g_assert_cmpuint (set_field (&client, field_id (fields, "country"), "", FALSE, 2), ==,
                    KAB_HELPER_OK);
  saved = helper_client_ask (&client, KAB_HELPER_SAVE, NULL);
  g_assert_cmpuint (saved->frame.status, ==, KAB_HELPER_OK);
  g_assert_cmpuint (g_bytes_get_size (saved->bulk), >, g_bytes_get_size (pdf));
  helper_client_stop (&client);

  start_with (&client, saved->bulk);
  filled = get_fields (&client);
  assert_field (filled, "name", KAB_HELPER_FIELD_TEXT, KAB_HELPER_FIELD_REQUIRED, 8, "Vārds",
                "Jānis Ж");
  assert_field (filled, "notes", KAB_HELPER_FIELD_TEXT, KAB_HELPER_FIELD_MULTILINE, 0, "Notes",
                "one\ntwo");
  get_field (filled, "agree", &agree);
  g_assert_true (agree.flags & KAB_HELPER_FIELD_ACTIVE);
  get_field (filled, "kind", &kind);
  g_assert_true (kind.flags & KAB_HELPER_FIELD_ACTIVE);
  get_field (filled, "country", &country);
  g_assert_cmpuint (country.chosen, ==, 2);
  field_clear (&agree);
  field_clear (&kind);
  field_clear (&country);

  drawn = helper_client_ask (&client, KAB_HELPER_RENDER,
                             g_variant_new ("(udiiii)", 0, 2.0, 202, 246, 200, 36));
  g_assert_cmpuint (drawn->frame.status, ==, KAB_HELPER_OK);
  g_assert_cmpuint (count_dark_pixels (drawn->bulk), >, 60);
  helper_client_stop (&client);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/helper/posture", test_posture);
  g_test_add_func ("/helper/self-test", test_self_test);
  g_test_add_func ("/helper/not-confined", test_not_confined);
  g_test_add_func ("/helper/bad-packets", test_bad_packets);
  g_test_add_func ("/helper/noise", test_noise);
  g_test_add_func ("/helper/wrong-requests", test_wrong_requests);
  g_test_add_func ("/helper/fonts", test_fonts);
  g_test_add_func ("/helper/text", test_text);
  g_test_add_func ("/helper/bombs", test_bombs);
  g_test_add_func ("/helper/memory-bomb", test_memory_bomb);
  g_test_add_func ("/helper/password", test_password);
  g_test_add_func ("/helper/fields", test_fields);
  g_test_add_func ("/helper/refused-values", test_refused_values);
  g_test_add_func ("/helper/round-trip", test_round_trip);
  return g_test_run ();
}
