/** Invented people and firms, by language. Where the script is not Latin, an address's form follows. */
type Words = readonly [string, ...string[]];
type Names = readonly [NameWord, ...NameWord[]];
export type NameWord = readonly [written: string, inAddress: string];

export interface BookLanguage {
  /** BCP 47 */
  readonly tag: string;
  /** In hundredths of all clients. */
  readonly share: number;
  readonly isFamilyNameFirst?: boolean;
  readonly given: Names;
  readonly family: Names;
  readonly firm: Names;
  /** What a firm's name ends with; with the space before it, where there is one. */
  readonly firmKinds: Words;
  readonly subjects: Words;
  readonly summaries: Words;
}

/** The written form is the address's form with a capital. */
const latin = (list: string): Names => toNames(list.split(' ').map((word) => [word, plain(word)]));
/** `written:address` */
const script = (list: string): Names =>
  toNames(
    list.split(' ').map((pair) => {
      const [written = '', inAddress = ''] = pair.split(':');
      return [written, inAddress];
    }),
  );
const lines = (list: string): Words => {
  const [first = '', ...more] = list.split('|');
  return [first, ...more];
};

function toNames(names: readonly NameWord[]): Names {
  const [first, ...more] = names;
  if (first === undefined) throw new Error('a list of names is empty');
  return [first, ...more];
}

const plain = (word: string): string =>
  word
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replaceAll('ł', 'l')
    .replaceAll('Ł', 'l')
    .toLowerCase();

export const bookLanguages: readonly BookLanguage[] = [
  {
    tag: 'en',
    share: 50,
    given: latin(
      'Ada Bram Cleo Dele Edda Finn Gwen Hana Ivor Juno Kit Lena Milo Nell Otis Pia Rhys Saoirse Tess Una Vik Wren Yara Zeno',
    ),
    family: latin(
      'Abbot Barlow Crane Dunmore Ellery Farrow Goss Harkin Ives Jessop Keel Lorne Marsh Norrey Oakes Penrose Quill Rooke Selby Thorne Upton Vance Wilder Yarrow',
    ),
    firm: latin(
      'Alder Beacon Cinder Drift Ember Fathom Granite Harbour Indigo Juniper Kestrel Lantern Meadow North Orchard Pebble Quarry Rowan Sable Tern Umber Verdant Willow Zephyr',
    ),
    firmKinds: lines(' Studio| & Co| Partners| Legal| Foods| Works| Print| Labs| Hotels| Joinery'),
    subjects: lines(
      'Quote for phase 2|Dates for the workshop|Invoice and a question|Photos for the front page|Minutes of our call|Contract for next year|A small change to the plan|Thank you, and what is next|Access for the new colleague|Re: the agenda for Tuesday',
    ),
    summaries: lines(
      'Talked about the renewal|Wants a quote by the end of the month|Happy with the last delivery|Asked for a second opinion on the budget|Moved the kick-off by a week|New colleague joins in spring|Waiting for their approval|Agreed the next three steps|Asked about a lower retainer|Family news; ask again',
    ),
  },
  {
    tag: 'fi',
    share: 12,
    given: latin(
      'Aino Eero Helmi Ilmari Kaisa Lauri Meri Niilo Oona Pekka Riikka Sampo Tuuli Veikko Väinö Ylva',
    ),
    family: latin(
      'Aalto Halla Jokela Korpi Lehto Mäkelä Niemi Ojala Peltola Rauta Salo Tamminen Uusitalo Virta',
    ),
    firm: latin('Aurora Havu Järvi Kaarna Loimu Myrsky Nuotio Pihlaja Routa Suvi Tuuli Vuono'),
    firmKinds: lines(' Oy| Ky| Oyj| Osuuskunta| Tmi'),
    subjects: lines(
      'Tarjous jatkosta|Palaveri ensi viikolla|Lasku ja kysymys|Kuvat etusivulle|Muistio puhelusta|Sopimus ensi vuodelle|Pieni muutos suunnitelmaan|Kiitos tästä vuodesta',
    ),
    summaries: lines(
      'Puhuttiin jatkosta|Toivoo tarjousta kuun loppuun|Tyytyväinen toimitukseen|Aloitus siirtyy viikolla|Odottaa johtoryhmän päätöstä|Uusi yhteyshenkilö keväällä|Sovittiin seuraavat askeleet',
    ),
  },
  {
    tag: 'pl',
    share: 12,
    given: latin(
      'Agnieszka Bartosz Celina Dobromir Elżbieta Grażyna Henryk Iga Jędrzej Kinga Łucja Michał Oliwia Paweł Róża Świętosława',
    ),
    family: latin(
      'Brzoza Cichy Dąb Gołąb Jasny Kłos Leśny Młynarz Nowina Olcha Piasek Rybak Śnieg Wrona Źródło Żuraw',
    ),
    firm: latin('Bałtyk Cegła Dolina Głaz Jodła Kora Łąka Mgła Orzeł Polana Sosna Wiatr'),
    firmKinds: lines(' Sp. z o.o.| S.A.| i Wspólnicy| Studio| Druk'),
    subjects: lines(
      'Oferta na drugi etap|Termin spotkania|Faktura i pytanie|Zdjęcia na stronę|Notatka z rozmowy|Umowa na przyszły rok|Drobna zmiana planu|Podziękowanie',
    ),
    summaries: lines(
      'Rozmowa o przedłużeniu umowy|Prosi o ofertę do końca miesiąca|Zadowoleni z ostatniej dostawy|Start przesunięty o tydzień|Czeka na zgodę zarządu|Nowa osoba od wiosny|Ustaliliśmy następne kroki',
    ),
  },
  {
    tag: 'zh-CN',
    share: 10,
    isFamilyNameFirst: true,
    given: script(
      '晓雨:xiaoyu 子墨:zimo 思远:siyuan 若溪:ruoxi 一帆:yifan 雨桐:yutong 文轩:wenxuan 静怡:jingyi 浩然:haoran 欣然:xinran 嘉树:jiashu 清扬:qingyang',
    ),
    family: script(
      '林:lin 陈:chen 沈:shen 顾:gu 苏:su 叶:ye 江:jiang 温:wen 陆:lu 白:bai 夏:xia 秦:qin',
    ),
    firm: script(
      '青竹:qingzhu 远山:yuanshan 白鹭:bailu 晨光:chenguang 听雨:tingyu 云帆:yunfan 墨石:moshi 长河:changhe 松间:songjian 南风:nanfeng',
    ),
    firmKinds: lines('设计|科技有限公司|贸易行|工作室|律师事务所|印刷厂'),
    subjects: lines(
      '第二阶段报价|下周会议时间|发票问题|首页图片|电话纪要|明年合同|计划的小调整|感谢与下一步',
    ),
    summaries: lines(
      '谈了续约的事|希望月底前收到报价|对上次交付很满意|启动推迟一周|等待对方批准|春天有新同事加入|商定了后面三步',
    ),
  },
  {
    tag: 'he',
    share: 8,
    given: script(
      'נועה:noa דוד:david תמר:tamar איתי:itai יעל:yael אורי:uri מיכל:michal עמית:amit שירה:shira גיל:gil רותם:rotem הדס:hadas',
    ),
    family: script(
      'ברוש:brosh אלון:alon כרמי:karmi שקד:shaked גפן:gefen רימון:rimon ארז:erez דקל:dekel תבור:tavor נחל:nachal',
    ),
    firm: script(
      'אורנים:oranim גל-ים:gal-yam חרמון:hermon כוכב:kochav מגדלור:migdalor נתיב:nativ סלע:sela צוק:tsuk רקיע:rakia שחר:shachar',
    ),
    firmKinds: lines(' בע״מ| אדריכלים| ובניו| עורכי דין| הפקות| דפוס'),
    subjects: lines(
      'הצעת מחיר לשלב ב׳|מועד לפגישה|חשבונית ושאלה|תמונות לעמוד הבית|סיכום השיחה|חוזה לשנה הבאה|שינוי קטן בתוכנית|תודה',
    ),
    summaries: lines(
      'דיברנו על החידוש|מבקש הצעה עד סוף החודש|מרוצים מהמסירה האחרונה|ההתחלה נדחתה בשבוע|ממתינים לאישור שלהם|עובדת חדשה מצטרפת באביב|סיכמנו שלושה צעדים',
    ),
  },
  {
    tag: 'fa',
    share: 8,
    given: script(
      'مریم:maryam سارا:sara نیما:nima آرش:arash لیلا:leila کاوه:kaveh شیرین:shirin بهرام:bahram نازنین:nazanin سهراب:sohrab',
    ),
    family: script(
      'راد:rad کیانی:kiani بهار:bahar سپهر:sepehr نوری:nouri دریا:darya کوهستان:kuhestan آذر:azar مهر:mehr پارسا:parsa',
    ),
    firm: script(
      'نیلوفر:niloufar البرز:alborz ساحل:sahel سرو:sarv کاریز:kariz باران:baran سپیده:sepideh چکاد:chakad',
    ),
    firmKinds: lines('‌گستر| و پسران| بازرگانی| چاپ| معماری'),
    subjects: lines(
      'پیشنهاد قیمت مرحله دوم|زمان جلسه|فاکتور و یک پرسش|عکس‌های صفحه اول|خلاصه تماس|قرارداد سال آینده|سپاس',
    ),
    summaries: lines(
      'درباره تمدید صحبت کردیم|تا پایان ماه پیشنهاد می‌خواهد|از تحویل آخر راضی است|شروع یک هفته عقب افتاد|منتظر تأیید آن‌ها|سه گام بعدی را توافق کردیم',
    ),
  },
];
