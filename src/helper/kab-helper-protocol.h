/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/*
 * What the application and kabinets-document-helper say to each other.
 *
 * They share one socket pair of the type SOCK_SEQPACKET, on descriptor
 * KAB_HELPER_SOCKET_FD of the helper. Every packet is a KabHelperFrame, then
 * the bytes of one serialized GVariant of the type that belongs to the kind
 * ("inline"), and at most one descriptor: a memfd sealed against shrinking,
 * growing and writing, whose length is KabHelperFrame.size ("bulk").
 *
 * The helper speaks first, with KAB_HELPER_HELLO, after it has confined
 * itself. From then on each request is answered by one reply with the same
 * kind and serial. A packet that breaks these rules ends the conversation.
 * Both ends check lengths, seals and ranges before they believe anything.
 */

#define KAB_HELPER_MAGIC           0x4b484c31u /* "KHL1"; the digit is the version */
#define KAB_HELPER_SOCKET_FD       3
#define KAB_HELPER_MAX_PACKET      (64u * 1024u)
#define KAB_HELPER_MAX_DOCUMENT    (150u * 1024u * 1024u)
#define KAB_HELPER_MAX_BULK        (192u * 1024u * 1024u)
#define KAB_HELPER_MAX_PAGES       5000u
#define KAB_HELPER_MAX_FIELDS      5000u
#define KAB_HELPER_MAX_OPTIONS     2000u
#define KAB_HELPER_MAX_OUTLINE     2000u
#define KAB_HELPER_MAX_MATCHES     2000u
#define KAB_HELPER_MAX_SIDE        16384 /* pixels, of a rendered region */
#define KAB_HELPER_MAX_PIXELS      (24 * 1024 * 1024)
#define KAB_HELPER_MAX_PAGE_POINTS 14400.0 /* ISO 32000-1, annex C: 200 inches */
#define KAB_HELPER_MAX_SCALE       16.0    /* pixels per point */

/* Processor time that a request may take, after which the helper is ended. Who waits for the answer
 * waits for as much again, because the processor has other work too. */
#ifdef KAB_SANITIZED
#define KAB_HELPER_REQUEST_SECONDS 30
#else
#define KAB_HELPER_REQUEST_SECONDS 10
#endif
#define KAB_HELPER_ANSWER_SECONDS (2 * KAB_HELPER_REQUEST_SECONDS)

typedef struct
{
  guint32 magic;
  guint32 kind;   /* KabHelperKind */
  guint32 serial; /* chosen by the application; 0 in the hello */
  guint32 status; /* KabHelperStatus; 0 in a request */
  guint64 size;   /* of the bulk; 0 when there is none */
} KabHelperFrame;

/* Each kind with its inline types: request → reply, and the type of the bulk. */
typedef enum
{
  KAB_HELPER_HELLO = 1, /* → HELLO_TYPE */
  KAB_HELPER_OPEN,      /* OPEN_REQUEST_TYPE with the document as bulk → OPEN_REPLY_TYPE */
  KAB_HELPER_DETAILS,   /* nothing → bulk DETAILS_TYPE */
  KAB_HELPER_RENDER,    /* RENDER_REQUEST_TYPE → RENDER_REPLY_TYPE, bulk: pixels */
  KAB_HELPER_TEXT,      /* PAGE_TYPE → bulk TEXT_TYPE */
  KAB_HELPER_SEARCH,    /* SEARCH_REQUEST_TYPE → bulk MATCHES_TYPE */
  KAB_HELPER_SET_FIELD, /* SET_FIELD_TYPE → bulk VALUES_TYPE */
  KAB_HELPER_SAVE,      /* nothing → bulk: the document with its values */
  KAB_HELPER_SELF_TEST, /* nothing → bulk SELF_TEST_TYPE */
} KabHelperKind;

typedef enum
{
  KAB_HELPER_OK = 0,
  KAB_HELPER_NOT_CONFINED, /* the hello of a helper that ends at once */
  KAB_HELPER_DAMAGED,      /* not a document that can be read */
  KAB_HELPER_PASSWORD,     /* asks for a password, or for another one */
  KAB_HELPER_TOO_LARGE,    /* more pages, pixels or bytes than the limits above */
  KAB_HELPER_REFUSED,      /* the request makes no sense here */
  KAB_HELPER_FAILED,       /* anything else */
} KabHelperStatus;

/* Posture: KabHelperPosture flags, the Landlock version of the kernel, and in
 * words what is missing. */
#define KAB_HELPER_HELLO_TYPE "(uus)"

/* Password, empty when none. */
#define KAB_HELPER_OPEN_REQUEST_TYPE "(s)"

/* Pages, KabHelperPermissions, size of the first page in points. */
#define KAB_HELPER_OPEN_REPLY_TYPE "(uudd)"

/* A form field: id, page, KabHelperFieldKind, KabHelperFieldFlags, maximal
 * length (0: none), rectangle (points from the page's upper left corner),
 * font size in points (0: automatic), full name, tooltip, value, options,
 * chosen options. */
#define KAB_HELPER_FIELD_TYPE "(uuuuuddddd(sss)asau)"

/* An entry of the outline: depth, page, title. */
#define KAB_HELPER_OUTLINE_TYPE "(uus)"

/* Pages (width, height, label), outline, fields. */
#define KAB_HELPER_DETAILS_TYPE "(a(dds)a" KAB_HELPER_OUTLINE_TYPE "a" KAB_HELPER_FIELD_TYPE ")"

/* Page, pixels per point, and the region in pixels at that scale: x, y, width, height. */
#define KAB_HELPER_RENDER_REQUEST_TYPE "(udiiii)"

/* Width, height and stride of the pixels: premultiplied BGRA, upper row first. */
#define KAB_HELPER_RENDER_REPLY_TYPE "(uuu)"

#define KAB_HELPER_PAGE_TYPE "(u)"

/* Text of a page and the rectangle of each of its characters. */
#define KAB_HELPER_TEXT_TYPE "(sa(dddd))"

/* Text to look for, first page, number of pages. */
#define KAB_HELPER_SEARCH_REQUEST_TYPE "(suu)"

/* Page and rectangle of each match. */
#define KAB_HELPER_MATCHES_TYPE "a(udddd)"

/* Field, text, state of a button, chosen options; which of them counts depends
 * on the kind of the field. */
#define KAB_HELPER_SET_FIELD_TYPE "(usbau)"

/* Field, text, state: the fields whose value may have changed with it. */
#define KAB_HELPER_VALUES_TYPE "a(usb)"

/* What was tried and the errno that it got; 0 would be a hole. */
#define KAB_HELPER_SELF_TEST_TYPE "a(si)"

typedef enum
{
  KAB_HELPER_NO_NEW_PRIVILEGES = 1 << 0,
  KAB_HELPER_LIMITS = 1 << 1,
  KAB_HELPER_LANDLOCK_FILES = 1 << 2,
  KAB_HELPER_LANDLOCK_NETWORK = 1 << 3, /* kernel 6.7 and later */
  KAB_HELPER_LANDLOCK_SCOPE = 1 << 4,   /* kernel 6.12 and later */
  KAB_HELPER_SECCOMP = 1 << 5,
} KabHelperPosture;

/* Without all of these there is no preview. */
#define KAB_HELPER_POSTURE_REQUIRED                                                                \
  (KAB_HELPER_NO_NEW_PRIVILEGES | KAB_HELPER_LIMITS | KAB_HELPER_LANDLOCK_FILES |                  \
   KAB_HELPER_SECCOMP)

typedef enum
{
  KAB_HELPER_MAY_PRINT = 1 << 0,
  KAB_HELPER_MAY_COPY = 1 << 1,
  KAB_HELPER_MAY_FILL = 1 << 2,
} KabHelperPermissions;

typedef enum
{
  KAB_HELPER_FIELD_TEXT = 1,
  KAB_HELPER_FIELD_CHECK,
  KAB_HELPER_FIELD_RADIO,
  KAB_HELPER_FIELD_CHOICE,
} KabHelperFieldKind;

typedef enum
{
  KAB_HELPER_FIELD_REQUIRED = 1 << 0,
  KAB_HELPER_FIELD_READ_ONLY = 1 << 1,
  KAB_HELPER_FIELD_MULTILINE = 1 << 2,
  KAB_HELPER_FIELD_PASSWORD = 1 << 3,
  KAB_HELPER_FIELD_ACTIVE = 1 << 4, /* a check or radio button that is on */
} KabHelperFieldFlags;
