/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/** How long before the end the user is warned, seconds (WCAG 2.2.1 asks for at least 20). */
#define KAB_IDLE_TIMER_WARNING 60

/** Idle seconds where the bank doesn't say (Regulation (EU) 2018/389, article 4(3)(d)). */
#define KAB_IDLE_TIMER_DEFAULT 300

#define KAB_TYPE_IDLE_TIMER (kab_idle_timer_get_type ())

/**
 * KabIdleTimer:
 *
 * Tells when a signed-in user has been away for too long. The computer's sleep counts.
 *
 * Properties: warning (boolean: TRUE in the last 60 seconds), seconds-left (uint; notifies each
 * second while warning), idle-seconds (uint).
 *
 * Signals: "expired" () once: sign out.
 */
G_DECLARE_FINAL_TYPE (KabIdleTimer, kab_idle_timer, KAB, IDLE_TIMER, GObject)

/** Microseconds of a clock that never goes back and goes on while the computer sleeps. */
typedef gint64 (*KabClock) (gpointer user_data);

/**
 * @seconds: how long the user may be idle, kab_session_get_idle_seconds(); 0 for the default
 *
 * Returns: (transfer full)
 */
KabIdleTimer *kab_idle_timer_new (guint seconds);

/** Another clock. The time is looked at each second, and by kab_idle_timer_check(). */
void kab_idle_timer_set_clock (KabIdleTimer *self, KabClock clock, gpointer user_data);

/** Begins a whole span; it ends with "expired", or by stopping. A stopped one says nothing. */
void kab_idle_timer_start (KabIdleTimer *self);
void kab_idle_timer_stop (KabIdleTimer *self);

/** The user did something, or chose to stay. Uploads and live events are no activity. */
void kab_idle_timer_reset (KabIdleTimer *self);

/** Looks at the clock now, such as when the computer wakes up. */
void kab_idle_timer_check (KabIdleTimer *self);

/** Whether KAB_IDLE_TIMER_WARNING or less is left, and the seconds, as of the last look. */
gboolean kab_idle_timer_get_warning (KabIdleTimer *self);
guint kab_idle_timer_get_seconds_left (KabIdleTimer *self);

G_END_DECLS
