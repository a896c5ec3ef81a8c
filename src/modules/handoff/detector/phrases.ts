// A visitor's text is matched clause by clause, in lower case, with ё as е and without apostrophes.
const START = "(?<![\\p{L}\\p{N}])";
const END = "(?![\\p{L}\\p{N}])";
/** Up to so many words between two parts of a phrase. */
const gap = (words: number) => `(?:\\s+[^\\s]+){0,${words}}?\\s+`;
const phrase = (...parts: string[]) => new RegExp(`${START}(?:${parts.join("|")})${END}`, "u");

/** Whom a visitor may ask for; every form is spelled out, so that «человеческий» or "operators" of a language stay out. */
const LIVE = "жив(?:ой|ого|ому|ым|ые|ых|ыми)";
const STAFF =
  "оператор(?:а|у|ом|ы|ов|ам|ами)?|менеджер(?:а|у|ом|ы|ов|ам|ами)?|специалист(?:а|у|ом|ы|ов|ам|ами)?|консультант(?:а|у|ом|ы|ов)?|" +
  "сотрудник(?:а|у|ом|и|ов|ам|ами)?|администратор(?:а|у|ом|ы|ов)?|представител(?:ь|я|ю|ем|и|ей)";
const PEOPLE = "человек(?:а|у|ом)?|люд(?:и|ей|ям|ьми)|кого[- ](?:нибудь|то|либо)|кем[- ](?:нибудь|то|либо)";
const SUPPORT =
  "(?:тех)?поддержк(?:а|и|у|е|ой)|техподдержк(?:а|и|у|е|ой)|отдел(?:а|у|ом)?\\s+(?:продаж|заботы|поддержки)";
const BOSS =
  "начальник(?:а|у|ом)?|руководител(?:ь|я|ю|ем)|руководств(?:о|а|у|ом)|директор(?:а|у|ом)?|начальств(?:о|а|у|ом)|" +
  "старш(?:ий|его|ему|им)(?:\\s+(?:смены|менеджера?|оператора?))?|управляющ(?:ий|его|ему|им)";
const ANY_RU = `(?:${LIVE}\\s+)?(?:${STAFF}|${PEOPLE}|${SUPPORT}|${BOSS})`;

const AGENT =
  "humans?|agents?|operators?|representatives?|reps?|advis[oe]rs?|consultants?|specialists?|experts?|staff|employees?|" +
  "customer\\s+(?:service|support|care)|support\\s+(?:team|agent|staff|person)|help\\s*desk";
const BOSS_EN = "managers?|supervisors?|bosses|boss|director|team\\s+lead";
const ANY_EN = `(?:(?:real|live|actual)\\s+)?(?:${AGENT}|${BOSS_EN}|person|people|someone|somebody|support)`;
const BOT =
  "бот(?:а|у|ом|ы|ов|ами)?|робот(?:а|у|ом|ы|ов|ами)?|машин(?:а|ы|е|ой)|нейросет(?:ь|и|ью)|автоответчик(?:а|ом|у|и)?|ии";
const BOT_EN = "bots?|chatbots?|robots?|machines?|ai|automated\\s+\\S+";

export const RULE_IDS = [
  "call",
  "connect",
  "talk",
  "want",
  "live",
  "bare",
  "boss",
  "complaint",
  "contact-me",
  "no-bot",
  "support-service",
  "urgent-help",
  "dissatisfied",
  "cannot-solve",
  "repeated",
  "waiting",
] as const;
export type RuleId = (typeof RULE_IDS)[number];

/** Ways to ask for a person, with weights between 0.6 and 1 as the product specification has them, in Russian and English. */
export const REQUEST_RULES: readonly { id: RuleId; weight: number; pattern: RegExp }[] = [
  {
    id: "call",
    weight: 1,
    pattern: phrase(
      `(?:по)?зов(?:и|ите|ешь|ете|у)${gap(3)}(?:${ANY_RU})`,
      `(?:вы|по|подо)?зв(?:ать|али|ал)${gap(3)}(?:${ANY_RU})`,
      `выз(?:ови|овите|ывай|ывайте)${gap(3)}(?:${ANY_RU})`,
      `пригла(?:си|сите|сить|шайте)${gap(3)}(?:${ANY_RU})`,
      `call${gap(2)}(?:${AGENT}|${BOSS_EN})`,
    ),
  },
  {
    id: "connect",
    weight: 1,
    pattern: phrase(
      `соедин(?:и|ите|ить|яй|яйте|ишь|ите)${gap(4)}(?:${ANY_RU})`,
      `пере(?:ключи|ключите|ключить|ключай|ключайте|веди|ведите|вести|води|водите|дай|дайте|дать|адресуй|адресуйте|кинь|киньте)${gap(4)}(?:${ANY_RU})`,
      `подключ(?:и|ите|ить|ай|айте)${gap(3)}(?:${ANY_RU})`,
      `свяж(?:и|ите)${gap(3)}(?:${ANY_RU})`,
      `(?:connect|transfer|switch|forward|redirect|escalate|hand|pass|put|patch)${gap(4)}(?:${ANY_EN})`,
    ),
  },
  {
    id: "talk",
    weight: 0.9,
    pattern: phrase(
      `(?:по|пере)?говорить${gap(3)}(?:${ANY_RU})`,
      `(?:по)?общаться${gap(3)}(?:${ANY_RU})`,
      `(?:по)?беседовать${gap(3)}(?:${ANY_RU})`,
      `разговаривать${gap(3)}(?:${ANY_RU})`,
      `(?:связаться|связать|связь)${gap(3)}(?:${ANY_RU})`,
      `(?:talk|speak|chat|communicate)\\s+(?:to|with)${gap(3)}(?:${ANY_EN})`,
      `(?:talk|speak|chat|communicate)\\s+(?:to|with)\\s+(?:${ANY_EN})`,
      `(?:reach|contact|get\\s+hold\\s+of)${gap(2)}(?:${AGENT}|${BOSS_EN}|person|someone)`,
      `(?:talk|speak)\\s+(?:to\\s+)?(?:${AGENT}|person)`,
    ),
  },
  {
    id: "want",
    weight: 0.8,
    pattern: phrase(
      `(?:нуж(?:ен|на|ны|но)|надо|хочу|хотел(?:а|ось)?(?:\\s+бы)?|хочется|требу(?:ю|ется)|дай|дайте|давай|давайте|нельзя\\s+ли|есть(?:\\s+ли)?|где|жду)` +
        `(?:${gap(2)})(?:${LIVE}|(?:оператор|менеджер|специалист|консультант)(?:а|у|ом|ы)?)`,
      `(?:нуж(?:ен|ны)|хочу|требую|дай|дайте|давайте)\\s+(?:\\S+\\s+)?(?:человека?|людей)`,
      `(?:нужна|нужен|требуется)\\s+(?:помощь\\s+)?(?:оператора|человека|менеджера|специалиста|консультанта)`,
      `(?:мне|нам|можно)(?:${gap(2)})(?:${LIVE}|(?:оператор|менеджер|специалист|консультант)(?:а|у|ом))`,
      `(?:need|want|prefer|require|demand|get|give|have|like|is\\s+there|are\\s+there|where\\s+is|where\\s+are)${gap(4)}(?:humans?|agents?|operators?|representatives?|supervisors?)`,
      `(?:need|want|get|give|is\\s+there)\\s+(?:me\\s+)?(?:a\\s+)?(?:real\\s+)?person(?!\\p{L})(?!\\s+\\p{L})`,
    ),
  },
  {
    id: "live",
    weight: 0.8,
    pattern: phrase(
      `${LIVE}\\s+(?:${STAFF}|человек(?:а|у|ом|е)?|люд(?:и|ей|ям|ьми)|собеседник(?:а|у|ом)?|общени(?:е|я|ю)|голос(?:а|у|ом)?)`,
      `(?:real|live|actual|living)\\s+(?:${AGENT}|${BOSS_EN}|person|people|chat|support|being|human\\s+being)`,
      `human\\s+being|actual\\s+human`,
    ),
  },
  {
    id: "boss",
    weight: 0.9,
    pattern: phrase(
      `(?:позов|вызов|дай|хочу|хотел|требу|нуж|соедин|перевед|говорить|связаться|контакт|номер|телефон)[\\p{L}]*${gap(4)}(?:${BOSS})`,
      `(?:your|the|a|want|need|get)\\s+(?:\\S+\\s+)?(?:supervisor|boss|team\\s+lead)`,
      `(?:get|see|want|need|bring|ask)${gap(3)}managers?`,
    ),
  },
  {
    id: "complaint",
    weight: 0.8,
    pattern: phrase(
      "(?:по)?жаловаться|жалуюсь|пожалуюсь|жалобу|жалоба|жалобы|претензи(?:я|ю|и)|роспотребнадзор[\\p{L}]*",
      "(?:file|make|lodge|submit|raise|have|leave)\\s+(?:an?\\s+)?(?:formal\\s+|official\\s+)?complaint|want\\s+to\\s+complain|going\\s+to\\s+complain|my\\s+complaint",
    ),
  },
  {
    id: "contact-me",
    weight: 0.7,
    pattern: phrase(
      "свяжитесь\\s+(?:\\S+\\s+)?(?:со\\s+мной|с\\s+нами)|перезвони(?:те)?(?:\\s+мне)?|позвони(?:те)?\\s+мне|наберите\\s+меня|пусть\\s+(?:мне\\s+)?(?:перезвонят|позвонят|свяжутся)",
      "call\\s+me(?:\\s+back)?|contact\\s+me|get\\s+back\\s+to\\s+me|someone\\s+(?:to\\s+)?call\\s+me",
    ),
  },
  {
    id: "no-bot",
    weight: 0.7,
    pattern: phrase(
      `(?:не\\s+(?:хочу|буду|желаю|собираюсь|могу)|хватит|надоел(?:и|а|о)?|достал(?:и|а|о)?|бесит|бесят|устал(?:а)?|тупой|тупая|тупые|глупый|бестолков(?:ый|ая)|бесполезн(?:ый|ая)|уберите|отключите|долой)(?:\\s+\\S+){0,3}?\\s+(?:${BOT})`,
      `(?:${BOT})\\s+(?:\\S+\\s+)?(?:надоел|достал|бесит|бесполез|туп)[\\p{L}]*`,
      `(?:dont|do\\s+not|not)\\s+(?:want|like|need)(?:\\s+\\S+){0,4}?\\s+(?:${BOT_EN})`,
      `(?:stop|sick\\s+of|tired\\s+of|hate|stupid|useless|dumb|enough\\s+of|no\\s+more)(?:\\s+\\S+){0,3}?\\s+(?:${BOT_EN})`,
      `(?:${BOT_EN})\\s+is\\s+(?:stupid|useless|dumb)`,
    ),
  },
  {
    id: "support-service",
    weight: 0.6,
    pattern: phrase(
      "(?:связ|обрат|позвон|написать|номер|телефон|контакт|нужна|дайте|соедин|где)[\\p{L}]*(?:\\s+\\S+){0,3}?\\s+(?:служб(?:а|ы|у|е|ой)\\s+поддержки|техподдержк(?:а|и|у|е|ой)|техническ(?:ая|ой|ую)\\s+поддержк(?:а|и|у|е|ой)|поддержк(?:и|у|ой)|горяч(?:ая|ей|ую)\\s+лини(?:я|и|ю|ей)|колл[- ]?центр(?:а|у|ом)?)",
      "(?:contact|call|phone|number|email|reach|need|want)(?:\\s+\\S+){0,3}?\\s+(?:customer\\s+(?:service|support|care)|(?:tech|technical)\\s+support|call\\s+cent(?:er|re)|hotline)",
    ),
  },
  {
    id: "urgent-help",
    weight: 0.6,
    pattern: phrase(
      "(?:срочн(?:ая|ую|ой|о|ое)|немедленн(?:ая|о|ую)|экстренн(?:ая|о|ую)|профессиональн(?:ая|ую|ой)|квалифицированн(?:ая|ую|ой))(?:\\s+\\S+){0,2}?\\s+(?:помощь|помощи|помогите|консультаци(?:я|ю|и)|вмешательств(?:о|а)|поддержк(?:а|у|и))",
      "(?:помощь|помогите|консультация)(?:\\s+\\S+){0,2}?\\s+(?:срочно|немедленно|специалиста|профессионала)",
      "(?:urgent|immediate|professional|emergency)\\s+(?:help|assistance|support)|(?:need|want)\\s+help\\s+(?:urgently|immediately|right\\s+now)",
    ),
  },
  {
    id: "dissatisfied",
    weight: 0.6,
    pattern: phrase(
      "(?:ужасн|отвратительн|кошмарн|безобразн|мерзк|плох|хамск|никчемн|худш)(?:ый|ая|ое|ие|ую|ого|ой)(?:\\s+\\S+){0,1}?\\s+(?:сервис|обслуживани(?:е|я)|поддержка|отношени(?:е|я)|работа)",
      "безобразие|это\\s+возмутительно|возмущен(?:а)?|я\\s+недовол(?:ен|ьна)|издевательство|издеваетесь",
      "(?:terrible|awful|horrible|worst|disgusting|poor|pathetic)\\s+(?:customer\\s+)?(?:service|support|experience)|(?:this\\s+is|its)\\s+(?:unacceptable|ridiculous|outrageous)|very\\s+disappointed|not\\s+satisfied",
    ),
  },
  {
    id: "cannot-solve",
    weight: 0.6,
    pattern: phrase(
      "(?:вы|ты|бот|ассистент)(?:\\s+\\S+){0,2}?\\s+не\\s+(?:можете|можешь|может|помогли|помогаете|помогаешь|помог|понимаете|понимаешь|понимает|решили|решаете|отвечаете)(?:\\s+(?:мне|меня|на\\s+вопрос|помочь|решить|ответить)[^\\s]*)?",
      "не\\s+(?:помогли|помогаете|помогло|помогает)\\s+(?:мне|ничем|никак|вообще|ваш)[\\p{L}]*|(?:проблема|вопрос)\\s+(?:так\\s+и\\s+)?не\\s+реш(?:ена|ен|ился|илась|ается)|не\\s+решает\\s+(?:мою\\s+)?проблему|толку\\s+(?:от\\s+вас\\s+)?(?:нет|никакого)",
      "(?:you|bot|assistant)\\s+(?:just\\s+)?(?:cant|cannot|can\\s+not|dont|do\\s+not|didnt|did\\s+not|couldnt|arent|are\\s+not|are\\s+no)\\s+(?:help|helping|understand|understanding|solve|solving|answer|answering|getting)[\\p{L}]*|not\\s+(?:helping|helpful)|no\\s+help\\s+at\\s+all|(?:problem|issue)\\s+is\\s+(?:still\\s+)?not\\s+(?:solved|resolved|fixed)",
    ),
  },
  {
    id: "repeated",
    weight: 0.6,
    pattern: phrase(
      "(?:второй|третий|четвертый|пятый|десятый|сотый|который|несколько|много|\\d+(?:-?[йи]+)?)\\s+раз[а]?\\s+(?:\\S+\\s+)?(?:спрашиваю|пишу|обращаюсь|объясняю|повторяю|прошу|задаю|говорю)",
      "(?:спрашиваю|пишу|обращаюсь|объясняю|повторяю|прошу|говорю)\\s+(?:\\S+\\s+){0,2}?(?:второй|третий|четвертый|пятый|десятый|сотый|который)\\s+раз",
      "(?:second|third|fourth|fifth|tenth|\\d+(?:nd|rd|th))\\s+time\\s+(?:\\S+\\s+){0,3}?(?:ask|asked|asking|write|writing|explain|explaining|say|saying)|asked\\s+(?:\\S+\\s+){0,3}?(?:three|four|five|several|many|multiple|\\d+)\\s+times|keep\\s+(?:asking|repeating)",
    ),
  },
  {
    id: "waiting",
    weight: 0.6,
    pattern: phrase(
      "сколько\\s+(?:еще\\s+)?можно\\s+(?:\\S+\\s+)?ждать|(?:жду|ждем)\\s+(?:\\S+\\s+){0,2}?(?:уже\\s+)?(?:час|часа|часов|день|дня|дней|недел[юиь]|месяц|вечность)|(?:уже|давно|долго)\\s+жду\\s+(?:\\S+\\s+)?ответа?",
      "(?:been\\s+waiting|i\\s+wait|im\\s+waiting)\\s+(?:\\S+\\s+){0,3}?(?:hours?|days?|weeks?|ages|forever|long)|how\\s+(?:much\\s+)?long(?:er)?\\s+(?:do|must|should|will)\\s+i\\s+(?:have\\s+to\\s+)?wait\\s+for\\s+(?:an?\\s+)?(?:answer|reply|agent|person)",
    ),
  },
];

/** The whole message is nothing but the name of a person's role. */
export const BARE = new RegExp(
  `^(?:(?:ваш[а-я]*|эй|алло|ало|ну|hey|hi|hello)\\s+)?(?:/operator|(?:${LIVE}\\s+)?(?:${STAFF}|человек(?:а)?|людей|опер)|${SUPPORT}|(?:служба|тех(?:ническая)?)\\s+поддержк[аи]|${LIVE}|(?:a\\s+)?(?:(?:real|live)\\s+)?(?:${AGENT}|human\\s+(?:agent|please)|person|support))(?:\\s+(?:пожалуйста|срочно|please|now|сюда|есть|тут|здесь))*$`,
  "u",
);

const OPERATOR = "оператор[\\p{L}]*|operators?";
const MANAGER = "менеджер[\\p{L}]*|managers?";

/** What looks like a request and is none. An exclusion hides its own clause only. */
export const EXCLUSIONS: readonly { id: string; pattern: RegExp }[] = [
  {
    id: "code",
    pattern: phrase(
      `(?:${OPERATOR})(?:\\s+\\S+){0,4}?\\s+(?:if|else|switch|case|break|continue|return|goto|select|in|and|or|not|new|python|java|javascript|typescript|c|php|sql|go|rust|коде|программ[\\p{L}]*|языке|присваивани[\\p{L}]*|сравнени[\\p{L}]*|цикла|ветвлени[\\p{L}]*|выбора|условия|запроса|code|programming|overloading)`,
      `(?:логическ|условн|арифметическ|тернарн|унарн|бинарн|побитов|математическ|logical|ternary|assignment|comparison|bitwise|boolean|arithmetic|unary|binary|spread|pipe)[\\p{L}]*\\s+(?:${OPERATOR})`,
    ),
  },
  {
    id: "software",
    pattern: phrase(
      `(?:${MANAGER})\\s+(?:задач|пакетов|памяти|паролей|закачек|загрузок|файлов|окон|процессов|контекста|вкладок|шрифтов|лицензий)`,
      `(?:task|package|memory|password|download|file|window|process|context|state|session|tag|font|content|boot|device)\\s+managers?`,
      `(?:user|travel|estate|insurance|cleaning|ai)\\s+agents?`,
    ),
  },
  {
    id: "other-operator",
    pattern: phrase(
      `(?:сотов|мобильн|туристическ|почтов)[\\p{L}]*\\s+(?:${OPERATOR})|(?:${OPERATOR})\\s+(?:связи|мтс|билайн[\\p{L}]*|мегафон[\\p{L}]*|теле2|tele2|йота|yota|пвз|чпу|станка|дрона|персональных)`,
      "(?:mobile|network|telecom|tour|crane|forklift|phone)\\s+operators?",
    ),
  },
  {
    id: "job",
    pattern: phrase(
      `ваканси[\\p{L}]*|резюме|(?:работать|работаю|устроиться|трудоустро[\\p{L}]*|стать|учиться)(?:\\s+\\S+){0,3}?\\s+(?:${STAFF})|работа\\s+(?:\\S+\\s+)?(?:${STAFF})`,
      "vacanc(?:y|ies)|(?:job|work|working|career|hired|apply)\\s+(?:as|for)\\s+(?:an?\\s+)?\\S+",
    ),
  },
  {
    id: "format",
    pattern: phrase(
      "(?:поддерж|support)[\\p{L}]*(?:\\s+\\S+){0,3}?\\s+(?:формат[\\p{L}]*|файл[\\p{L}]*|верси[\\p{L}]*|pdf|docx?|xlsx?|png|jpe?g|браузер[\\p{L}]*|android|ios|windows|macos|linux|formats?|files?|versions?|browsers?)",
      "(?:формат|верси|format|version)[\\p{L}]*(?:\\s+\\S+){0,2}?\\s+(?:поддерж|support)[\\p{L}]*",
    ),
  },
  {
    id: "definition",
    pattern: phrase(
      `(?:что\\s+такое|кто\\s+так(?:ой|ая|ие)|что\\s+(?:значит|означает|делает|умеет)|чем\\s+занимается|как(?:ова)?\\s+(?:работа[ею]т|устроен[аыо]?|роль)|зачем\\s+нужен)(?:\\s+\\S+){0,2}?\\s+(?:${ANY_RU}|${BOT})`,
      `(?:what\\s+(?:is|are|does|do)|who\\s+(?:is|are)|how\\s+(?:does|do)(?!\\s+(?:i|we)\\s)|meaning\\s+of|definition\\s+of)(?:\\s+\\S+){0,2}?\\s+(?:${ANY_EN}|${BOT_EN})`,
    ),
  },
  {
    id: "biology",
    pattern: phrase(
      "(?:тел[оа]|организм[\\p{L}]*|мозг[\\p{L}]*|кров[\\p{L}]*|клет[\\p{L}]*|скелет[\\p{L}]*|прав[\\p{L}]*|рост|вес|здоровь[\\p{L}]*|анатоми[\\p{L}]*|эволюци[\\p{L}]*|происхождени[\\p{L}]*|психологи[\\p{L}]*)\\s+человека",
      "человек\\s+(?:разумный|прямоходящий)|human\\s+(?:body|brain|anatomy|rights|resources?|species|skin|hair|cells?|blood|error|dna|readable)|homo\\s+sapiens",
    ),
  },
  {
    id: "party-size",
    pattern: phrase(
      "(?:\\d+|одного|одному|одним|двух|двоих|трех|троих|четырех|четверых|пяти|шести|семи|восьми|десяти|каждого|взрослого|сколько|несколько)\\s+(?:человек(?:а|у|ом)?|людей|взрослых)",
      "(?:\\d+|one|two|three|four|five|six|per|each|every|single)\\s+(?:person|people|persons|humans?|agents?|operators?|managers?)",
    ),
  },
  {
    id: "declined",
    pattern: phrase(
      `(?:не\\s+(?:надо|нуж(?:ен|на|но|ны)|хочу|хотел[аи]?(?:\\s+бы)?|зови|зовите|соединяй(?:те)?|переключай(?:те)?|переводи(?:те)?|подключай(?:те)?|требуется|стоит|буду|собираюсь)|без)(?:\\s+(?!бот|робот|нейросет)\\S+){0,3}?\\s+(?:${ANY_RU})`,
      `(?:${ANY_RU})\\s+(?:\\S+\\s+)?не\\s+(?:надо|нуж(?:ен|на|но|ны)|требуется)`,
      `(?:no\\s+need|dont\\s+need|do\\s+not\\s+need|dont\\s+want|do\\s+not\\s+want|dont\\s+connect|do\\s+not\\s+connect|dont\\s+transfer|do\\s+not\\s+transfer|without)(?:\\s+(?:for|to|me|a|an|the|any|call|connect|transfer|switch|talk|speak|chat|with|talking|speaking|bother)){0,6}\\s+(?:${ANY_EN})`,
    ),
  },
];

/** Signs that the assistant could not answer. Advice to contact somebody is a habit of models and weighs less. */
export const GAVE_UP: readonly { id: string; weight: number; pattern: RegExp }[] = [
  {
    id: "cannot-answer",
    weight: 0.8,
    pattern: phrase(
      "не\\s+(?:могу|смогу|удалось|получилось|получится)\\s+(?:\\S+\\s+){0,3}?(?:ответить|помочь|найти|подсказать|уточнить|решить)",
      "затрудняюсь\\s+(?:с\\s+)?ответ[\\p{L}]*|не\\s+знаю\\s+(?:точно(?:го)?\\s+)?ответ[\\p{L}]*|к\\s+сожалению\\s+(?:я\\s+)?не\\s+знаю",
      "(?:cannot|cant|can\\s+not|could\\s+not|couldnt|unable\\s+to|not\\s+able\\s+to)\\s+(?:\\S+\\s+){0,2}?(?:answer|help|find|assist|locate|resolve)|dont\\s+know\\s+the\\s+answer|do\\s+not\\s+know",
    ),
  },
  {
    id: "no-information",
    weight: 0.8,
    pattern: phrase(
      "(?:нет|не\\s+(?:нашел|нашла|нашлось|найдено|нашли|располагаю|имею|обнаружил[\\p{L}]*|содержит[\\p{L}]*)|недостаточно|отсутству(?:ет|ют))\\s+(?:\\S+\\s+){0,4}?(?:информаци[\\p{L}]*|данны[\\p{L}]*|сведени[\\p{L}]*|ответ[\\p{L}]*)",
      "(?:информаци[\\p{L}]*|данны[\\p{L}]*|сведени[\\p{L}]*)\\s+(?:\\S+\\s+){0,5}?(?:нет|недостаточно|отсутству[\\p{L}]*|не\\s+найден[\\p{L}]*)",
      "(?:dont|do\\s+not|didnt|did\\s+not|no|not\\s+enough|lack)\\s+(?:\\S+\\s+){0,4}?(?:information|info|data|answer|details)",
    ),
  },
  {
    id: "unsure",
    weight: 0.8,
    pattern: phrase(
      "(?:я\\s+)?не\\s+уверен(?:а)?|не\\s+могу\\s+(?:точно\\s+)?сказать",
      "(?:im|i\\s+am)\\s+not\\s+(?:sure|certain)|cannot\\s+say|hard\\s+to\\s+say",
    ),
  },
  {
    id: "special-case",
    weight: 0.6,
    pattern: phrase(
      "(?:индивидуальн|особ|нестандартн|сложн)[\\p{L}]*\\s+(?:случа[\\p{L}]*|ситуаци[\\p{L}]*|вопрос[\\p{L}]*)",
      "(?:special|individual|specific|unusual|complex)\\s+(?:case|situation)",
    ),
  },
  {
    id: "contact-somebody",
    weight: 0.4,
    pattern: phrase(
      "(?:обратитесь|свяжитесь|обратиться|связаться|уточните|уточнить|позвоните|напишите)\\s+(?:\\S+\\s+){0,3}?(?:поддержк[\\p{L}]*|оператор[\\p{L}]*|менеджер[\\p{L}]*|специалист[\\p{L}]*|компани[\\p{L}]*|сотрудник[\\p{L}]*|нами|нам)",
      "(?:contact|reach\\s+out\\s+to|get\\s+in\\s+touch\\s+with|call|email)\\s+(?:\\S+\\s+){0,3}?(?:support|team|company|specialist|manager|operator|customer\\s+service|us|directly)",
    ),
  },
];
