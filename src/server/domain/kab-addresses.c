/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "kab-addresses.h"

#include <string.h>

#include "kab-email.h"
#include "kab-phone.h"

#define MASK "•••"

static gboolean
is_email (const char *channel)
{
  return g_str_equal (channel, KAB_CHANNEL_EMAIL);
}

/**
 * kab_address_channel_of:
 * @login: an e-mail address or a phone number, as typed
 *
 * Returns: the channel that it can only be of
 */
const char *
kab_address_channel_of (const char *login)
{
  return strchr (login, '@') != NULL ? KAB_CHANNEL_EMAIL : KAB_CHANNEL_PHONE;
}

/**
 * kab_address_check:
 *
 * Returns: what is wrong with an address of this channel
 */
KabCheck
kab_address_check (const char *channel, const char *address)
{
  return is_email (channel) ? kab_email_check (address) : kab_phone_check (address);
}

/**
 * kab_address_normalise:
 * @address: one that kab_address_check() has nothing against
 *
 * Returns: (transfer full): the address as it is stored and written to
 */
char *
kab_address_normalise (const char *channel, const char *address)
{
  return is_email (channel) ? kab_email_normalise (address) : kab_phone_normalise (address);
}

/**
 * kab_address_key:
 * @address: as typed
 *
 * Returns: (transfer full) (nullable): what addresses are compared by (CON-11); %NULL for what is
 *   no address
 */
char *
kab_address_key (const char *channel, const char *address)
{
  return is_email (channel) ? kab_email_key (address) : kab_phone_normalise (address);
}

/**
 * kab_address_mask:
 * @address: a whole one
 *
 * Returns: (transfer full): enough for its owner to know it (A2): the first letter and the domain,
 *   or the country's beginning and the last three digits
 */
char *
kab_address_mask (const char *channel, const char *address)
{
  gsize length = strlen (address);
  const char *at = strrchr (address, '@');
  g_autofree char *first = NULL;

  if (is_email (channel) && at != NULL)
    {
      first = g_utf8_substring (address, 0, 1);
      return g_strconcat (first, MASK, at, NULL);
    }
  if (length < 8)
    return g_strdup (MASK);
  return g_strdup_printf ("%.4s " MASK " %s", address, address + length - 3);
}
