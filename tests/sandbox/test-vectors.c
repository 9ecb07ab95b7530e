/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-sandbox-crypto.h"

#include <string.h>

/* The identification provider's digests, as published or computed independently. */

static void
test_request_digest (void)
{
  static const struct
  {
    const char *timestamp, *method, *target, *body, *digest;
  } vectors[] = {
    { "1607551635", "POST",
      "/resources/accessTokens?userId=cfd20712-24a2-4c7d-9ab0-146f3c142335"
      "&levelName=basic-kyc-level&ttlInSecs=600",
      "", "962a6223c25667250e30045a5137cdb08b28a462b0790c0f7892b0de763488ec" },
    { "1700000000", "POST", "/resources/sdkIntegrations/levels/-/websdkLink",
      "{\"levelName\":\"basic-kyc-level\",\"userId\":\"u-1\",\"ttlInSecs\":600}",
      "ad75717531da9896f4139040ae457286b853b2770ba465c01aa621983533e142" },
    { "1700000000", "GET", "/resources/applicants/5f0000000000000000000001/one", "",
      "6c5220b9f0efdcdf24e133ada54562b257492fc016b17c32364f2aeed8198664" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (vectors); i++)
    {
      g_autoptr (GBytes) body = g_bytes_new (vectors[i].body, strlen (vectors[i].body));
      g_autofree char *digest =
          kab_sandbox_request_digest ("test-secret-0123456789", vectors[i].timestamp,
                                      vectors[i].method, vectors[i].target, body);
      g_assert_cmpstr (digest, ==, vectors[i].digest);
    }
}

static void
test_notice_digest (void)
{
  static const char text[] = "{\"applicantId\":\"5f0000000000000000000001\","
                             "\"type\":\"applicantReviewed\",\"reviewStatus\":\"completed\"}";
  g_autoptr (GBytes) body = g_bytes_new_static (text, strlen (text));
  g_autofree char *sha1 = kab_sandbox_hmac_hex (G_CHECKSUM_SHA1, "webhook-secret", body);
  g_autofree char *sha256 = kab_sandbox_hmac_hex (G_CHECKSUM_SHA256, "webhook-secret", body);
  g_autofree char *sha512 = kab_sandbox_hmac_hex (G_CHECKSUM_SHA512, "webhook-secret", body);

  g_assert_cmpstr (sha1, ==, "ae44574bc12cfca4cf72903442d5f4c824626b23");
  g_assert_cmpstr (sha256, ==, "e5798c53e9407838a59bf412c05ac17ae96121954c17f0f890b6b7b29f513dea");
  g_assert_cmpstr (sha512, ==,
                   "e1c32c93d8a03a84242d0dd34b010902d92bcf248f4eaa1ab70383936642c0cd"
                   "b5f6ba7fb134186f63fb091d75bd380d00a60d279241a0dcc11657722fa6c8f3");
}

static void
test_return_token (void)
{
  g_autofree char *token = kab_sandbox_jwt_hs256 (
      "{\"alg\":\"HS256\"}",
      "{\"iat\":1620052527,\"exp\":1620657327,\"sub\":\"userId_8\",\"aud\":\"sumsub\"}", "1");

  g_assert_cmpstr (token, ==,
                   "eyJhbGciOiJIUzI1NiJ9.eyJpYXQiOjE2MjAwNTI1MjcsImV4cCI6MTYyMDY1NzMyNywic3ViI"
                   "joidXNlcklkXzgiLCJhdWQiOiJzdW1zdWIifQ.qCR-4VMfC_zOAN1hCtbjj9DJxmB6c0sEg7XD"
                   "5Y8ZvvM");
}

static void
test_equal (void)
{
  g_assert_true (kab_sandbox_equal ("abc", "abc"));
  g_assert_false (kab_sandbox_equal ("abc", "abd"));
  g_assert_false (kab_sandbox_equal ("abc", "abcd"));
  g_assert_false (kab_sandbox_equal ("abc", NULL));
  g_assert_false (kab_sandbox_equal (NULL, NULL));
}

static void
test_random (void)
{
  g_autofree char *a = kab_sandbox_random_token (24);
  g_autofree char *b = kab_sandbox_random_token (24);
  g_autofree char *id = kab_sandbox_random_hex (12);

  g_assert_cmpuint (strlen (a), ==, 32);
  g_assert_cmpstr (a, !=, b);
  g_assert_true (g_regex_match_simple ("^[0-9a-z]{24}$", id, 0, 0));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sandbox/vectors/request-digest", test_request_digest);
  g_test_add_func ("/sandbox/vectors/notice-digest", test_notice_digest);
  g_test_add_func ("/sandbox/vectors/return-token", test_return_token);
  g_test_add_func ("/sandbox/vectors/equal", test_equal);
  g_test_add_func ("/sandbox/vectors/random", test_random);
  return g_test_run ();
}
