/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "kab-test-desk.h"

G_BEGIN_DECLS

#define TUS    "Tus-Resumable: 1.0.0\r\n"
#define KEY    "Idempotency-Key: 0123456789abcdef\r\n"
#define OCTETS "Content-Type: application/offset+octet-stream\r\n"
#define NAMED  "Upload-Metadata: filename YS5wZGY=\r\n" /* a.pdf */

/* A user with a token. */
typedef struct
{
  char *id;
  char *token;
} Person;

void person_init (Person *person, KabTestDesk *desk, const char *role);
void person_clear (Person *person);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Person, person_clear)

GBytes *make_pdf (gsize length);

/* About uploads, or about one; a PATCH appends five bytes. */
KabTestReply *ask (KabTestDesk *desk,
                   const Person *person,
                   const char *method,
                   const char *id,
                   const char *headers);

void assert_header (KabTestReply *reply, const char *name, const char *value);
void assert_offset (KabTestDesk *desk, const Person *person, const char *id, const char *offset);

G_END_DECLS
