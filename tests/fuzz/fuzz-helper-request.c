/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * A packet that reaches the document helper. The first byte says what comes with it: nothing, a
 * sealed memfd, one that could change, or half a sealed one; the memfd holds one byte more for each
 * four that the byte counts.
 */

#include <fcntl.h>
#include <stdint.h>
#include <string.h>

#include "fuzz-bulk.h"
#include "kab-helper-channel.h"

#define SEALS (F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE)

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

static int
create_bulk (guint8 what)
{
  static const guint8 content[64] = { 0 };
  static const unsigned int seals[] = { SEALS, 0, F_SEAL_SHRINK | F_SEAL_GROW };

  return what % 4 == 0 ? -1 : fuzz_bulk_new (content, what / 4, seals[what % 4 - 1]);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  KabHelperRequest request = { .bulk = size > 0 ? create_bulk (data[0]) : -1 };

  if (size > 0 && kab_helper_request_parse (&request, (const char *) data + 1, size - 1))
    {
      g_assert (request.frame.magic == KAB_HELPER_MAGIC && request.frame.status == 0);
      g_assert ((request.bulk >= 0) == (request.frame.kind == KAB_HELPER_OPEN));
      g_assert (request.bulk < 0 || data[0] % 4 == 1);
      g_assert (request.arguments == NULL || g_variant_is_normal_form (request.arguments));
    }
  kab_helper_request_clear (&request);
  return 0;
}
