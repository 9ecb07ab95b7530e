/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "demo/kab-demo.h"

#include <glib/gi18n.h>

#include "demo/kab-phone-window.h"
#include "kab-json.h"

/**
 * KabDemo:
 *
 * The demo bank in use: starts it, tells the #KabBankModel how that goes, connects to it, and shows
 * its phone. The bank's "Cancel" and a change to another bank end it. `running` notifies.
 */
struct _KabDemo
{
  GObject parent_instance;

  KabDemoBank *demo_bank;    /* (owned) */
  KabBankModel *bank_model;  /* (owned) */
  KabAccess *access;         /* (owned) */
  KabPhoneFeed *feed;        /* (owned) */
  GCancellable *cancellable; /* (owned) (nullable): while it is being started for the first time */
  GtkWindow *phone;          /* (weak) (nullable) */
  gboolean is_wanted;
  gboolean starts_when_stopped;
};

enum
{
  PROP_RUNNING = 1,
  N_PROPS,
};

enum
{
  MESSAGE_ARRIVED,
  N_SIGNALS,
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (KabDemo, kab_demo, G_TYPE_OBJECT)

static const char *
get_activity (KabDemoBankState state)
{
  return state == KAB_DEMO_BANK_STARTING_SERVER ? N_("The bank’s server starts.")
                                                : N_("The stand-ins for text messages, mail and "
                                                      "identification start.");
}

static void
connect_phone (KabDemo *self)
{
  JsonObject *sandbox = kab_demo_bank_get_sandbox (self->demo_bank);
  JsonObject *phone = sandbox != NULL ? kab_json_get_object (sandbox, "phone", NULL) : NULL;

  kab_phone_feed_connect (self->feed,
                          phone != NULL ? kab_json_get_string (phone, "baseUrl", 500, NULL) : NULL);
}

/* Also after it died and was started anew by itself, at another address perhaps. */
static void
state_changed_cb (KabDemo *self)
{
  KabDemoBankState state = kab_demo_bank_get_state (self->demo_bank);

  if (self->cancellable != NULL &&
      (state == KAB_DEMO_BANK_STARTING_SANDBOX || state == KAB_DEMO_BANK_STARTING_SERVER))
    kab_bank_model_set_starting (self->bank_model, get_activity (state));
  if (state == KAB_DEMO_BANK_RUNNING)
    {
      kab_access_set_demo_address (self->access, kab_demo_bank_get_address (self->demo_bank));
      connect_phone (self);
    }
  if (state == KAB_DEMO_BANK_STOPPED && self->starts_when_stopped)
    kab_demo_start (self);
  if (state == KAB_DEMO_BANK_FAILED && self->is_wanted && self->cancellable == NULL)
    kab_bank_model_set_failed (self->bank_model, KAB_OUTAGE_DEMO);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_RUNNING]);
}

static void
started_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  gboolean done = kab_demo_bank_start_finish (KAB_DEMO_BANK (source), result, &error);
  g_autoptr (KabDemo) self = user_data;

  g_clear_object (&self->cancellable);
  if (!self->is_wanted)
    {
      kab_demo_stop (self);
      return;
    }
  if (!done)
    {
      g_warning ("The demo bank can’t be started: %s", error->message);
      kab_bank_model_set_failed (self->bank_model, KAB_OUTAGE_DEMO);
      return;
    }

  kab_bank_model_connect (self->bank_model, kab_demo_bank_get_address (self->demo_bank));
  kab_demo_show_phone (self);
}

/* The person chose another bank, or none. */
static void
bank_state_changed_cb (KabDemo *self)
{
  const char *address = kab_bank_model_get_address (self->bank_model);

  switch (kab_bank_model_get_state (self->bank_model))
    {
    case KAB_BANK_NONE:
      kab_demo_stop (self);
      break;
    case KAB_BANK_CONNECTING:
      if (g_strcmp0 (address, kab_demo_bank_get_address (self->demo_bank)) != 0)
        kab_demo_stop (self);
      break;
    case KAB_BANK_STARTING:
    case KAB_BANK_READY:
    case KAB_BANK_UNREACHABLE:
    default:
      break;
    }
}

/* "Try again" where there is no bank yet. */
static void
connect_cb (KabDemo *self, const char *address)
{
  if (address == NULL)
    kab_demo_start (self);
}

/* The phone speaks the language of the application. */
static void
language_changed_cb (KabDemo *self)
{
  if (self->phone == NULL)
    return;

  kab_demo_hide_phone (self);
  kab_demo_show_phone (self);
}

static void
arrived_cb (KabDemo *self)
{
  if (self->phone == NULL)
    g_signal_emit (self, signals[MESSAGE_ARRIVED], 0);
}

static void
kab_demo_get_property (GObject *object, guint property_id, GValue *value, GParamSpec *pspec)
{
  switch (property_id)
    {
    case PROP_RUNNING:
      g_value_set_boolean (value, kab_demo_is_running (KAB_DEMO (object)));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
kab_demo_dispose (GObject *object)
{
  KabDemo *self = KAB_DEMO (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  kab_demo_hide_phone (self);
  if (self->feed != NULL)
    kab_phone_feed_connect (self->feed, NULL);
  g_clear_object (&self->feed);
  g_clear_object (&self->demo_bank);
  g_clear_object (&self->bank_model);
  g_clear_object (&self->access);

  G_OBJECT_CLASS (kab_demo_parent_class)->dispose (object);
}

static void
kab_demo_class_init (KabDemoClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = kab_demo_get_property;
  object_class->dispose = kab_demo_dispose;

  properties[PROP_RUNNING] = g_param_spec_boolean ("running", NULL, NULL, FALSE,
                                                   G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  /* Something came while the phone is closed. */
  signals[MESSAGE_ARRIVED] = g_signal_new ("message-arrived", G_TYPE_FROM_CLASS (klass),
                                           G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
kab_demo_init (KabDemo *self)
{
  self->feed = kab_phone_feed_new ();
  g_signal_connect_object (self->feed, "arrived", G_CALLBACK (arrived_cb), self, G_CONNECT_SWAPPED);
}

/**
 * kab_demo_new:
 * @demo_bank: the programs, stopped
 * @bank_model: the bank that the pages show
 * @access: the way into it
 *
 * Returns: (transfer full): the demo, not started
 */
KabDemo *
kab_demo_new (KabDemoBank *demo_bank, KabBankModel *bank_model, KabAccess *access)
{
  KabDemo *self = g_object_new (KAB_TYPE_DEMO, NULL);

  g_set_object (&self->demo_bank, demo_bank);
  g_set_object (&self->bank_model, bank_model);
  g_set_object (&self->access, access);
  g_signal_connect_object (demo_bank, "notify::state", G_CALLBACK (state_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (bank_model, "notify::state", G_CALLBACK (bank_state_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (bank_model, "connect", G_CALLBACK (connect_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (kab_access_get_language (access), "notify::current",
                           G_CALLBACK (language_changed_cb), self, G_CONNECT_SWAPPED);

  return self;
}

/**
 * kab_demo_start:
 * @self: the demo
 *
 * Starts the demo bank and connects to it; how it goes is seen in the #KabBankModel.
 */
void
kab_demo_start (KabDemo *self)
{
  KabDemoBankState state;

  g_return_if_fail (KAB_IS_DEMO (self));

  self->is_wanted = TRUE;
  state = kab_demo_bank_get_state (self->demo_bank);
  self->starts_when_stopped = state == KAB_DEMO_BANK_STOPPING;
  if (state == KAB_DEMO_BANK_STOPPING)
    kab_bank_model_set_starting (self->bank_model, N_("It is just ending from before."));
  if (state == KAB_DEMO_BANK_RUNNING)
    {
      kab_bank_model_connect (self->bank_model, kab_demo_bank_get_address (self->demo_bank));
      kab_demo_show_phone (self);
      return;
    }
  if (state != KAB_DEMO_BANK_STOPPED && state != KAB_DEMO_BANK_FAILED)
    return;

  self->cancellable = g_cancellable_new ();
  kab_demo_bank_start_async (self->demo_bank, self->cancellable, started_cb, g_object_ref (self));
}

/**
 * kab_demo_stop:
 * @self: the demo
 *
 * Ends the demo bank; its data stay for the next time.
 */
void
kab_demo_stop (KabDemo *self)
{
  KabDemoBankState state;

  g_return_if_fail (KAB_IS_DEMO (self));

  state = kab_demo_bank_get_state (self->demo_bank);
  self->is_wanted = FALSE;
  self->starts_when_stopped = FALSE;
  if (self->cancellable != NULL)
    {
      g_cancellable_cancel (self->cancellable);
      return;
    }
  if (state == KAB_DEMO_BANK_STOPPED || state == KAB_DEMO_BANK_STOPPING ||
      state == KAB_DEMO_BANK_FAILED)
    return;

  kab_demo_hide_phone (self);
  kab_phone_feed_connect (self->feed, NULL);
  kab_demo_bank_stop_async (self->demo_bank, NULL, NULL);
}

/**
 * kab_demo_is_running:
 * @self: the demo
 *
 * Returns: whether the demo bank answers
 */
gboolean
kab_demo_is_running (KabDemo *self)
{
  g_return_val_if_fail (KAB_IS_DEMO (self), FALSE);

  return kab_demo_bank_get_state (self->demo_bank) == KAB_DEMO_BANK_RUNNING;
}

/**
 * kab_demo_show_phone:
 * @self: the demo
 *
 * Brings its phone to the front.
 */
void
kab_demo_show_phone (KabDemo *self)
{
  g_return_if_fail (KAB_IS_DEMO (self));

  if (self->phone == NULL)
    g_set_weak_pointer (&self->phone,
                        GTK_WINDOW (kab_phone_window_new (G_LIST_MODEL (self->feed))));
  gtk_window_present (self->phone);
}

/**
 * kab_demo_hide_phone:
 * @self: the demo
 *
 * Closes its phone; what arrived stays on it.
 */
void
kab_demo_hide_phone (KabDemo *self)
{
  g_return_if_fail (KAB_IS_DEMO (self));

  if (self->phone != NULL)
    gtk_window_destroy (self->phone);
  g_clear_weak_pointer (&self->phone);
}
