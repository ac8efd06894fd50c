/** What every language is written with, so that a word left in another one is found. */

const cyrillic = "абвгдежзийклмнопрстуфхцчшщьюя";

/** Letters in lower case; of a Latin alphabet those beside a to z, of other scripts a character class. */
const letters = {
  ar: /\p{Script=Arabic}/u,
  be: `${cyrillic.replace(/[ищ]/g, "")}ёіўыэ`,
  bg: `${cyrillic}ъ`,
  cs: "áčďéěíňóřšťúůýž",
  da: "æøåé",
  de: "äöüß",
  el: /\p{Script=Greek}/u,
  en: "",
  es: "áéíñóúü",
  et: "äõöüšž",
  fi: "äöå",
  fr: "àâæçéèêëîïôœùûüÿ",
  ga: "áéíóú",
  he: /\p{Script=Hebrew}/u,
  hr: "čćđšž",
  hu: "áéíóöőúüű",
  it: "àèéìòù",
  ja: /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー]/u,
  kk: `${cyrillic}әғёқңөұүһъыіэ`,
  lt: "ąčęėįšųūž",
  lv: "āčēģīķļņšūž",
  mt: "ċġħżà",
  nl: "éëïóöü",
  pl: "ąćęłńóśźż",
  pt: "áâãàçéêíóôõú",
  ro: "ăâîșț",
  ru: `${cyrillic}ёъыэ`,
  sk: "áäčďéíĺľňóôŕšťúýž",
  sl: "čšž",
  sv: "åäöé",
  tr: "çğıöşüâîû",
  uk: `${cyrillic}ґєії`,
  zh: /(?![們個資訊選擇開關處錄刪絕據權這網瀏覽儲傳輸])\p{Script=Han}/u,
  "zh-Hant": /(?![们个资讯选择开关处录删绝据权这网浏览储传输])\p{Script=Han}/u,
} as const;

/** The 24 official languages of the European Union and ten more, one of them in two scripts. */
export const languages = Object.keys(letters) as (keyof typeof letters)[];

/** Words that stand in Latin letters in every language. */
const everywhere = /\bhash\b/gi;

/**
 * The letters of a text that its language does not have, each once.
 *
 * @param text with `{slots}`, which are passed over
 */
export function foreignLetters(language: keyof typeof letters, text: string): string[] {
  const own = letters[language];
  const isLatin = typeof own === "string" && !/\p{Script=Cyrillic}/u.test(own);
  const plain = text
    .replace(/\{\w+\}/g, "")
    .replace(everywhere, "")
    .toLocaleLowerCase(language);
  const foreign = [...plain.matchAll(/\p{L}/gu)]
    .map(String)
    .filter((letter) =>
      typeof own === "string"
        ? !own.includes(letter) && !(isLatin && /[a-z]/.test(letter))
        : !own.test(letter),
    );
  return [...new Set(foreign)];
}
