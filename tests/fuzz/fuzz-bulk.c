/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "fuzz-bulk.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

/*
 * fuzz_bulk_new:
 * @seals: F_SEAL_* flags
 *
 * Returns: a memfd with @data
 */
int
fuzz_bulk_new (const guint8 *data, gsize size, unsigned int seals)
{
  int descriptor = memfd_create ("fuzz", MFD_CLOEXEC | MFD_ALLOW_SEALING);

  g_assert (descriptor >= 0 && write (descriptor, data, size) == (gssize) size);
  g_assert (fcntl (descriptor, F_ADD_SEALS, seals) == 0);
  return descriptor;
}
