/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * A notice of the identification provider: a line with the digest's algorithm, one with the digest,
 * then the body. Behind the digest the body is read whatever the digest says, as a notice and as
 * the provider's answer about a person.
 */

#include <stdint.h>
#include <string.h>

#include "kab-json.h"
#include "kab-provider-error.h"
#include "kab-sumsub-notice.h"
#include "kab-sumsub-review.h"

#define SECRET "a secret of the webhook"

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

static char *algorithms[] = { (char *) "HMAC_SHA256_HEX", (char *) "HMAC_SHA512_HEX", NULL };

static const KabSumsubNoticeRules rules = {
  .secret = (char *) SECRET,
  .algorithms = algorithms,
  .sandbox_mode = TRUE,
};

/* Returns: (transfer full) (nullable): the line at @text, which moves behind it */
static char *
cut_line (const char **text, gsize *length)
{
  const char *end = memchr (*text, '\n', *length);
  char *line;

  if (end == NULL)
    return NULL;
  line = g_strndup (*text, (gsize) (end - *text));
  *length -= (gsize) (end - *text) + 1;
  *text = end + 1;
  return line;
}

/* Nobody guesses a digest; the right one is taken. */
static void
check_digest (const char *algorithm, const char *digest, GBytes *body)
{
  gsize size;
  const guchar *data = g_bytes_get_data (body, &size);
  g_autofree char *right = g_compute_hmac_for_data (G_CHECKSUM_SHA256, (const guchar *) SECRET,
                                                    strlen (SECRET), data, size);
  g_autofree char *right_512 = g_compute_hmac_for_data (G_CHECKSUM_SHA512, (const guchar *) SECRET,
                                                        strlen (SECRET), data, size);

  g_assert (kab_sumsub_notice_check (&rules, "HMAC_SHA256_HEX", right, body));
  if (kab_sumsub_notice_check (&rules, algorithm, digest, body))
    g_assert (g_str_equal (digest, right) || g_str_equal (digest, right_512));
}

static void
read_notice (GBytes *body)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KabIdentificationNotice) notice = kab_sumsub_notice_read (&rules, body, &error);

  if (notice == NULL)
    return;
  g_assert (error == NULL);
  g_assert (notice->key != NULL && notice->person_id != NULL && notice->provider_id != NULL);
}

static void
read_review (GBytes *body)
{
  gsize size;
  const char *data = g_bytes_get_data (body, &size);
  g_autoptr (JsonObject) object =
      kab_json_parse_object (data != NULL ? data : "", size, size + 1, 16, NULL);
  g_autoptr (KabIdentificationReview) review = NULL;
  g_autoptr (GError) error = NULL;

  if (object == NULL)
    return;
  review = kab_sumsub_review_read (object, "photo", &error);
  g_assert ((review == NULL) == (error != NULL));
  g_assert (error == NULL || error->domain == KAB_PROVIDER_ERROR);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  const char *text = (const char *) data;
  g_autofree char *algorithm = cut_line (&text, &size);
  g_autofree char *digest = algorithm != NULL ? cut_line (&text, &size) : NULL;
  g_autoptr (GBytes) body = g_bytes_new (text, size);

  if (digest != NULL)
    check_digest (algorithm, digest, body);
  read_notice (body);
  read_review (body);
  return 0;
}
