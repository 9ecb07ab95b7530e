/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-application.h"

G_BEGIN_DECLS

/* Where nothing draws shadows, a window draws a frame of this many pixels around its content. */
#define KAB_APP_FRAME 5

KabApplication *kab_app_fixture_start (void);
void kab_app_fixture_stop (KabApplication *application);
void kab_app_fixture_set_online (KabApplication *application, gboolean online);

void kab_app_fixture_fill_bank (KabBankModel *bank);
KabSection *kab_app_fixture_section (const char *id, const char *title, const char *icon_name);
void kab_app_fixture_show (KabWindow *window, GtkWidget *content);
void kab_app_fixture_close (gpointer window);
void kab_app_fixture_wait_frame (GtkWidget *widget);

/**
 * kab_app_wait_until:
 *
 * Runs the main loop until @condition holds, for at most two minutes, which a sanitizer may need.
 */
#define kab_app_wait_until(condition)                                                              \
  G_STMT_START                                                                                     \
  {                                                                                                \
    gint64 _end = g_get_monotonic_time () + 120 * G_TIME_SPAN_SECOND;                              \
                                                                                                   \
    while (!(condition) && g_get_monotonic_time () < _end)                                         \
      g_main_context_iteration (NULL, FALSE);                                                      \
    g_assert_true (condition);                                                                     \
  }                                                                                                \
  G_STMT_END

G_END_DECLS
