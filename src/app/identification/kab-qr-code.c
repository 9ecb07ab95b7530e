/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "identification/kab-qr-code.h"

#include <qrencode.h>

/* Modules of empty space around the code (ISO/IEC 18004, 6.3.8). */
#define QUIET_ZONE   4
#define NATURAL_SIZE 216

/**
 * KabQrCode:
 *
 * A text as a QR code, black on white whatever the colours around it. A module is a whole number of
 * pixels. What it holds has to stand beside it as text.
 */
struct _KabQrCode
{
  GtkWidget parent_instance;

  QRcode *code; /* (owned) (nullable) */
};

G_DEFINE_FINAL_TYPE (KabQrCode, kab_qr_code, GTK_TYPE_WIDGET)

static gboolean
is_dark (const QRcode *code, int column, int row)
{
  return code->data[row * code->width + column] & 1;
}

/* Dark modules that touch are one rectangle. */
static void
draw_row (const QRcode *code, int row, GtkSnapshot *snapshot, float module)
{
  static const GdkRGBA black = { 0, 0, 0, 1 };

  for (int column = 0; column < code->width; column++)
    {
      int start = column;

      while (column < code->width && is_dark (code, column, row))
        column++;
      if (column > start)
        gtk_snapshot_append_color (snapshot, &black,
                                   &GRAPHENE_RECT_INIT ((float) (start + QUIET_ZONE) * module,
                                                        (float) (row + QUIET_ZONE) * module,
                                                        (float) (column - start) * module, module));
    }
}

static void
kab_qr_code_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  static const GdkRGBA white = { 1, 1, 1, 1 };
  const QRcode *code = KAB_QR_CODE (widget)->code;
  int side = MIN (gtk_widget_get_width (widget), gtk_widget_get_height (widget));
  int modules;
  float module;
  float size;

  if (code == NULL)
    return;

  modules = code->width + 2 * QUIET_ZONE;
  module = (float) MAX (side / modules, 1);
  size = module * (float) modules;
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (
      snapshot, &GRAPHENE_POINT_INIT ((float) (gtk_widget_get_width (widget) - (int) size) / 2,
                                      (float) (gtk_widget_get_height (widget) - (int) size) / 2));
  gtk_snapshot_append_color (snapshot, &white, &GRAPHENE_RECT_INIT (0, 0, size, size));
  for (int row = 0; row < code->width; row++)
    draw_row (code, row, snapshot, module);
  gtk_snapshot_restore (snapshot);
}

static void
kab_qr_code_measure (GtkWidget *widget,
                     GtkOrientation orientation,
                     int for_size,
                     int *minimum,
                     int *natural,
                     int *minimum_baseline,
                     int *natural_baseline)
{
  *minimum = *natural = NATURAL_SIZE;
}

static void
kab_qr_code_finalize (GObject *object)
{
  g_clear_pointer (&KAB_QR_CODE (object)->code, QRcode_free);

  G_OBJECT_CLASS (kab_qr_code_parent_class)->finalize (object);
}

static void
kab_qr_code_class_init (KabQrCodeClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = kab_qr_code_finalize;
  widget_class->snapshot = kab_qr_code_snapshot;
  widget_class->measure = kab_qr_code_measure;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
kab_qr_code_init (KabQrCode *self)
{
}

/**
 * kab_qr_code_set_text:
 * @self: a code
 * @text: (nullable): what it holds, up to some two thousand bytes; more draws nothing
 */
void
kab_qr_code_set_text (KabQrCode *self, const char *text)
{
  g_return_if_fail (KAB_IS_QR_CODE (self));

  g_clear_pointer (&self->code, QRcode_free);
  if (text != NULL)
    self->code = QRcode_encodeString8bit (text, 0, QR_ECLEVEL_M);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
