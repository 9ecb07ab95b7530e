/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "common/kab-download.h"

G_BEGIN_DECLS

#define KAB_TYPE_FILE_CHIP (kab_file_chip_get_type ())
G_DECLARE_FINAL_TYPE (KabFileChip, kab_file_chip, KAB, FILE_CHIP, AdwBin)

GtkWidget *kab_file_chip_new (KabApi *api, KabFile *file);

G_END_DECLS
