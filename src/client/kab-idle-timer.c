/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-idle-timer.h"

#include <time.h>

struct _KabIdleTimer
{
  GObject parent_instance;

  guint idle_seconds;
  KabClock clock;
  gpointer clock_data;
  gint64 last_activity; /* microseconds of the clock */
  guint tick_source;
  guint seconds_left;
  gboolean warning;
};

enum
{
  PROP_0,
  PROP_WARNING,
  PROP_SECONDS_LEFT,
  PROP_IDLE_SECONDS,
  N_PROPS,
};

enum
{
  EXPIRED,
  N_SIGNALS,
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (KabIdleTimer, kab_idle_timer, G_TYPE_OBJECT)

/* CLOCK_MONOTONIC stands still while the computer sleeps; this one doesn't. */
static gint64
boot_clock (gpointer user_data)
{
  struct timespec now;

  clock_gettime (CLOCK_BOOTTIME, &now);

  return now.tv_sec * G_USEC_PER_SEC + now.tv_nsec / 1000;
}

static void
set_warning (KabIdleTimer *self, gboolean warning)
{
  if (self->warning == warning)
    return;

  self->warning = warning;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_WARNING]);
}

/* Nobody watches the seconds before the warning. */
static void
set_seconds_left (KabIdleTimer *self, guint seconds)
{
  gboolean shown = self->warning || seconds <= KAB_IDLE_TIMER_WARNING;

  if (self->seconds_left == seconds)
    return;

  self->seconds_left = seconds;
  if (shown)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SECONDS_LEFT]);
}

static gboolean
ticked_cb (gpointer user_data)
{
  kab_idle_timer_check (user_data);

  return G_SOURCE_CONTINUE;
}

static void
kab_idle_timer_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  KabIdleTimer *self = KAB_IDLE_TIMER (object);

  switch (prop_id)
    {
    case PROP_WARNING:
      g_value_set_boolean (value, self->warning);
      break;
    case PROP_SECONDS_LEFT:
      g_value_set_uint (value, self->seconds_left);
      break;
    case PROP_IDLE_SECONDS:
      g_value_set_uint (value, self->idle_seconds);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
kab_idle_timer_dispose (GObject *object)
{
  KabIdleTimer *self = KAB_IDLE_TIMER (object);

  g_clear_handle_id (&self->tick_source, g_source_remove);
  G_OBJECT_CLASS (kab_idle_timer_parent_class)->dispose (object);
}

static void
kab_idle_timer_class_init (KabIdleTimerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags
      = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = kab_idle_timer_get_property;
  object_class->dispose = kab_idle_timer_dispose;

  properties[PROP_WARNING] = g_param_spec_boolean ("warning", NULL, NULL, FALSE, flags);
  properties[PROP_SECONDS_LEFT]
      = g_param_spec_uint ("seconds-left", NULL, NULL, 0, G_MAXUINT, 0, flags);
  properties[PROP_IDLE_SECONDS]
      = g_param_spec_uint ("idle-seconds", NULL, NULL, 0, G_MAXUINT, 0, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[EXPIRED] = g_signal_new ("expired", KAB_TYPE_IDLE_TIMER, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static void
kab_idle_timer_init (KabIdleTimer *self)
{
  self->clock = boot_clock;
}

KabIdleTimer *
kab_idle_timer_new (guint seconds)
{
  KabIdleTimer *self = g_object_new (KAB_TYPE_IDLE_TIMER, NULL);

  self->idle_seconds = seconds > 0 ? seconds : KAB_IDLE_TIMER_DEFAULT;
  self->seconds_left = self->idle_seconds;

  return self;
}

void
kab_idle_timer_set_clock (KabIdleTimer *self, KabClock clock, gpointer user_data)
{
  g_return_if_fail (KAB_IS_IDLE_TIMER (self));
  g_return_if_fail (clock != NULL);

  self->clock = clock;
  self->clock_data = user_data;
}

void
kab_idle_timer_start (KabIdleTimer *self)
{
  g_return_if_fail (KAB_IS_IDLE_TIMER (self));

  if (self->tick_source == 0)
    self->tick_source = g_timeout_add_seconds (1, ticked_cb, self);
  kab_idle_timer_reset (self);
}

void
kab_idle_timer_stop (KabIdleTimer *self)
{
  g_return_if_fail (KAB_IS_IDLE_TIMER (self));

  g_clear_handle_id (&self->tick_source, g_source_remove);
  set_warning (self, FALSE);
}

void
kab_idle_timer_reset (KabIdleTimer *self)
{
  g_return_if_fail (KAB_IS_IDLE_TIMER (self));

  self->last_activity = self->clock (self->clock_data);
  set_seconds_left (self, self->idle_seconds);
  set_warning (self, FALSE);
}

void
kab_idle_timer_check (KabIdleTimer *self)
{
  gint64 idle, left;

  g_return_if_fail (KAB_IS_IDLE_TIMER (self));

  if (self->tick_source == 0)
    return;

  idle = self->clock (self->clock_data) - self->last_activity;
  left = MAX (0, (self->idle_seconds * G_USEC_PER_SEC - idle + G_USEC_PER_SEC - 1)
                     / G_USEC_PER_SEC);
  g_object_ref (self);
  set_seconds_left (self, left);
  set_warning (self, left > 0 && left <= KAB_IDLE_TIMER_WARNING);
  if (left == 0 && self->tick_source != 0)
    {
      g_clear_handle_id (&self->tick_source, g_source_remove);
      g_signal_emit (self, signals[EXPIRED], 0);
    }
  g_object_unref (self);
}

gboolean
kab_idle_timer_get_warning (KabIdleTimer *self)
{
  g_return_val_if_fail (KAB_IS_IDLE_TIMER (self), FALSE);

  return self->warning;
}

guint
kab_idle_timer_get_seconds_left (KabIdleTimer *self)
{
  g_return_val_if_fail (KAB_IS_IDLE_TIMER (self), 0);

  return self->seconds_left;
}
