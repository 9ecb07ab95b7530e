/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The client of the document helper: whatever the document does to the
 * helper, the application goes on and knows what happened. */

#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "pdf-fixture.h"
#include "preview/kab-pdf-document.h"

#ifdef KAB_SANITIZED /* each starts a helper, which takes ten times as long */
#define N_DAMAGED 60
#else
#define N_DAMAGED 240
#endif

typedef struct
{
  GAsyncResult *result;
  gboolean done;
} Wait;

static void
done_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Wait *wait = user_data;

  wait->result = g_object_ref (result);
  wait->done = TRUE;
}

static void
wait_for (gboolean *condition)
{
  const gint64 deadline =
      g_get_monotonic_time () + (KAB_HELPER_ANSWER_SECONDS + 60) * G_USEC_PER_SEC;

  while (!*condition && g_get_monotonic_time () < deadline)
    g_main_context_iteration (NULL, TRUE);
  g_assert_true (*condition);
}

static KabPdfDocument *
open_pdf (GBytes *pdf, GError **error)
{
  Wait wait = { 0 };
  KabPdfDocument *document;

  kab_pdf_document_open_async (pdf, NULL, NULL, done_cb, &wait);
  wait_for (&wait.done);
  document = kab_pdf_document_open_finish (wait.result, error);
  g_object_unref (wait.result);
  return document;
}

static void
set_true_cb (gpointer instance, gboolean *flag)
{
  *flag = TRUE;
}

static void
ended_cb (KabPdfDocument *document, GError *error, GError **copy)
{
  *copy = g_error_copy (error);
}

static KabPdfDocument *
open_detailed (GBytes *pdf)
{
  g_autoptr (GError) error = NULL;
  KabPdfDocument *document = open_pdf (pdf, &error);
  gboolean detailed = FALSE;

  g_assert_no_error (error);
  g_signal_connect (document, "detailed", G_CALLBACK (set_true_cb), &detailed);
  wait_for (&detailed);
  g_signal_handlers_disconnect_by_data (document, &detailed);
  return document;
}

static GdkTexture *
render (KabPdfDocument *document, double scale, int width, int height, GError **error)
{
  Wait wait = { 0 };
  GdkTexture *texture;

  kab_pdf_document_render_async (document, 0, scale, width, height, KAB_PDF_PRIORITY_VISIBLE, NULL,
                                 done_cb, &wait);
  wait_for (&wait.done);
  texture = kab_pdf_document_render_finish (document, wait.result, error);
  g_object_unref (wait.result);
  return texture;
}

static GBytes *
save (KabPdfDocument *document)
{
  Wait wait = { 0 };
  g_autoptr (GError) error = NULL;
  GBytes *copy;

  kab_pdf_document_save_async (document, NULL, done_cb, &wait);
  wait_for (&wait.done);
  copy = kab_pdf_document_save_finish (document, wait.result, &error);
  g_object_unref (wait.result);
  g_assert_no_error (error);
  return copy;
}

static KabPdfField *
get_field (KabPdfDocument *document, const char *label)
{
  GListModel *fields = kab_pdf_document_get_fields (document);

  for (guint i = 0; i < g_list_model_get_n_items (fields); i++)
    {
      g_autoptr (KabPdfField) field = g_list_model_get_item (fields, i);

      if (g_str_equal (kab_pdf_field_get_label (field), label))
        return field;
    }
  g_error ("no field %s", label);
}

static void
test_open (void)
{
  g_autoptr (GBytes) pdf = pdf_fixture_text (3);
  g_autoptr (KabPdfDocument) document = open_detailed (pdf);
  g_autoptr (GdkTexture) texture = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_cmpuint (kab_pdf_document_get_n_pages (document), ==, 3);
  g_assert_cmpuint (kab_pdf_document_get_outline (document)->len, ==, 1);
  g_assert_cmpfloat (kab_pdf_page_get_height (kab_pdf_document_get_page (document, 2)), ==, 842);
  texture = render (document, 1, 595, 842, &error);
  g_assert_no_error (error);
  g_assert_cmpint (gdk_texture_get_width (texture), ==, 595);
  g_assert_cmpint (gdk_texture_get_height (texture), ==, 842);
}

/* Pages or an error each, never an end of this process, never an endless wait. */
static void
test_damaged (void)
{
  GBytes *sources[] = { pdf_fixture_text (4), pdf_fixture_form (), pdf_fixture_packed_form (),
                        pdf_fixture_image (64, 64) };
  guint shown = 0, refused = 0, ended = 0;

  for (guint seed = 0; seed < N_DAMAGED; seed++)
    {
      g_autoptr (GBytes) pdf = pdf_fixture_damage (sources[seed % G_N_ELEMENTS (sources)], seed);
      g_autoptr (GError) error = NULL;
      g_autoptr (KabPdfDocument) document = open_pdf (pdf, &error);
      g_autoptr (GdkTexture) texture = NULL;

      if (document != NULL)
        texture = render (document, 1, 300, 400, &error);
      if (texture != NULL)
        shown++;
      else if (g_error_matches (error, KAB_PREVIEW_ERROR, KAB_PREVIEW_ERROR_ENDED))
        ended++;
      else
        {
          g_assert_cmpint (error->domain, ==, KAB_PREVIEW_ERROR);
          g_assert_cmpint (error->code, !=, KAB_PREVIEW_ERROR_NOT_CONFINED);
          refused++;
        }
    }
  for (gsize i = 0; i < G_N_ELEMENTS (sources); i++)
    g_bytes_unref (sources[i]);
  g_test_message ("%u shown, %u refused, %u ended the helper", shown, refused, ended);
  g_assert_cmpuint (shown + refused + ended, ==, N_DAMAGED);
  g_assert_cmpuint (shown, >, 0);
  g_assert_cmpuint (refused, >, 0);
}

static void
test_not_a_pdf (void)
{
  g_autoptr (GBytes) text = g_bytes_new_static ("Hello", 5);
  g_autoptr (GBytes) nothing = g_bytes_new_static ("", 0);
  g_autoptr (GBytes) locked = pdf_fixture_encrypted ();
  g_autoptr (GError) first = NULL;
  g_autoptr (GError) second = NULL;
  g_autoptr (GError) third = NULL;

  g_assert_null (open_pdf (text, &first));
  g_assert_error (first, KAB_PREVIEW_ERROR, KAB_PREVIEW_ERROR_DAMAGED);
  g_assert_null (open_pdf (nothing, &second));
  g_assert_error (second, KAB_PREVIEW_ERROR, KAB_PREVIEW_ERROR_DAMAGED);
  g_assert_null (open_pdf (locked, &third));
  g_assert_error (third, KAB_PREVIEW_ERROR, KAB_PREVIEW_ERROR_PASSWORD);
}

static void
signal_helper (KabPdfDocument *document, int number)
{
  const char *pid = kab_pdf_document_get_helper_pid (document);

  g_assert_nonnull (pid);
  g_assert_cmpint (kill ((pid_t) atoi (pid), number), ==, 0);
}

/* What a helper sends has to be sealed: a plain file could change while it is read. */
static void
test_unsealed (void)
{
  const int file = open ("/proc/self/exe", O_RDONLY | O_CLOEXEC);
  KabHelperFrame frame = { KAB_HELPER_MAGIC, KAB_HELPER_SAVE, 1, KAB_HELPER_OK, 0 };
  struct stat info;

  g_assert_cmpint (fstat (file, &info), ==, 0);
  frame.size = (guint64) info.st_size;
  g_assert_null (kab_document_reply_new (&frame, NULL, 0, file));
  close (file);
}

/* Killed while it draws: the drawing fails, and what was filled in comes back
 * with another helper. */
static void
test_killed (void)
{
  g_autoptr (GBytes) pdf = pdf_fixture_form ();
  g_autoptr (KabPdfDocument) document = open_detailed (pdf);
  g_autoptr (KabPdfDocument) copied = NULL;
  g_autoptr (GBytes) copy = NULL;
  g_autoptr (GError) ended = NULL;
  g_autoptr (GError) error = NULL;
  Wait drawing = { 0 }, reopening = { 0 };

  g_signal_connect (document, "ended", G_CALLBACK (ended_cb), &ended);
  kab_pdf_field_set_value (get_field (document, "Vārds"), "Anna");
  kab_pdf_field_set_active (get_field (document, "Company"), TRUE);
  signal_helper (document, SIGSTOP);
  kab_pdf_document_render_async (document, 0, 4, 2000, 3000, KAB_PDF_PRIORITY_VISIBLE, NULL,
                                 done_cb, &drawing);
  signal_helper (document, SIGKILL);
  wait_for (&drawing.done);
  g_assert_null (kab_pdf_document_render_finish (document, drawing.result, &error));
  g_assert_error (error, KAB_PREVIEW_ERROR, KAB_PREVIEW_ERROR_ENDED);
  g_assert_error (ended, KAB_PREVIEW_ERROR, KAB_PREVIEW_ERROR_ENDED);
  g_assert_true (kab_pdf_document_has_ended (document));
  g_object_unref (drawing.result);

  kab_pdf_document_reopen_async (document, NULL, done_cb, &reopening);
  wait_for (&reopening.done);
  g_assert_true (kab_pdf_document_reopen_finish (document, reopening.result, NULL));
  g_object_unref (reopening.result);
  g_assert_cmpstr (kab_pdf_field_get_value (get_field (document, "Vārds")), ==, "Anna");

  copy = save (document); /* at once */
  copied = open_detailed (copy);
  g_assert_cmpstr (kab_pdf_field_get_value (get_field (copied, "Vārds")), ==, "Anna");
  g_assert_true (kab_pdf_field_get_active (get_field (copied, "Company")));
  g_signal_handlers_disconnect_by_data (document, &ended);
}

/* One that hangs is ended, and told apart from one that fell. */
static void
test_hangs (void)
{
  g_autoptr (GBytes) pdf = pdf_fixture_text (1);
  g_autoptr (KabPdfDocument) document = open_detailed (pdf);
  g_autoptr (GdkTexture) texture = NULL;
  g_autoptr (GError) error = NULL;

  signal_helper (document, SIGSTOP);
  texture = render (document, 1, 100, 100, &error);
  g_assert_null (texture);
  g_assert_error (error, KAB_PREVIEW_ERROR, KAB_PREVIEW_ERROR_TIMED_OUT);
}

static void
test_cancelled (void)
{
  g_autoptr (GBytes) pdf = pdf_fixture_text (1);
  g_autoptr (KabPdfDocument) document = open_detailed (pdf);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GdkTexture) texture = NULL;
  g_autoptr (GError) error = NULL;
  Wait wait = { 0 };

  kab_pdf_document_render_async (document, 0, 4, 2000, 3000, KAB_PDF_PRIORITY_NEARBY, cancellable,
                                 done_cb, &wait);
  g_cancellable_cancel (cancellable);
  wait_for (&wait.done);
  g_assert_null (kab_pdf_document_render_finish (document, wait.result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_object_unref (wait.result);
  texture = render (document, 1, 100, 100, NULL); /* the next one is served */
  g_assert_nonnull (texture);
}

static void
test_not_confined (void)
{
  const char *helper = g_getenv ("KABINETS_DOCUMENT_HELPER");
  g_autofree char *kept = g_strdup (helper);
  g_autoptr (GBytes) pdf = pdf_fixture_text (1);
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) missing = NULL;

  kab_document_process_drop_spare ();
  g_setenv ("KABINETS_DOCUMENT_HELPER", g_getenv ("HELPER_WITHOUT_LANDLOCK"), TRUE);
  g_assert_null (open_pdf (pdf, &error));
  g_assert_error (error, KAB_PREVIEW_ERROR, KAB_PREVIEW_ERROR_NOT_CONFINED);

  kab_document_process_drop_spare ();
  g_setenv ("KABINETS_DOCUMENT_HELPER", "/nonexistent", TRUE);
  g_assert_null (open_pdf (pdf, &missing));
  g_assert_error (missing, KAB_PREVIEW_ERROR, KAB_PREVIEW_ERROR_NOT_CONFINED);
  kab_document_process_drop_spare ();
  g_setenv ("KABINETS_DOCUMENT_HELPER", kept, TRUE);
}

static void
noted_cb (GObject *object, GParamSpec *pspec, gboolean *flag)
{
  *flag = TRUE;
}

static void
test_missing (void)
{
  g_autoptr (GBytes) pdf = pdf_fixture_form ();
  g_autoptr (KabPdfDocument) document = open_detailed (pdf);
  gboolean changed = FALSE;
  guint missing;

  g_assert_cmpstr (kab_pdf_field_get_label (kab_pdf_document_find_missing (document, &missing)), ==,
                   "Vārds");
  g_assert_cmpuint (missing, ==, 3); /* a name, a tick, one of two buttons */
  kab_pdf_field_set_value (get_field (document, "Vārds"), "  ");
  kab_pdf_document_find_missing (document, &missing);
  g_assert_cmpuint (missing, ==, 3); /* blanks aren't an answer */
  kab_pdf_field_set_value (get_field (document, "Vārds"), "Anna");
  kab_pdf_field_set_active (get_field (document, "Person"), TRUE);
  g_assert_cmpstr (kab_pdf_field_get_label (kab_pdf_document_find_missing (document, &missing)), ==,
                   "I agree");
  g_assert_cmpuint (missing, ==, 1);
  g_assert_false (
      kab_pdf_field_is_missing (get_field (document, "Company"))); /* its group is answered */
  g_assert_true (kab_pdf_field_is_missing (get_field (document, "I agree")));

  /* One button of a group switches the other off. */
  kab_pdf_field_set_active (get_field (document, "Company"), TRUE);
  g_signal_connect (get_field (document, "Person"), "notify::active", G_CALLBACK (noted_cb),
                    &changed);
  wait_for (&changed);
  g_assert_false (kab_pdf_field_get_active (get_field (document, "Person")));
  g_assert_true (kab_pdf_field_get_active (get_field (document, "Company")));
  g_signal_handlers_disconnect_by_data (get_field (document, "Person"), &changed);
}

int
main (int argc, char *argv[])
{
  int result;

  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/pdf-document/open", test_open);
  g_test_add_func ("/pdf-document/not-a-pdf", test_not_a_pdf);
  g_test_add_func ("/pdf-document/unsealed", test_unsealed);
  g_test_add_func ("/pdf-document/killed", test_killed);
  g_test_add_func ("/pdf-document/cancelled", test_cancelled);
  g_test_add_func ("/pdf-document/not-confined", test_not_confined);
  g_test_add_func ("/pdf-document/missing", test_missing);
  g_test_add_func ("/pdf-document/damaged", test_damaged);
  g_test_add_func ("/pdf-document/hangs", test_hangs);
  result = g_test_run ();
  kab_document_process_drop_spare ();
  return result;
}
