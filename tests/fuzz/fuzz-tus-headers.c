/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The header fields of an upload: version, length, offset, metadata, checksum. */

#include <stdint.h>
#include <string.h>

#include "fuzz-request.h"
#include "kab-tus-headers.h"

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

static void
read_size (KabRequest *request, const char *field)
{
  g_autoptr (GError) error = NULL;
  gint64 value = -1;

  if (kab_request_get_header_integer (request, field, G_MAXINT64, &value, &error))
    g_assert (value >= 0);
  else
    g_assert (error != NULL);
}

static void
read_metadata (KabRequest *request)
{
  const char *metadata = kab_request_get_header (request, "upload-metadata");
  g_autoptr (GError) error = NULL;
  g_autofree char *name = NULL;

  if (metadata == NULL)
    return;
  name = kab_tus_read_metadata (metadata, "filename", &error);
  g_assert ((name == NULL) == (error != NULL));
  g_assert (name == NULL || g_utf8_validate (name, -1, NULL));
}

static void
read_checksum (KabRequest *request)
{
  const char *header = kab_request_get_header (request, "upload-checksum");
  guint8 checksum[KAB_TUS_CHECKSUM_SIZE];
  g_autoptr (GError) error = NULL;
  g_autofree char *again = NULL;

  if (header == NULL)
    return;
  if (!kab_tus_read_checksum (header, checksum, &error))
    {
      g_assert (error != NULL);
      return;
    }
  again = g_base64_encode (checksum, sizeof checksum);
  g_assert (g_str_has_suffix (header, again));
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (GBytes) body = NULL;
  g_autoptr (KabRequest) request = fuzz_request_new ((const char *) data, size, &body);

  kab_tus_check_version (request, NULL);
  read_size (request, "upload-length");
  read_size (request, "upload-offset");
  read_metadata (request);
  read_checksum (request);
  return 0;
}
