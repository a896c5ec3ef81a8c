/**
 * Words too common to tell one passage from another: articles, prepositions, conjunctions, auxiliaries. They are
 * neither stored nor asked for. Kept short on purpose: a page called "Contact us" must stay findable.
 */
const FUNCTION_WORDS: Record<string, string> = {
  en: `a an the of to in on at by for from with and or but if then than that this these those is are was were be been being am
    do does did has have had having will would shall should can could may might must as so it its into onto upon not no nor s t`,
  ru: `и в во на с со к ко у о об от до из за по под над при для без через между не ни но а или либо что чтобы как так же ли бы б
    же то это эти этот эта этого этой этом этих тот та те того той тех быть был была было были будет будут есть он она оно они его ее её их
    ему ей им них нее него ней ним который которая которое которые которого которой которых если же лишь уже ещё еще также тоже`,
  de: `der die das den dem des ein eine einen einem einer eines und oder aber ist sind war waren wird werden hat haben in im an am auf zu
    zum zur von vom mit für bei aus nach als auch es nicht dass sich`,
  fr: `le la les l un une des du de d et ou mais est sont était être a ont en dans sur au aux à par pour avec que qui ne pas ce cette ces se il elle`,
  es: `el la los las un una unos unas de del y o pero es son era ser en a al por para con que no se lo su sus este esta`,
  it: `il lo la i gli le un una uno di del della dei delle e o ma è sono era in a al alla da dal per con che non si`,
  pt: `o a os as um uma de do da dos das e ou mas é são era em no na nos nas por para com que não se`,
};

/** Question words and polite noise: worth storing, but asked for only when the question has nothing else. */
const ASKING_WORDS: Record<string, string> = {
  en: `what which who whom whose when where why how much many there here you your yours we our i me my please tell give show any some about
    us they their he she his her him want need know get`,
  ru: `кто кого кому чей чья что чего чему когда где куда откуда почему зачем как какой какая какое какие какого каким каком какую сколько скольких
    вы вас вам ваш ваша ваше ваши мы нас нам наш я меня мне мой пожалуйста скажите подскажите расскажите можно ли нужно хочу узнать`,
  de: `was wer wen wem wann wo warum wie viel viele welche welcher welches sie ihr ihre wir uns ich mein bitte`,
  fr: `quoi quel quelle quels quelles quand où pourquoi comment combien vous votre vos nous notre je mon`,
  es: `qué cuál cuáles quién cuándo dónde por cómo cuánto cuánta cuántos usted su nosotros yo mi`,
  it: `che cosa quale quali chi quando dove perché come quanto quanta quanti voi vostro noi io mio`,
  pt: `qual quais quem quando onde porque como quanto quanta quantos você seu nós eu meu`,
};

const functionWords = wordSet(FUNCTION_WORDS);
const askingWords = wordSet(ASKING_WORDS);

/** `word` is lower-case with ё written as е. */
export const isFunctionWord = (word: string) => functionWords.has(word);

/** `word` is lower-case with ё written as е. */
export const isAskingWord = (word: string) => askingWords.has(word);

function wordSet(lists: Record<string, string>): ReadonlySet<string> {
  return new Set(Object.values(lists).flatMap((list) => list.toLowerCase().replaceAll("ё", "е").split(/\s+/)));
}
