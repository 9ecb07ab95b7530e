/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Upload-Metadata and Upload-Checksum: what is accepted is UTF-8 without a NUL, and whole. */

#include <stdint.h>
#include <string.h>

#include "kab-tus-headers.h"

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autofree char *header = g_strndup ((const char *) data, size);
  g_autoptr (GError) metadata_error = NULL;
  g_autoptr (GError) checksum_error = NULL;
  g_autofree char *name = kab_tus_read_metadata (header, "filename", &metadata_error);
  guint8 checksum[KAB_TUS_CHECKSUM_SIZE];

  g_assert ((name == NULL) == (metadata_error != NULL));
  g_assert (name == NULL || g_utf8_validate (name, -1, NULL));
  if (kab_tus_read_checksum (header, checksum, &checksum_error))
    {
      g_autofree char *again = g_base64_encode (checksum, sizeof checksum);

      g_assert_true (g_str_has_suffix (header, again));
    }
  else
    g_assert_nonnull (checksum_error);
  return 0;
}
