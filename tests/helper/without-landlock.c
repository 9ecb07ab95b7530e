/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Runs the helper as a kernel without Landlock would: the filter that it
 * inherits answers ENOSYS. */

#include <errno.h>
#include <seccomp.h>
#include <stdio.h>
#include <unistd.h>

int
main (int argc, char *argv[])
{
  scmp_filter_ctx filter = seccomp_init (SCMP_ACT_ALLOW);

  if (filter == NULL ||
      seccomp_rule_add (filter, SCMP_ACT_ERRNO (ENOSYS), SCMP_SYS (landlock_create_ruleset), 0) !=
          0 ||
      seccomp_load (filter) != 0)
    return 3;
  execl (DOCUMENT_HELPER, DOCUMENT_HELPER, NULL);
  perror (DOCUMENT_HELPER);
  return 4;
}
