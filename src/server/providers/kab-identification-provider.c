/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "kab-identification-provider.h"

G_DEFINE_QUARK (kab - provider - error - quark, kab_provider_error)

G_DEFINE_INTERFACE (KabIdentificationProvider, kab_identification_provider, G_TYPE_OBJECT)

static void
kab_identification_provider_default_init (KabIdentificationProviderInterface *iface)
{
}

/**
 * kab_identification_provider_enroll:
 *
 * Returns: (transfer full): what the provider calls the person, or %NULL with %KAB_PROVIDER_ERROR
 */
char *
kab_identification_provider_enroll (KabIdentificationProvider *self,
                                    const KabIdentificationRequest *request,
                                    GError **error)
{
  return KAB_IDENTIFICATION_PROVIDER_GET_IFACE (self)->enroll (self, request, error);
}

/**
 * kab_identification_provider_make_link:
 * @seconds: how long it is good for
 *
 * Returns: (transfer full): an address to be opened as it is, or %NULL with %KAB_PROVIDER_ERROR
 */
char *
kab_identification_provider_make_link (KabIdentificationProvider *self,
                                       const KabIdentificationRequest *request,
                                       guint seconds,
                                       GError **error)
{
  return KAB_IDENTIFICATION_PROVIDER_GET_IFACE (self)->make_link (self, request, seconds, error);
}

/**
 * kab_identification_provider_review:
 * @provider_id: what kab_identification_provider_enroll() gave
 * @is_video: which check counts; another one that was passed doesn't
 *
 * Returns: (transfer full): how the person stands, or %NULL with %KAB_PROVIDER_ERROR
 */
KabIdentificationReview *
kab_identification_provider_review (KabIdentificationProvider *self,
                                    const char *provider_id,
                                    gboolean is_video,
                                    GError **error)
{
  return KAB_IDENTIFICATION_PROVIDER_GET_IFACE (self)->review (self, provider_id, is_video, error);
}

/**
 * kab_identification_provider_reset:
 * @provider_id: what kab_identification_provider_enroll() gave
 *
 * Forgets what the provider has found, so that the person can be identified again.
 */
gboolean
kab_identification_provider_reset (KabIdentificationProvider *self,
                                   const char *provider_id,
                                   GError **error)
{
  return KAB_IDENTIFICATION_PROVIDER_GET_IFACE (self)->reset (self, provider_id, error);
}

void
kab_identification_review_free (KabIdentificationReview *self)
{
  g_free (self->person_id);
  g_free (self->comment);
  g_strfreev (self->labels);
  g_free (self);
}
