/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Everything that the app needs of this layer. */

#include "kab-api.h"
#include "kab-autosave.h"
#include "kab-bank-operations.h"
#include "kab-client-data.h"
#include "kab-demo-bank.h"
#include "kab-document-operations.h"
#include "kab-draft-journal.h"
#include "kab-events.h"
#include "kab-history-entry.h"
#include "kab-idle-timer.h"
#include "kab-message-operations.h"
#include "kab-onboarding-operations.h"
#include "kab-paged-list.h"
#include "kab-profile-operations.h"
#include "kab-recovery-operations.h"
#include "kab-registration-operations.h"
#include "kab-secret-memory.h"
#include "kab-secret-store.h"
#include "kab-session-operations.h"
#include "kab-upload.h"
