/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * KabFormError:
 * @KAB_FORM_ERROR_READ: the file can't be read
 * @KAB_FORM_ERROR_SYNTAX: not JSON, not UTF-8, too long or nested too deeply
 * @KAB_FORM_ERROR_MEMBER: a member that is unknown here, or one that is missing
 * @KAB_FORM_ERROR_TYPE: a value of the wrong JSON type
 * @KAB_FORM_ERROR_VALUE: a value that means nothing here
 * @KAB_FORM_ERROR_LANGUAGE: a text that lacks a declared language or has another one
 * @KAB_FORM_ERROR_DUPLICATE: a member, an id, an option or a rule that occurs twice
 * @KAB_FORM_ERROR_REFERENCE: a reference to something that isn't there or doesn't fit
 * @KAB_FORM_ERROR_CYCLE: visibility that depends on itself
 *
 * Why a form definition or a bank's catalogue was refused. The message begins
 * with "file:line: /pointer: ".
 */
typedef enum
{
  KAB_FORM_ERROR_READ,
  KAB_FORM_ERROR_SYNTAX,
  KAB_FORM_ERROR_MEMBER,
  KAB_FORM_ERROR_TYPE,
  KAB_FORM_ERROR_VALUE,
  KAB_FORM_ERROR_LANGUAGE,
  KAB_FORM_ERROR_DUPLICATE,
  KAB_FORM_ERROR_REFERENCE,
  KAB_FORM_ERROR_CYCLE,
} KabFormError;

#define KAB_FORM_ERROR (kab_form_error_quark ())

GQuark kab_form_error_quark (void);

G_END_DECLS
