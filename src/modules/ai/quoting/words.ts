import snowball from "snowball-stemmers";

export type SpokenLanguage = "en" | "ru";

/** A word of the question: how much it says about what is asked. */
export type Word = { stem: string; weight: number };

const list = (text: string) => new Set(text.split(/\s+/));

const IGNORED = list(
  `a an the of to in on at by for from with and or but if then than that this these those it its is are was were be been am do does did has have had
  will would shall should can could may might must as so into not no i you he she we they me my your our their us them there here please tell me
  what which who whom whose when where why how much many long far often soon about want need know get give say hi hello hey ok okay yes something anything someone anyone
  и в во на с со к ко у о об от до из за по под над при для без через между не ни но а или либо что чтобы как так же ли бы это эти этот эта тот та те
  быть был была было были будет будут есть он она оно они его ее их ему ей им кто кого кому когда где куда откуда почему зачем какой какая какое какие
  каком какую каких каким сколько чем чего вы вас вам ваш ваша ваше ваши вашей вашего мы нас нам наш я меня мне мой моя мои свой свою пожалуйста скажите подскажите
  расскажите можно ли нужно хочу узнать уже еще там тут здесь да нет если то все всего нибудь`,
);

// Words that many questions share; they may confirm an answer but hardly find one.
const GENERAL = list(
  `cost costs price prices pay work works working open available offer make take time day days year have possible use there company shop service
  стоит стоить стоимость цена цены работает работаете работает есть бывает время времени день дней дня дни год года лет делать сделать компания компании
  магазин магазина происходит занимает идет идут длится будет получить`,
);

const stemmers = { en: warm("english", "delivery"), ru: warm("russian", "доставка") };

// The library answers its very first word from uninitialised state.
function warm(algorithm: string, word: string) {
  const stemmer = snowball.newStemmer(algorithm);
  stemmer.stem(word);
  return (text: string) => stemmer.stem(text);
}

/** The stems of a text, in order, without words that say nothing. */
export function stemsOf(text: string): string[] {
  return tokens(text)
    .filter((token) => !IGNORED.has(token))
    .map(stemOf);
}

/** What a question asks for, each stem once. Numbers, codes and rare words weigh most. */
export function questionWords(question: string): Word[] {
  const words = new Map<string, Word>();
  for (const token of tokens(question)) {
    if (IGNORED.has(token)) continue;
    const stem = stemOf(token);
    const weight = /\d/.test(token) ? 1.5 : GENERAL.has(token) ? 0.4 : 1;
    if (!words.has(stem)) words.set(stem, { stem, weight });
  }
  return [...words.values()];
}

/** The language in which a person is answered: Russian for Cyrillic letters, English for the rest. */
export function languageOf(text: string): SpokenLanguage {
  const cyrillic = text.match(/\p{Script=Cyrillic}/gu)?.length ?? 0;
  const latin = text.match(/\p{Script=Latin}/gu)?.length ?? 0;
  return cyrillic > 0 && cyrillic * 3 >= latin ? "ru" : "en";
}

function tokens(text: string): string[] {
  return (
    text
      .normalize("NFC")
      .toLowerCase()
      .replaceAll("ё", "е")
      .replaceAll("e-mail", "email")
      .match(/[\p{L}\p{M}]+|\p{N}+/gu) ?? []
  );
}

function stemOf(token: string): string {
  if (/\p{N}/u.test(token)) return token;
  return /\p{Script=Cyrillic}/u.test(token) ? stemmers.ru(token) : stemmers.en(token);
}
