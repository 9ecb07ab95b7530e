/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-secret-memory.h"

#include <sodium.h>
#include <string.h>

char *
kab_secret_dup (const char *secret)
{
  char *copy;

  if (secret == NULL)
    return NULL;
  if (sodium_init () < 0)
    g_return_val_if_reached (NULL);

  /* Locked, between guard pages, wiped by sodium_free(). */
  copy = sodium_malloc (strlen (secret) + 1);
  if (copy == NULL)
    return NULL;
  memcpy (copy, secret, strlen (secret) + 1);

  return copy;
}

void
kab_secret_free (char *secret)
{
  sodium_free (secret);
}

void
kab_secret_take (char **place, const char *secret)
{
  char *copy = kab_secret_dup (secret);

  kab_secret_free (*place);
  *place = copy;
}
