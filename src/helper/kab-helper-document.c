/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-helper-document.h"

#include <fcntl.h>
#include <math.h>
#include <poppler.h>
#include <stdio.h>
#include <sys/mman.h>
#include <unistd.h>

#include "kab-helper-fields.h"
#include "kab-self-test.h"

/* A process sees one document in its life. Actions, scripts, embedded files
 * and links that leave the document are never looked at. */
static PopplerDocument *document; /* (owned) (nullable) */
static GBytes *document_bytes;    /* (owned) (nullable) */

static double
sane_length (double points)
{
  return isfinite (points) ? CLAMP (points, 1.0, KAB_HELPER_MAX_PAGE_POINTS) : 1.0;
}

static void
get_page_size (PopplerPage *page, double *width, double *height)
{
  *width = *height = 1.0;
  if (page == NULL)
    return;
  poppler_page_get_size (page, width, height);
  *width = sane_length (*width);
  *height = sane_length (*height);
}

/* Outside text as the wire wants it: UTF-8 without NUL, of a bounded length. */
static const char *
clean_text (char **text)
{
  if (*text == NULL)
    *text = g_strdup ("");
  else if (!g_utf8_validate (*text, -1, NULL))
    {
      char *valid = g_utf8_make_valid (*text, -1);

      g_free (*text);
      *text = valid;
    }
  return *text;
}

typedef struct
{
  gpointer data;
  gsize size;
} Mapping;

static void
unmap (gpointer data)
{
  Mapping *mapping = data;

  munmap (mapping->data, mapping->size);
  g_free (mapping);
}

static GBytes *
map_bulk (const KabHelperRequest *request)
{
  const gsize size = (gsize) request->frame.size;
  gpointer data = mmap (NULL, size, PROT_READ, MAP_PRIVATE, request->bulk, 0);
  Mapping *mapping;

  if (data == MAP_FAILED)
    return NULL;
  mapping = g_new (Mapping, 1);
  *mapping = (Mapping) { data, size };
  return g_bytes_new_with_free_func (data, size, unmap, mapping);
}

/* With a wrong password poppler 25.03 falls over a document in memory, and
 * calls one in a file damaged: so a file, and only one that is known to be
 * encrypted comes with a password. */
static KabHelperStatus
load_document (const char *password, int bulk)
{
  const gboolean locked = *password != '\0';
  g_autoptr (GError) error = NULL;

  if (locked)
    document = poppler_document_new_from_fd (fcntl (bulk, F_DUPFD_CLOEXEC, 0), password, &error);
  else
    document = poppler_document_new_from_bytes (document_bytes, NULL, &error);
  if (g_error_matches (error, POPPLER_ERROR, POPPLER_ERROR_ENCRYPTED) ||
      (locked && g_error_matches (error, POPPLER_ERROR, POPPLER_ERROR_DAMAGED)))
    return KAB_HELPER_PASSWORD;
  if (document == NULL || poppler_document_get_n_pages (document) < 1)
    return KAB_HELPER_DAMAGED;
  if ((guint) poppler_document_get_n_pages (document) > KAB_HELPER_MAX_PAGES)
    return KAB_HELPER_TOO_LARGE;
  return KAB_HELPER_OK;
}

static guint
get_permissions (void)
{
  const PopplerPermissions granted = poppler_document_get_permissions (document);
  guint permissions = 0;

  if (granted & POPPLER_PERMISSIONS_OK_TO_PRINT)
    permissions |= KAB_HELPER_MAY_PRINT;
  if (granted & POPPLER_PERMISSIONS_OK_TO_COPY)
    permissions |= KAB_HELPER_MAY_COPY;
  if (granted & (POPPLER_PERMISSIONS_OK_TO_FILL_FORM | POPPLER_PERMISSIONS_OK_TO_MODIFY))
    permissions |= KAB_HELPER_MAY_FILL;
  return permissions;
}

/* A wrong password may be followed by another try; a document only by its own
 * requests. */
static void
handle_open (const KabHelperRequest *request, KabHelperReply *reply)
{
  g_autoptr (KabHelperPage) page = NULL;
  const char *password;
  double width, height;

  if (document != NULL)
    {
      reply->status = KAB_HELPER_REFUSED;
      return;
    }
  g_clear_pointer (&document_bytes, g_bytes_unref);
  document_bytes = map_bulk (request);
  g_variant_get (request->arguments, "(&s)", &password);
  reply->status =
      document_bytes != NULL ? load_document (password, request->bulk) : KAB_HELPER_TOO_LARGE;
  if (reply->status != KAB_HELPER_OK)
    {
      g_clear_object (&document);
      return;
    }
  page = poppler_document_get_page (document, 0);
  get_page_size (page, &width, &height);
  reply->arguments = g_variant_ref_sink (g_variant_new (KAB_HELPER_OPEN_REPLY_TYPE,
                                                        poppler_document_get_n_pages (document),
                                                        get_permissions (), width, height));
}

static void
describe_pages (GVariantBuilder *pages)
{
  const int n_pages = poppler_document_get_n_pages (document);

  g_variant_builder_open (pages, G_VARIANT_TYPE ("a(dds)"));
  for (int i = 0; i < n_pages; i++)
    {
      g_autoptr (KabHelperPage) page = poppler_document_get_page (document, i);
      g_autofree char *label = page != NULL ? poppler_page_get_label (page) : NULL;
      double width, height;

      get_page_size (page, &width, &height);
      g_variant_builder_add (pages, "(dds)", width, height, clean_text (&label));
    }
  g_variant_builder_close (pages);
}

static guint
target_page (PopplerAction *action)
{
  PopplerDest *found = NULL;
  PopplerDest *target = action->goto_dest.dest;
  int page;

  if (target != NULL && target->type == POPPLER_DEST_NAMED)
    target = found = poppler_document_find_dest (document, target->named_dest);
  page = target != NULL ? target->page_num : 0;
  g_clear_pointer (&found, poppler_dest_free);
  return (guint) CLAMP (page - 1, 0, poppler_document_get_n_pages (document) - 1);
}

static void
describe_outline (GVariantBuilder *entries, PopplerIndexIter *iter, guint depth, guint *count)
{
  if (iter == NULL || depth > 16)
    return;
  do
    {
      PopplerAction *action = poppler_index_iter_get_action (iter);
      PopplerIndexIter *child;

      if (action != NULL && action->type == POPPLER_ACTION_GOTO_DEST)
        {
          g_autofree char *title = g_strdup (action->goto_dest.title);

          g_variant_builder_add (entries, KAB_HELPER_OUTLINE_TYPE, depth, target_page (action),
                                 clean_text (&title));
          (*count)++;
        }
      g_clear_pointer (&action, poppler_action_free);
      child = poppler_index_iter_get_child (iter);
      describe_outline (entries, child, depth + 1, count);
      g_clear_pointer (&child, poppler_index_iter_free);
    }
  while (*count < KAB_HELPER_MAX_OUTLINE && poppler_index_iter_next (iter));
}

static void
handle_details (KabHelperReply *reply)
{
  g_auto (GVariantBuilder) details =
      G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE (KAB_HELPER_DETAILS_TYPE));
  PopplerIndexIter *outline = poppler_index_iter_new (document);
  guint entries = 0;

  describe_pages (&details);
  g_variant_builder_open (&details, G_VARIANT_TYPE ("a" KAB_HELPER_OUTLINE_TYPE));
  describe_outline (&details, outline, 0, &entries);
  g_variant_builder_close (&details);
  g_clear_pointer (&outline, poppler_index_iter_free);

  kab_helper_fields_load (document, document_bytes);
  g_variant_builder_open (&details, G_VARIANT_TYPE ("a" KAB_HELPER_FIELD_TYPE));
  kab_helper_fields_describe (&details);
  g_variant_builder_close (&details);
  kab_helper_reply_set_variant (reply, g_variant_builder_end (&details));
}

static PopplerPage *
get_page (guint number, KabHelperReply *reply)
{
  PopplerPage *page = NULL;

  if (number < (guint) poppler_document_get_n_pages (document))
    page = poppler_document_get_page (document, (int) number);
  if (page == NULL)
    reply->status = KAB_HELPER_REFUSED;
  return page;
}

/* On white paper, whatever the page leaves open. */
static gboolean
draw_region (PopplerPage *page, guchar *pixels, int width, int height, double scale, int x, int y)
{
  cairo_surface_t *surface = cairo_image_surface_create_for_data (
      pixels, CAIRO_FORMAT_ARGB32, width, height,
      cairo_format_stride_for_width (CAIRO_FORMAT_ARGB32, width));
  cairo_t *context = cairo_create (surface);
  gboolean drawn;

  cairo_set_source_rgb (context, 1, 1, 1);
  cairo_paint (context);
  cairo_translate (context, -x, -y);
  cairo_scale (context, scale, scale);
  poppler_page_render (page, context);
  drawn = cairo_surface_status (surface) == CAIRO_STATUS_SUCCESS;
  cairo_destroy (context);
  cairo_surface_finish (surface);
  cairo_surface_destroy (surface);
  return drawn;
}

static void
handle_render (const KabHelperRequest *request, KabHelperReply *reply)
{
  g_autoptr (KabHelperPage) page = NULL;
  guint number;
  double scale;
  int x, y, width, height, stride;
  gsize size;
  guchar *pixels;
  gboolean drawn;

  g_variant_get (request->arguments, KAB_HELPER_RENDER_REQUEST_TYPE, &number, &scale, &x, &y,
                 &width, &height);
  if (!(scale > 0 && scale <= KAB_HELPER_MAX_SCALE) || width < 1 || height < 1 ||
      width > KAB_HELPER_MAX_SIDE || height > KAB_HELPER_MAX_SIDE ||
      (gint64) width * height > KAB_HELPER_MAX_PIXELS)
    {
      reply->status = KAB_HELPER_TOO_LARGE;
      return;
    }
  page = get_page (number, reply);
  stride = cairo_format_stride_for_width (CAIRO_FORMAT_ARGB32, width);
  size = (gsize) stride * (gsize) height;
  if (page == NULL || !kab_helper_reply_create_bulk (reply, size))
    return;
  pixels = mmap (NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED, reply->bulk, 0);
  if (pixels == MAP_FAILED)
    {
      reply->status = KAB_HELPER_TOO_LARGE;
      return;
    }
  drawn = draw_region (page, pixels, width, height, scale, x, y);
  munmap (pixels, size);
  if (!drawn)
    reply->status = KAB_HELPER_FAILED;
  else
    reply->arguments =
        g_variant_ref_sink (g_variant_new (KAB_HELPER_RENDER_REPLY_TYPE, width, height, stride));
}

static void
handle_text (const KabHelperRequest *request, KabHelperReply *reply)
{
  g_auto (GVariantBuilder) rectangles = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("a(dddd)"));
  g_autoptr (KabHelperPage) page = NULL;
  g_autofree PopplerRectangle *layout = NULL;
  g_autofree char *text = NULL;
  guint number, n_layout = 0;

  g_variant_get (request->arguments, "(u)", &number);
  page = get_page (number, reply);
  if (page == NULL)
    return;
  text = poppler_page_get_text (page);
  clean_text (&text);
  poppler_page_get_text_layout (page, &layout, &n_layout);
  n_layout = MIN (n_layout, (guint) g_utf8_strlen (text, -1));
  for (guint i = 0; i < n_layout; i++)
    g_variant_builder_add (&rectangles, "(dddd)", layout[i].x1, layout[i].y1, layout[i].x2,
                           layout[i].y2);
  kab_helper_reply_set_variant (reply, g_variant_new ("(sa(dddd))", text, &rectangles));
}

static void
find_on_page (guint number, const char *text, GVariantBuilder *matches, guint *count)
{
  g_autoptr (KabHelperPage) page = poppler_document_get_page (document, (int) number);
  double width, height;
  GList *found;

  if (page == NULL)
    return;
  get_page_size (page, &width, &height);
  found = poppler_page_find_text_with_options (
      page, text, POPPLER_FIND_DEFAULT | POPPLER_FIND_IGNORE_DIACRITICS);
  for (GList *item = found; item != NULL && *count < KAB_HELPER_MAX_MATCHES; item = item->next)
    {
      const PopplerRectangle *area = item->data;

      g_variant_builder_add (matches, "(udddd)", number, area->x1, height - area->y2, area->x2,
                             height - area->y1);
      (*count)++;
    }
  g_list_free_full (found, (GDestroyNotify) poppler_rectangle_free);
}

static void
handle_search (const KabHelperRequest *request, KabHelperReply *reply)
{
  g_auto (GVariantBuilder) matches =
      G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE (KAB_HELPER_MATCHES_TYPE));
  const guint n_pages = (guint) poppler_document_get_n_pages (document);
  const char *text;
  guint first, wanted, count = 0;

  g_variant_get (request->arguments, "(&suu)", &text, &first, &wanted);
  if (*text == '\0' || first >= n_pages)
    {
      reply->status = KAB_HELPER_REFUSED;
      return;
    }
  wanted = MIN (wanted, n_pages - first);
  for (guint i = 0; i < wanted && count < KAB_HELPER_MAX_MATCHES; i++)
    find_on_page (first + i, text, &matches, &count);
  kab_helper_reply_set_variant (reply, g_variant_builder_end (&matches));
}

/* poppler 25.03 puts a FILE on the descriptor that it is given and forgets both:
 * what is left in the buffer has to be written, and the descriptor closed, for
 * it. A later version may do so itself; neither does harm then. */
static gboolean
save_into (int descriptor)
{
  const int copy = fcntl (descriptor, F_DUPFD_CLOEXEC, 0);
  const gboolean saved =
      copy >= 0 && poppler_document_save_to_fd (document, copy, TRUE, NULL) && fflush (NULL) == 0;

  close (copy);
  return saved;
}

static void
handle_save (KabHelperReply *reply)
{
  off_t size = 0;

  if (!kab_helper_reply_create_bulk (reply, 0))
    return;
  if (save_into (reply->bulk))
    size = lseek (reply->bulk, 0, SEEK_END);
  if (size > 0)
    reply->size = (gsize) size;
  else
    reply->status = KAB_HELPER_FAILED;
}

/**
 * kab_helper_document_handle:
 * @request: a request that the channel found sound
 * @reply: (inout): gets the answer; its bulk is still to be sealed
 *
 * Does what is asked. Nothing here trusts the document: lengths, counts and
 * page numbers are bounded by kab-helper-protocol.h.
 */
void
kab_helper_document_handle (const KabHelperRequest *request, KabHelperReply *reply)
{
  const KabHelperKind kind = (KabHelperKind) request->frame.kind;

  if (kind == KAB_HELPER_OPEN)
    handle_open (request, reply);
  else if (kind == KAB_HELPER_SELF_TEST)
    kab_helper_reply_set_variant (reply, kab_self_test_run ());
  else if (document == NULL)
    reply->status = KAB_HELPER_REFUSED;
  else if (kind == KAB_HELPER_DETAILS)
    handle_details (reply);
  else if (kind == KAB_HELPER_RENDER)
    handle_render (request, reply);
  else if (kind == KAB_HELPER_TEXT)
    handle_text (request, reply);
  else if (kind == KAB_HELPER_SEARCH)
    handle_search (request, reply);
  else if (kind == KAB_HELPER_SET_FIELD)
    kab_helper_fields_set (request->arguments, reply);
  else
    handle_save (reply);
}
