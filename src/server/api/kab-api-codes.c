/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "kab-api-codes.h"

#include "kab-addresses.h"
#include "kab-api-json.h"
#include "kab-form-evaluation.h"

#define CHANNEL_CHARS_MAX 16

/**
 * kab_api_codes_add_field:
 * @problem: (inout): what was found so far, or %NULL
 *
 * Adds what is wrong with a code; nothing when it is right.
 */
void
kab_api_codes_add_field (GError **problem,
                         const char *pointer,
                         KabCodeVerdict verdict,
                         gint64 tries_left)
{
  JsonObject *params = NULL;

  if (verdict == KAB_CODE_RIGHT)
    return;
  if (verdict == KAB_CODE_WRONG)
    {
      params = json_object_new ();
      json_object_set_int_member (params, "triesLeft", tries_left);
    }
  kab_api_json_add_field (problem, pointer, kab_code_verdict_code (verdict), params);
}

/**
 * kab_api_codes_refuse:
 *
 * The answer to a wrong code at `/code`. It is an answer and no error, because the try has to be
 * kept.
 *
 * Returns: (transfer full): the answer
 */
KabResponse *
kab_api_codes_refuse (KabCodeVerdict verdict, gint64 tries_left)
{
  g_autoptr (GError) problem = NULL;

  kab_api_codes_add_field (&problem, "/code", verdict, tries_left);
  return kab_response_new_problem (problem);
}

/**
 * kab_api_codes_get_channel:
 * @channel: (out): the body's `channel`
 */
gboolean
kab_api_codes_get_channel (KabRequest *request, const char **channel, GError **error)
{
  *channel = kab_api_json_get_text (request, "channel", CHANNEL_CHARS_MAX, error);
  if (*channel == NULL)
    return FALSE;
  if (g_str_equal (*channel, KAB_CHANNEL_EMAIL) || g_str_equal (*channel, KAB_CHANNEL_PHONE))
    return TRUE;
  return kab_api_json_refuse (error, "/channel", KAB_FORM_CODE_NOT_AN_OPTION);
}
