/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-app-walk.h"
#include "kab-phone-feed.h"

G_BEGIN_DECLS

/**
 * KabAppDemo:
 *
 * The application with its demo bank: the real programs, on loopback, in a folder of the test.
 */
typedef struct
{
  KabApplication *application;
  KabWindow *window;
  KabPhoneFeed *phone; /* (owned) */
} KabAppDemo;

#define KAB_APP_PASSWORD "Zaļa-mīkla-7"

void kab_app_demo_init (int *argc, char ***argv);
int kab_app_demo_run (void);

KabAppDemo *kab_app_demo_start (void);
KabAppDemo *kab_app_demo_start_with (KabApplication *application);
void kab_app_demo_free (KabAppDemo *self);
void kab_app_demo_stop (KabAppDemo *self);

GtkWidget *kab_app_demo_root (KabAppDemo *self);
char *kab_app_demo_wait_code (KabAppDemo *self, const char *address, gint64 after);
gint64 kab_app_demo_newest (KabAppDemo *self);
char *kab_app_demo_wait_text (KabAppDemo *self, const char *address, gint64 after);

void kab_app_demo_fill_about (KabAppDemo *self);
void kab_app_demo_fill_contact (KabAppDemo *self, const char *email, const char *phone);
void kab_app_demo_register (KabAppDemo *self, const char *email, const char *phone);

G_END_DECLS
