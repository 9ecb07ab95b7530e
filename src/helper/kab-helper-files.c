/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * The only files that this process can "open" once it is confined: fonts that
 * were opened before.
 *
 * A document need not carry its fonts (the base 14 of ISO 32000-1, 9.6.2.2
 * seldom are), and poppler, FreeType and cairo then open the substitute that
 * fontconfig names by its path. The kernel refuses that here. So open() and
 * fopen() are defined in the program itself, which the dynamic linker prefers
 * to the C library's: a path that is kept gets a duplicate of its descriptor,
 * any other path EACCES. Before kab_helper_files_close() they behave as usual.
 */

#undef _FORTIFY_SOURCE   /* its inline open() and fopen() would collide with ours */
#undef _FILE_OFFSET_BITS /* it would rename ours */

#include "kab-helper-files.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define MAX_KEPT 96

/* Plain arrays: open() may be called before GLib is ready. */
static struct
{
  char *path; /* (owned) */
  int descriptor;
} kept[MAX_KEPT];
static int n_kept;
static gboolean closed;

static int
find_kept (const char *path)
{
  for (int i = 0; i < n_kept; i++)
    {
      if (strcmp (kept[i].path, path) == 0)
        return i;
    }
  return -1;
}

static int
open_kept (const char *path)
{
  const int found = find_kept (path);
  int copy;

  if (found < 0)
    {
      errno = EACCES;
      return -1;
    }
  /* The copies share one position; readers here start at the beginning. */
  copy = fcntl (kept[found].descriptor, F_DUPFD_CLOEXEC, 0);
  if (copy >= 0)
    lseek (copy, 0, SEEK_SET);
  return copy;
}

int
open (const char *path, int flags, ...)
{
  mode_t mode = 0;

  if (closed)
    return open_kept (path);
  if ((flags & (O_CREAT | O_TMPFILE)) != 0)
    {
      va_list arguments;

      va_start (arguments, flags);
      mode = va_arg (arguments, mode_t);
      va_end (arguments);
    }
  return openat (AT_FDCWD, path, flags, mode);
}

/* Nothing in this process writes through fopen(), before or after. */
FILE *
fopen (const char *path, const char *mode)
{
  const int descriptor = open (path, O_RDONLY | O_CLOEXEC);

  return descriptor < 0 ? NULL : fdopen (descriptor, "r");
}

/* The names under which a library built for large files calls them. */
int open64 (const char *path, int flags, ...) __attribute__ ((alias ("open")));
FILE *fopen64 (const char *path, const char *mode) __attribute__ ((alias ("fopen")));

/**
 * kab_helper_files_keep:
 * @path: a font
 *
 * Opens @path now, so that it can be opened again after
 * kab_helper_files_close().
 *
 * Returns: whether it is kept
 */
gboolean
kab_helper_files_keep (const char *path)
{
  int descriptor;

  if (find_kept (path) >= 0)
    return TRUE;
  if (n_kept == MAX_KEPT)
    return FALSE;
  descriptor = openat (AT_FDCWD, path, O_RDONLY | O_CLOEXEC);
  if (descriptor < 0)
    return FALSE;
  kept[n_kept].path = g_strdup (path);
  kept[n_kept].descriptor = descriptor;
  n_kept++;
  return TRUE;
}

/** kab_helper_files_close: from here on, only what is kept can be opened. */
void
kab_helper_files_close (void)
{
  closed = TRUE;
}
