/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-form-field-private.h"

#include <string.h>

/* Every "{id}" in the summary names a field of the group. */
static void
check_summary (const KabFormLoad *load, const KabFormField *group, const char *text)
{
  const char *open = text;

  while ((open = strchr (open, '{')) != NULL)
    {
      const char *end = strchr (open, '}');
      g_autofree char *id = end != NULL ? g_strndup (open + 1, end - open - 1) : NULL;
      const KabFormField *field = id != NULL ? kab_form_fields_find (group->fields, id) : NULL;

      if (field == NULL || !kab_form_field_has_answer (field))
        {
          kab_form_reader_fail (load->reader, KAB_FORM_ERROR_REFERENCE,
                                "“{%s}” is no field of the group", id != NULL ? id : "");
          return;
        }
      open = end;
    }
}

static void
check_ids (const KabFormLoad *load, const KabFormField *group)
{
  for (guint i = 0; i < group->fields->len; i++)
    {
      const KabFormField *field = group->fields->pdata[i];

      if (kab_form_fields_find (group->fields, field->id) != field)
        kab_form_reader_fail_at (load->reader, field->pointer, KAB_FORM_ERROR_DUPLICATE,
                                 "the id “%s” occurs twice", field->id);
    }
}

/* The members of the current object that only a repeating group has. */
void
kab_form_load_group (const KabFormLoad *load, KabFormField *group)
{
  group->fields = kab_form_load_fields (load, group);
  group->add_label = kab_form_load_text (load, "add_label", TRUE);
  check_ids (load, group);
  if (!kab_form_reader_require (load->reader, "summary"))
    return;
  group->summary = kab_form_text_new_read (load->reader, load->languages, NULL, NULL);
  for (guint i = 0; load->languages[i] != NULL; i++)
    check_summary (load, group, kab_form_text_get (group->summary, load->languages[i]));
  kab_form_reader_leave (load->reader);
}
