/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* A temporary folder of plain files, removed together with them. */
char *test_folder_new (void);
void test_folder_free (char *path);
