/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "kab-notice-texts.h"

#include <string.h>

#define BANK    "{bank}"
#define SECRET  "{secret}"
#define MINUTES "{minutes}"

enum
{
  LATVIAN,
  ENGLISH,
  RUSSIAN,
  N_LANGUAGES
};

static const char *const languages[N_LANGUAGES] = { "lv", "en", "ru" };

/**
 * Text:
 * @subject: of a mail
 * @body: of a mail, between greeting and signature
 * @sms: a text message
 */
typedef struct
{
  const char *subject;
  const char *body;
  const char *sms;
} Text;

static const struct
{
  const char *name;
  Text texts[N_LANGUAGES];
} notices[KAB_N_NOTICES] = {
  [KAB_NOTICE_REGISTRATION_CODE] = {
    "registration-code",
    {
      { "Reģistrācijas kods", "Jūsu reģistrācijas kods: " SECRET "\n\nKods ir derīgs " MINUTES " min. "
        "Ja Jūs nereģistrējaties, šo vēstuli var neņemt vērā.",
        BANK ": reģistrācijas kods " SECRET ". Derīgs " MINUTES " min. Neizpaudiet to nevienam." },
      { "Your registration code", "Your registration code: " SECRET "\n\nThe code is valid for "
        MINUTES " minutes. If you are not registering, you can ignore this message.",
        BANK ": registration code " SECRET ". Valid for " MINUTES " minutes. Don't tell it to anybody." },
      { "Код регистрации", "Ваш код регистрации: " SECRET "\n\nКод действует " MINUTES " мин. Если вы не "
        "регистрируетесь, не обращайте внимания на это письмо.",
        BANK ": код регистрации " SECRET ". Действует " MINUTES " мин. Никому его не сообщайте." },
    },
  },
  [KAB_NOTICE_RECOVERY_CODE] = {
    "recovery-code",
    {
      { "Paroles atjaunošana", "Paroles atjaunošanas kods: " SECRET "\n\nKods ir derīgs "
        MINUTES " min. Ja Jūs neatjaunojat paroli, nevienam neizpaudiet šo kodu.",
        BANK ": paroles atjaunošanas kods " SECRET ". Derīgs " MINUTES " min. Neizpaudiet to nevienam." },
      { "Password recovery", "Your code for password recovery: " SECRET "\n\nThe code is valid for "
        MINUTES " minutes. If you are not recovering your password, don't tell the code to anybody.",
        BANK ": password recovery code " SECRET ". Valid for " MINUTES " minutes. Don't tell it to anybody." },
      { "Восстановление пароля", "Код для восстановления пароля: " SECRET "\n\nКод действует "
        MINUTES " мин. Если вы не восстанавливаете пароль, никому не сообщайте этот код.",
        BANK ": код восстановления пароля " SECRET ". Действует " MINUTES " мин. Никому его не сообщайте." },
    },
  },
  [KAB_NOTICE_ADDRESS_CODE] = {
    "address-code",
    {
      { "Adreses apstiprināšana", "Jaunās adreses apstiprināšanas kods: " SECRET "\n\nKods ir "
        "derīgs " MINUTES " min. Ja Jūs neko nemaināt, šo vēstuli var neņemt vērā.",
        BANK ": jaunā numura apstiprināšanas kods " SECRET ". Derīgs " MINUTES " min." },
      { "Confirm your address", "Your code to confirm the new address: " SECRET "\n\nThe code is "
        "valid for " MINUTES " minutes. If you are not changing anything, you can ignore this message.",
        BANK ": code to confirm the new number " SECRET ". Valid for " MINUTES " minutes." },
      { "Подтверждение адреса", "Код для подтверждения нового адреса: " SECRET "\n\nКод действует "
        MINUTES " мин. Если вы ничего не меняете, не обращайте внимания на это письмо.",
        BANK ": код подтверждения нового номера " SECRET ". Действует " MINUTES " мин." },
    },
  },
  [KAB_NOTICE_TEMPORARY_PASSWORD] = {
    "temporary-password",
    {
      { "Pagaidu parole", "Jūsu pagaidu parole: " SECRET "\n\nTā ir derīga vienu stundu un vienai "
        "autorizācijai. Pēc tam Jums būs jāizvēlas jauna parole.",
        BANK ": pagaidu parole " SECRET " Derīga vienu stundu, vienai autorizācijai." },
      { "Temporary password", "Your temporary password: " SECRET "\n\nIt is valid for one hour and "
        "for one sign-in. You will then be asked to choose a new password.",
        BANK ": temporary password " SECRET " Valid for one hour and one sign-in." },
      { "Временный пароль", "Ваш временный пароль: " SECRET "\n\nОн действует один час и для одного "
        "входа. После этого нужно будет выбрать новый пароль.",
        BANK ": временный пароль " SECRET " Действует один час, для одного входа." },
    },
  },
  [KAB_NOTICE_ADDRESS_KNOWN] = {
    "address-known",
    {
      { "Jums jau ir konts", "Kāds norādīja šo adresi, reģistrējoties vai mainot kontaktinformāciju, "
        "bet Jums jau ir lietotāja kabinets. Ja tas bijāt Jūs, autorizējieties vai atjaunojiet "
        "paroli. Ja tas nebijāt Jūs, Jums nekas nav jādara.",
        BANK ": kāds norādīja Jūsu numuru, bet Jums jau ir lietotāja kabinets. Ja tas bijāt Jūs, "
        "autorizējieties vai atjaunojiet paroli." },
      { "You already have an account", "Somebody gave this address when registering or changing "
        "contacts, but you already have an account. If it was you, sign in or recover your "
        "password. If it was not you, there is nothing to do.",
        BANK ": somebody gave your number, but you already have an account. If it was you, sign in "
        "or recover your password." },
      { "У вас уже есть кабинет", "Кто-то указал этот адрес при регистрации или смене контактов, но "
        "у вас уже есть кабинет пользователя. Если это были вы, войдите или восстановите пароль. "
        "Если это были не вы, ничего делать не нужно.",
        BANK ": кто-то указал ваш номер, но у вас уже есть кабинет. Если это были вы, войдите или "
        "восстановите пароль." },
    },
  },
  [KAB_NOTICE_PASSWORD_CHANGED] = {
    "password-changed",
    {
      { "Parole ir nomainīta", "Jūsu parole ir nomainīta, un visas pārējās sesijas ir beigtas. Ja to "
        "nedarījāt Jūs, nekavējoties atjaunojiet paroli un sazinieties ar banku.",
        BANK ": Jūsu parole ir nomainīta. Ja to nedarījāt Jūs, sazinieties ar banku." },
      { "Your password was changed", "Your password was changed, and all other sessions were ended. "
        "If you didn't do it, recover your password at once and contact the bank.",
        BANK ": your password was changed. If you didn't do it, contact the bank." },
      { "Пароль изменён", "Ваш пароль изменён, все остальные сеансы завершены. Если это сделали не "
        "вы, немедленно восстановите пароль и свяжитесь с банком.",
        BANK ": ваш пароль изменён. Если это сделали не вы, свяжитесь с банком." },
    },
  },
  [KAB_NOTICE_ADDRESS_CHANGED] = {
    "address-changed",
    {
      { "Kontaktinformācija ir mainīta", "Jūsu kabinetā šī adrese ir aizstāta ar citu. Ja to "
        "nedarījāt Jūs, nekavējoties sazinieties ar banku.",
        BANK ": Jūsu kabinetā šis numurs ir aizstāts ar citu. Ja to nedarījāt Jūs, sazinieties ar "
        "banku." },
      { "Your contacts were changed", "In your account this address was replaced by another one. If "
        "you didn't do it, contact the bank at once.",
        BANK ": in your account this number was replaced by another one. If you didn't do it, "
        "contact the bank." },
      { "Контакты изменены", "В вашем кабинете этот адрес заменён другим. Если это сделали не вы, "
        "немедленно свяжитесь с банком.",
        BANK ": в вашем кабинете этот номер заменён другим. Если это сделали не вы, свяжитесь с "
        "банком." },
    },
  },
  [KAB_NOTICE_CORRECTION_NEEDED] = {
    "correction-needed",
    {
      { "Nepieciešama informācija", "Banka lūdz papildināt vai labot iesniegtos dokumentus. Lūdzu, "
        "autorizējieties lietotāja kabinetā un atveriet sadaļu «Dokumenti».",
        BANK ": lūdzam papildināt vai labot iesniegtos dokumentus lietotāja kabinetā." },
      { "Information needed", "The bank asks you to complete or correct the documents that you "
        "submitted. Please sign in and open Documents.",
        BANK ": please complete or correct the documents in your account." },
      { "Нужна информация", "Банк просит дополнить или исправить поданные документы. Пожалуйста, "
        "войдите в кабинет и откройте раздел «Документы».",
        BANK ": просим дополнить или исправить документы в кабинете пользователя." },
    },
  },
  [KAB_NOTICE_MESSAGE_RECEIVED] = {
    "message-received",
    {
      { "Jauns ziņojums", "Banka Jums ir nosūtījusi ziņojumu. Lai to izlasītu, lūdzu, "
        "autorizējieties lietotāja kabinetā.",
        BANK ": Jums ir jauns ziņojums lietotāja kabinetā." },
      { "A new message", "The bank has sent you a message. Please sign in to read it.",
        BANK ": you have a new message in your account." },
      { "Новое сообщение", "Банк отправил вам сообщение. Чтобы прочитать его, пожалуйста, войдите в "
        "кабинет.",
        BANK ": у вас новое сообщение в кабинете пользователя." },
    },
  },
  [KAB_NOTICE_DECISION_POSITIVE] = {
    "decision-positive",
    {
      { "Bankas lēmums", "Banka ir pieņēmusi pozitīvu lēmumu par Jūsu pieteikumu. Sīkāk lasiet "
        "lietotāja kabinetā.",
        BANK ": par Jūsu pieteikumu pieņemts pozitīvs lēmums. Sīkāk – lietotāja kabinetā." },
      { "The bank's decision", "The bank has made a positive decision on your application. Please "
        "sign in for details.",
        BANK ": the decision on your application is positive. Please sign in for details." },
      { "Решение банка", "Банк принял положительное решение по вашей заявке. Подробности – в "
        "кабинете пользователя.",
        BANK ": по вашей заявке принято положительное решение. Подробности – в кабинете." },
    },
  },
  [KAB_NOTICE_DECISION_NEGATIVE] = {
    "decision-negative",
    {
      { "Bankas lēmums", "Banka ir pieņēmusi negatīvu lēmumu par Jūsu pieteikumu. Sīkāk lasiet "
        "lietotāja kabinetā.",
        BANK ": par Jūsu pieteikumu pieņemts negatīvs lēmums. Sīkāk – lietotāja kabinetā." },
      { "The bank's decision", "The bank has made a negative decision on your application. Please "
        "sign in for details.",
        BANK ": the decision on your application is negative. Please sign in for details." },
      { "Решение банка", "Банк принял отрицательное решение по вашей заявке. Подробности – в "
        "кабинете пользователя.",
        BANK ": по вашей заявке принято отрицательное решение. Подробности – в кабинете." },
    },
  },
  [KAB_NOTICE_IDENTIFICATION_REPEAT] = {
    "identification-repeat",
    {
      { "Identifikācija jāatkārto", "Identifikācija ir jāatkārto. Lūdzu, autorizējieties lietotāja "
        "kabinetā: tur ir norādīts iemesls un turpmākās darbības.",
        BANK ": identifikācija ir jāatkārto. Sīkāk – lietotāja kabinetā." },
      { "Please identify again", "Your identification has to be repeated. Please sign in: the reason "
        "and the next step are shown there.",
        BANK ": your identification has to be repeated. Please sign in for details." },
      { "Повторите идентификацию", "Идентификацию нужно повторить. Пожалуйста, войдите в кабинет: "
        "там указаны причина и дальнейшие действия.",
        BANK ": идентификацию нужно повторить. Подробности – в кабинете." },
    },
  },
  [KAB_NOTICE_IDENTIFICATION_FAILED] = {
    "identification-failed",
    {
      { "Identifikācija nav izdevusies", "Identifikācija nav izdevusies. Lūdzu, sazinieties ar banku "
        "vai autorizējieties lietotāja kabinetā.",
        BANK ": identifikācija nav izdevusies. Sīkāk – lietotāja kabinetā." },
      { "Identification failed", "Your identification has failed. Please contact the bank or sign in "
        "for details.",
        BANK ": your identification has failed. Please sign in for details." },
      { "Идентификация не удалась", "Идентификация не удалась. Пожалуйста, свяжитесь с банком или "
        "войдите в кабинет.",
        BANK ": идентификация не удалась. Подробности – в кабинете." },
    },
  },
  [KAB_NOTICE_IDENTIFICATION_IN_PERSON] = {
    "identification-in-person",
    {
      { "Identifikācija klātienē", "Banka aicina Jūs identificēties klātienē. Lūdzu, sazinieties ar "
        "banku; kontaktinformācija ir lietotāja kabinetā.",
        BANK ": lūdzam identificēties klātienē. Sīkāk – lietotāja kabinetā." },
      { "Identification in person", "The bank asks you to identify yourself in person. Please contact "
        "the bank; the contacts are in your account.",
        BANK ": please identify yourself in person. Sign in for details." },
      { "Идентификация лично", "Банк приглашает вас на личную идентификацию. Пожалуйста, свяжитесь с "
        "банком; контакты указаны в кабинете.",
        BANK ": просим пройти идентификацию лично. Подробности – в кабинете." },
    },
  },
  [KAB_NOTICE_APPLICATION_EXPIRED] = {
    "application-expired",
    {
      { "Pieteikuma termiņš ir beidzies", "Jūsu pieteikums ilgi nav turpināts, tāpēc tā termiņš ir "
        "beidzies. Ja pakalpojums joprojām ir vajadzīgs, lietotāja kabinetā varat sākt jaunu "
        "pieteikumu.",
        BANK ": Jūsu pieteikuma termiņš ir beidzies. Sīkāk – lietotāja kabinetā." },
      { "Your application has expired", "Your application wasn't continued for a long time and has "
        "expired. If you still need the service, please sign in and begin a new application.",
        BANK ": your application has expired. Please sign in for details." },
      { "Срок заявки истёк", "Вашу заявку долго не продолжали, и её срок истёк. Если услуга всё ещё "
        "нужна, в кабинете пользователя можно начать новую заявку.",
        BANK ": срок вашей заявки истёк. Подробности – в кабинете." },
    },
  },
};

static const char *const greetings[N_LANGUAGES] = { "Labdien!", "Hello,", "Здравствуйте!" };

/* Texts are there for every language of the interface; English stands in for any other. */
static guint
find_language (const char *language)
{
  for (guint i = 0; i < N_LANGUAGES; i++)
    if (g_str_equal (languages[i], language))
      return i;
  return ENGLISH;
}

/* One pass, so that nothing within what is put in is replaced. */
static char *
fill_in (const char *text, const KabNoticeValues *values)
{
  g_autofree char *minutes = g_strdup_printf ("%u", values->minutes);
  const struct
  {
    const char *place;
    const char *value;
  } places[] = {
    { BANK, values->bank },
    { SECRET, values->secret != NULL ? values->secret : "" },
    { MINUTES, minutes },
  };
  GString *filled = g_string_new (NULL);

  while (*text != '\0')
    {
      guint i = 0;

      while (i < G_N_ELEMENTS (places) && !g_str_has_prefix (text, places[i].place))
        i++;
      if (i == G_N_ELEMENTS (places))
        {
          g_string_append_c (filled, *text++);
          continue;
        }
      g_string_append (filled, places[i].value);
      text += strlen (places[i].place);
    }
  return g_string_free_and_steal (filled);
}

/**
 * kab_notice_texts_get_name:
 *
 * Returns: the notice's stable name, as the outbox keeps it
 */
const char *
kab_notice_texts_get_name (KabNoticeKind kind)
{
  return notices[kind].name;
}

/**
 * kab_notice_texts_find:
 * @name: a stable name
 * @kind: (out): whose it is
 *
 * Returns: whether there is such a notice
 */
gboolean
kab_notice_texts_find (const char *name, KabNoticeKind *kind)
{
  for (guint i = 0; i < KAB_N_NOTICES; i++)
    if (g_str_equal (notices[i].name, name))
      {
        *kind = i;
        return TRUE;
      }
  return FALSE;
}

/**
 * kab_notice_texts_subject:
 * @language: `lv`, `en` or `ru`
 * @bank: the bank's name
 *
 * Returns: (transfer full): the subject of the mail; a secret is never in it
 */
char *
kab_notice_texts_subject (KabNoticeKind kind, const char *language, const char *bank)
{
  return g_strdup_printf ("%s: %s", bank, notices[kind].texts[find_language (language)].subject);
}

/**
 * kab_notice_texts_mail:
 * @language: `lv`, `en` or `ru`
 * @values: what is put in
 *
 * Returns: (transfer full): the text of the mail
 */
char *
kab_notice_texts_mail (KabNoticeKind kind, const char *language, const KabNoticeValues *values)
{
  guint i = find_language (language);
  g_autofree char *body = fill_in (notices[kind].texts[i].body, values);

  return g_strdup_printf ("%s\n\n%s\n\n%s\n", greetings[i], body, values->bank);
}

/**
 * kab_notice_texts_sms:
 * @language: `lv`, `en` or `ru`
 * @values: what is put in
 *
 * Returns: (transfer full): the text message
 */
char *
kab_notice_texts_sms (KabNoticeKind kind, const char *language, const KabNoticeValues *values)
{
  return fill_in (notices[kind].texts[find_language (language)].sms, values);
}
