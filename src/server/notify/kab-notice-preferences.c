/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "kab-notice-preferences.h"

#include "kab-json.h"

/* What a person chooses the ways for (SET-5), and the ways as long as none were chosen (A24). */
static const struct
{
  const char *name;
  KabNoticeChannels usual;
} groups[] = {
  { "corrections", KAB_NOTICE_BY_EMAIL },
  { "messages", KAB_NOTICE_BY_EMAIL },
  { "decisions", KAB_NOTICE_BY_EMAIL },
};

static const char *const ways[] = { "email", "sms", NULL };

/* The matrix of features §21: the group that decides, and the ways that are used in any case. */
static const struct
{
  const char *group;
  KabNoticeChannels always;
} rules[KAB_N_NOTICES] = {
  [KAB_NOTICE_PASSWORD_CHANGED] = { NULL, KAB_NOTICE_BY_EMAIL },
  [KAB_NOTICE_CORRECTION_NEEDED] = { "corrections", 0 },
  [KAB_NOTICE_MESSAGE_RECEIVED] = { "messages", 0 },
  [KAB_NOTICE_DECISION_POSITIVE] = { "decisions", 0 },
  [KAB_NOTICE_DECISION_NEGATIVE] = { NULL, KAB_NOTICE_BY_EMAIL | KAB_NOTICE_BY_SMS },
  [KAB_NOTICE_IDENTIFICATION_REPEAT] = { NULL, KAB_NOTICE_BY_EMAIL | KAB_NOTICE_BY_SMS },
  [KAB_NOTICE_IDENTIFICATION_FAILED] = { NULL, KAB_NOTICE_BY_EMAIL | KAB_NOTICE_BY_SMS },
  [KAB_NOTICE_IDENTIFICATION_IN_PERSON] = { NULL, KAB_NOTICE_BY_EMAIL | KAB_NOTICE_BY_SMS },
  [KAB_NOTICE_APPLICATION_EXPIRED] = { NULL, KAB_NOTICE_BY_EMAIL },
};

static KabNoticeChannels
get_group (JsonObject *preferences, const char *name)
{
  JsonObject *chosen = json_object_has_member (preferences, name)
                           ? json_object_get_object_member (preferences, name)
                           : NULL;
  KabNoticeChannels channels = 0;

  if (chosen == NULL)
    {
      for (guint i = 0; i < G_N_ELEMENTS (groups); i++)
        if (g_str_equal (groups[i].name, name))
          channels = groups[i].usual;
      return channels;
    }
  if (json_object_get_boolean_member_with_default (chosen, "email", FALSE))
    channels |= KAB_NOTICE_BY_EMAIL;
  if (json_object_get_boolean_member_with_default (chosen, "sms", FALSE))
    channels |= KAB_NOTICE_BY_SMS;
  return channels;
}

/**
 * kab_notice_preferences_get:
 * @preferences: what the user chose, as it is stored
 *
 * Returns: the ways in which the user is told this
 */
KabNoticeChannels
kab_notice_preferences_get (JsonObject *preferences, KabNoticeKind kind)
{
  KabNoticeChannels channels = rules[kind].always;

  if (rules[kind].group != NULL)
    channels |= get_group (preferences, rules[kind].group);
  return channels;
}

/**
 * kab_notice_preferences_fill:
 * @preferences: what the user chose, as it is stored
 *
 * Returns: (transfer full): all groups with both ways, as the wire has them
 */
JsonObject *
kab_notice_preferences_fill (JsonObject *preferences)
{
  JsonObject *filled = json_object_new ();

  for (guint i = 0; i < G_N_ELEMENTS (groups); i++)
    {
      KabNoticeChannels channels = get_group (preferences, groups[i].name);
      JsonObject *group = json_object_new ();

      json_object_set_boolean_member (group, "email", (channels & KAB_NOTICE_BY_EMAIL) != 0);
      json_object_set_boolean_member (group, "sms", (channels & KAB_NOTICE_BY_SMS) != 0);
      json_object_set_object_member (filled, groups[i].name, group);
    }
  return filled;
}

static gboolean
check_group (JsonObject *preferences, const char *name, GError **error)
{
  JsonObject *group;
  gboolean ignored;

  if (!kab_json_has (preferences, name))
    return TRUE;
  group = kab_json_get_object (preferences, name, error);
  if (group == NULL)
    return FALSE;
  if (kab_json_check_members (group, ways, error) &&
      kab_json_get_boolean (group, "email", &ignored, error) &&
      kab_json_get_boolean (group, "sms", &ignored, error))
    return TRUE;
  kab_json_prefix_pointer (error, name);
  return FALSE;
}

/**
 * kab_notice_preferences_check:
 * @preferences: what came from outside
 *
 * Returns: whether it is what kab_notice_preferences_fill() makes, or a part of it; %FALSE with
 *   %KAB_JSON_ERROR
 */
gboolean
kab_notice_preferences_check (JsonObject *preferences, GError **error)
{
  const char *names[G_N_ELEMENTS (groups) + 1] = { NULL };

  for (guint i = 0; i < G_N_ELEMENTS (groups); i++)
    names[i] = groups[i].name;
  if (!kab_json_check_members (preferences, names, error))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (groups); i++)
    if (!check_group (preferences, groups[i].name, error))
      return FALSE;
  return TRUE;
}
