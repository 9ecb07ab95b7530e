/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "common/kab-outage.h"

#include <glib/gi18n.h>

typedef struct
{
  const char *icon_name;
  const char *title;
  const char *remedy;
} OutageText;

static const OutageText texts[] = {
  [KAB_OUTAGE_NONE] = { "emblem-ok-symbolic", "", "" },
  [KAB_OUTAGE_NO_NETWORK] = {
      "network-offline-symbolic",
      N_("No internet connection"),
      N_("Check the network of this computer, then try again. Nothing that you typed is lost."),
  },
  [KAB_OUTAGE_SERVER_DOWN] = {
      "network-server-symbolic",
      N_("The bank can’t be reached"),
      N_("Your connection works, but the bank’s server does not answer. Try again in a few "
         "minutes, or call the bank."),
  },
  [KAB_OUTAGE_SLOW] = {
      "network-error-symbolic",
      N_("The bank takes too long to answer"),
      N_("The connection may be slow or the bank very busy. Try again in a minute."),
  },
  [KAB_OUTAGE_GARBAGE] = {
      "dialog-warning-symbolic",
      N_("This does not look like a bank’s server"),
      N_("The answer can’t be understood. Check the bank’s address, or whether this network asks "
         "you to sign in to it first."),
  },
  [KAB_OUTAGE_OVERLOADED] = {
      "network-server-symbolic",
      N_("The bank is very busy"),
      N_("Many people are using it right now. Try again in a minute."),
  },
  [KAB_OUTAGE_FAILED] = {
      "network-server-symbolic",
      N_("The bank’s server has a problem"),
      N_("It answers, but can’t do its work now. Nothing that you typed is lost. Try again in a few "
         "minutes, or call the bank."),
  },
  [KAB_OUTAGE_UNTRUSTED] = {
      "channel-insecure-symbolic",
      N_("This connection is not safe"),
      N_("The server can’t prove that it is your bank, so nothing was sent. Check the address and "
         "the date of this computer, or call the bank."),
  },
  [KAB_OUTAGE_DEMO] = {
      "dialog-warning-symbolic",
      N_("The demo bank does not start"),
      N_("Its programs are part of Kabinets; install it anew, or make room on this computer’s disk, "
         "and try again."),
  },
};

/**
 * kab_outage_get_title:
 * @outage: what is wrong
 *
 * Returns: (transfer none): a short heading, in the current language
 */
const char *
kab_outage_get_title (KabOutage outage)
{
  g_return_val_if_fail ((guint) outage < G_N_ELEMENTS (texts), "");

  return outage == KAB_OUTAGE_NONE ? "" : _ (texts[outage].title);
}

/**
 * kab_outage_get_remedy:
 * @outage: what is wrong
 *
 * Returns: (transfer none): what to do about it, in the current language
 */
const char *
kab_outage_get_remedy (KabOutage outage)
{
  g_return_val_if_fail ((guint) outage < G_N_ELEMENTS (texts), "");

  return outage == KAB_OUTAGE_NONE ? "" : _ (texts[outage].remedy);
}

/**
 * kab_outage_get_icon_name:
 * @outage: what is wrong
 *
 * Returns: (transfer none): a symbolic icon
 */
const char *
kab_outage_get_icon_name (KabOutage outage)
{
  g_return_val_if_fail ((guint) outage < G_N_ELEMENTS (texts), "");

  return texts[outage].icon_name;
}
