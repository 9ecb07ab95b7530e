/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "kab-identification-review.h"
#include "kab-provider-error.h"

G_BEGIN_DECLS

/**
 * KabIdentificationRequest:
 * @person_id: the bank's id of the person to identify
 * @is_video: whether by video, else by photo
 * @email: (nullable): of the person
 * @phone: (nullable): of the person
 * @language: for the provider's page
 *
 * Whom the provider is to identify. Nothing else of the person is given away: the provider reads it
 * from the identity document.
 */
typedef struct
{
  const char *person_id;
  gboolean is_video;
  const char *email;
  const char *phone;
  const char *language;
} KabIdentificationRequest;

#define KAB_TYPE_IDENTIFICATION_PROVIDER (kab_identification_provider_get_type ())
G_DECLARE_INTERFACE (KabIdentificationProvider,
                     kab_identification_provider,
                     KAB,
                     IDENTIFICATION_PROVIDER,
                     GObject)

/**
 * KabIdentificationProviderInterface:
 * @enroll: makes the person known; finds one that is known already
 * @make_link: makes a link to the provider's page
 * @review: asks what became of the person
 * @reset: lets the person begin anew
 *
 * A service that identifies people from afar. The calls block, may be made from several threads,
 * and fail with %KAB_PROVIDER_ERROR.
 */
struct _KabIdentificationProviderInterface
{
  GTypeInterface parent_interface;

  char *(*enroll) (KabIdentificationProvider *self,
                   const KabIdentificationRequest *request,
                   GError **error);
  char *(*make_link) (KabIdentificationProvider *self,
                      const KabIdentificationRequest *request,
                      guint seconds,
                      GError **error);
  KabIdentificationReview *(*review) (KabIdentificationProvider *self,
                                      const char *provider_id,
                                      gboolean is_video,
                                      GError **error);
  gboolean (*reset) (KabIdentificationProvider *self, const char *provider_id, GError **error);
};

char *kab_identification_provider_enroll (KabIdentificationProvider *self,
                                          const KabIdentificationRequest *request,
                                          GError **error);
char *kab_identification_provider_make_link (KabIdentificationProvider *self,
                                             const KabIdentificationRequest *request,
                                             guint seconds,
                                             GError **error);
KabIdentificationReview *kab_identification_provider_review (KabIdentificationProvider *self,
                                                             const char *provider_id,
                                                             gboolean is_video,
                                                             GError **error);
gboolean kab_identification_provider_reset (KabIdentificationProvider *self,
                                            const char *provider_id,
                                            GError **error);

G_END_DECLS
