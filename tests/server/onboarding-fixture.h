/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "kab-identification-provider.h"
#include "kab-test-bank.h"

G_BEGIN_DECLS

#define TEST_TYPE_PROVIDER (test_provider_get_type ())
G_DECLARE_FINAL_TYPE (TestProvider, test_provider, TEST, PROVIDER, GObject)

/* An identification provider that says what a test tells it to. */
struct _TestProvider
{
  GObject parent_instance;

  gboolean fails; /* with error */
  KabProviderError error;
  KabIdentificationOutcome outcome; /* of every review */
  const char *comment;
  const char *label;
  char *other_person; /* (owned) (nullable): whom a review is about instead */
  guint n_enrolled;
  guint n_links;
  guint n_reviews;
  guint n_resets;
  gint64 (*during_call) (gpointer data);
  gpointer during_call_data;
};

/**
 * KabOnboarding:
 * @client: (owned): id of a client
 * @token: (owned): the client's
 * @staff: (owned): an employee's token
 * @provider: (owned)
 *
 * A bank with a client, an employee and a provider that obeys.
 */
typedef struct
{
  KabTestBank *bank;
  char *client;
  char *token;
  char *staff;
  TestProvider *provider;
} KabOnboarding;

#define ONBOARDING_EMAIL       "anna@example.com"
#define ONBOARDING_PHONE       "+37120000001"
#define ONBOARDING_CLERK_EMAIL "clerk@bank.example"
#define ONBOARDING_SECRET      "webhook-secret"

/* Complete answers to application-natural; the services are put in. */
#define ONBOARDING_ANSWERS                                                                         \
  "{\"services\":[%s],\"full_name\":\"Anna Bērziņa\",\"latvian_resident\":true,"                   \
  "\"person_code\":\"320101-12345\",\"birth_date\":\"1990-05-17\","                                \
  "\"communication_language\":\"lv\"%s}"

/* Complete answers to tax-residency. */
#define ONBOARDING_TAX_ANSWERS                                                                     \
  "{\"full_name\":\"Anna Bērziņa\",\"birth_date\":\"1990-05-17\","                                 \
  "\"address\":\"Brīvības iela 1, Rīga\",\"us_person\":false,"                                     \
  "\"residences\":[{\"country\":\"LV\",\"has_tin\":true,\"tin\":\"320101-12345\"}],"               \
  "\"truthful\":true}"

void kab_onboarding_add_test (const char *path, GTestFunc func);
KabOnboarding *kab_onboarding_new (void);
void kab_onboarding_free (KabOnboarding *self);
KabTestAnswer *kab_onboarding_post (KabOnboarding *self,
                                    const char *token,
                                    const char *path,
                                    gint64 version,
                                    const char *body);
KabTestAnswer *
kab_onboarding_put (KabOnboarding *self, const char *path, gint64 version, const char *body);
KabTestAnswer *kab_onboarding_get (KabOnboarding *self, const char *token, const char *path);
char *kab_onboarding_add_file (KabOnboarding *self,
                               const char *owner,
                               const char *name,
                               const char *media_type,
                               gboolean complete);
char *kab_onboarding_apply (KabOnboarding *self, const char *services);
char *kab_onboarding_begin_photo (KabOnboarding *self, const char *application);
guint kab_onboarding_notify (KabOnboarding *self,
                             const char *person,
                             const char *type,
                             const char *correlation,
                             gint64 at);
guint kab_onboarding_run_jobs (KabOnboarding *self);
void
kab_onboarding_review (KabOnboarding *self, const char *person, KabIdentificationOutcome outcome);
char *kab_onboarding_open_documents (KabOnboarding *self, const char *services);
void kab_onboarding_finish_documents (KabOnboarding *self, const char *application);
void kab_onboarding_expect_stage (KabOnboarding *self,
                                  const char *application,
                                  const char *stage,
                                  const char *state);
guint kab_onboarding_n_events (KabOnboarding *self, const char *audience, const char *type);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KabOnboarding, kab_onboarding_free)

G_END_DECLS
