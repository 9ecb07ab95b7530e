/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "documents/kab-documents-model.h"
#include "kab-app-fixture.h"
#include "kab-onboarding-fixture.h"
#include "messages/kab-messages-model.h"

G_BEGIN_DECLS

#define KAB_DOCUMENTS_ALL                                                                          \
  KAB_DOCUMENT_CORRECT "," KAB_DOCUMENT_TAX "," KAB_DOCUMENT_COPY "," KAB_DOCUMENT_PACKAGE         \
                       "," KAB_DOCUMENT_DONE

#define KAB_DOCUMENT_HEAD(id, kind, lv, en, ru, state, version, revision, actions)                 \
  "{'id': '" id "', 'application': 'a1', 'kind': '" kind "', 'title': {'lv': '" lv "', 'en': '" en \
  "', 'ru': '" ru "'}, 'state': '" state "', 'version': " version ", 'revision': " revision        \
  ", 'changedAt': '2026-11-18T09:20:00Z', 'actions': [" actions "]"

#define KAB_DOCUMENT_FILE(id, name, size)                                                          \
  "{'id': '" id "', 'name': '" name "', 'size': " size ", 'mediaType': 'application/pdf'}"

/* The bank wants something corrected. */
#define KAB_DOCUMENT_CORRECT                                                                       \
  KAB_DOCUMENT_HEAD ("d1", "pdf-questionnaire", "Klienta anketa", "Customer questionnaire",        \
                     "Анкета клиента", "information-needed", "7", "2", "'edit','save','submit'")   \
  ", 'form': 'customer-questionnaire', 'filled': true, 'commentCount': 2, 'files': "               \
  "[" KAB_DOCUMENT_FILE (                                                                          \
      "f1", "Customer questionnaire.pdf",                                                          \
      "182044") "], 'comments': [{'field': '/occupation', 'fieldLabel': {'lv': 'Nodarbošanās', "   \
                "'en':"                                                                            \
                " 'Occupation', 'ru': 'Род занятий'}, 'text': 'Lūdzu, norādiet darba devēja "      \
                "nosaukumu.', 'at':"                                                               \
                " '2026-11-18T09:20:00Z'}, {'text': 'Pievienojiet darba devēja izziņu.', 'at':"    \
                " '2026-11-18T09:20:00Z'}], 'versions': [{'revision': 2, 'at': "                   \
                "'2026-11-17T15:00:00Z', 'by':"                                                    \
                " 'client', 'state': 'processing', 'files': [" KAB_DOCUMENT_FILE (                 \
                    "f1", "Customer questionnaire.pdf",                                            \
                    "182044") "]}, {'revision': 1, 'at': '2026-11-16T10:00:00Z', 'by': 'client', " \
                              "'state': 'new', 'files': []}]}"

/* An electronic questionnaire that nobody has touched. */
#define KAB_DOCUMENT_TAX                                                                           \
  KAB_DOCUMENT_HEAD ("d2", "electronic-questionnaire", "Nodokļu rezidence", "Tax residency",       \
                     "Налоговое резидентство", "new", "1", "0", "'edit','save','submit'")          \
  ", 'form': 'tax-residency', 'filled': false, 'commentCount': 0, 'files': [], 'comments': [],"    \
  " 'versions': [], 'answers': {}}"

#define KAB_DOCUMENT_COPY                                                                          \
  KAB_DOCUMENT_HEAD ("d3", "identity-copy", "Pases kopija", "Copy of the passport",                \
                     "Копия паспорта", "processing", "2", "1", "")                                 \
  ", 'filled': true, 'commentCount': 0, 'files': [" KAB_DOCUMENT_FILE (                            \
      "f2", "pase.jpg", "2411000") "], 'comments': [], 'versions': []}"

#define KAB_DOCUMENT_PACKAGE                                                                       \
  KAB_DOCUMENT_HEAD ("d4", "pdf-questionnaire", "Līguma dokumenti", "Agreement", "Договор",        \
                     "ready-for-signing", "4", "1", "'approve'")                                   \
  ", 'filled': true, 'commentCount': 0, 'files': [" KAB_DOCUMENT_FILE (                            \
      "f3", "ligums.pdf", "310000") "], 'comments': [], 'versions': []}"

#define KAB_DOCUMENT_DONE                                                                          \
  KAB_DOCUMENT_HEAD ("d5", "pdf-questionnaire", "Kartes pieteikums", "Card application",           \
                     "Заявление на карту", "signed", "9", "3", "")                                 \
  ", 'filled': true, 'commentCount': 0, 'files': [], 'comments': [], 'versions': []}"

#define KAB_MESSAGES_ALL                                                                           \
  "{'id': 'm4', 'from': 'bank', 'author': 'Ilze Kalniņa', 'text': 'Paldies! Vēl pievienojiet "     \
  "darba"                                                                                          \
  " devēja izziņu, lūdzu.', 'sentAt': '2026-11-19T09:31:00Z', 'read': false, 'attachments': "      \
  "[" KAB_DOCUMENT_FILE (                                                                          \
      "f9", "izzinas-paraugs.pdf",                                                                 \
      "48230") "]}, {'id': 'm3', 'from': 'client', 'text': 'Pielikumā pases kopija.', 'sentAt':"   \
               " '2026-11-19T09:05:00Z', 'read': true, 'attachments': [" KAB_DOCUMENT_FILE (       \
                   "f8", "pase.jpg",                                                               \
                   "2411000") "]}, {'id': 'm2', 'from': 'bank', 'text': 'Labdien! Lūdzu, "         \
                              "atsūtiet skaidrāku pases kopiju: uz"                                \
                              " esošās nevar izlasīt numuru.', 'sentAt': '2026-11-18T14:12:00Z', " \
                              "'attachments': []},"                                                \
                              " {'id': 'm1', 'from': 'client', 'text': 'Labdien! Vai varu "        \
                              "pieteikties bez pases?', 'sentAt':"                                 \
                              " '2026-11-18T13:40:00Z', 'read': true, 'attachments': []}"

char *kab_documents_fixture_json (const char *text);
KabOnboardingFixture *
kab_documents_fixture_new (const char *documents, const char *messages, guint unread);
void kab_documents_fixture_serve (KabOnboardingFixture *self, const char *id, const char *document);
void kab_documents_fixture_change (KabOnboardingFixture *self, const char *document);
GFile *kab_documents_fixture_file (const char *name, gsize size);

G_END_DECLS
