import { people } from './people.ts';
import type { ThreadDraft } from './thread-draft.ts';

const { aino, juhani, ewa, tomasz, xiaoyu, david, tamar, maryam } = people;

export const worldThreads: readonly ThreadDraft[] = [
  {
    key: 'aino-meeting',
    subject: 'Palaveri ensi viikolla?',
    messages: [
      {
        from: aino,
        cc: [juhani],
        hoursAgo: 20,
        paragraphs: [
          'Hei Robin,',
          'Sopisiko lyhyt palaveri ensi viikon keskiviikkona? Juhani haluaisi käydä läpi uuden etusivun.',
          'Terveisin Aino',
        ],
      },
    ],
  },
  {
    key: 'ewa-offer',
    subject: 'Re: Umowa na przyszły rok',
    messages: [
      {
        from: ewa,
        cc: [tomasz],
        hoursAgo: 100,
        paragraphs: [
          'Dzień dobry,',
          'czy możemy prosić o propozycję umowy na przyszły rok?',
          'Pozdrawiam, Ewa Nowak',
        ],
      },
      {
        from: null,
        to: [ewa],
        cc: [tomasz],
        hoursAgo: 96,
        paragraphs: ['Dzień dobry Pani Ewo,', 'propozycję wyślę do końca tygodnia.', 'Robin'],
      },
    ],
  },
  {
    key: 'xiaoyu-drafts',
    subject: '网站初稿的修改意见',
    unread: true,
    messages: [
      {
        from: xiaoyu,
        hoursAgo: 16,
        paragraphs: [
          'Robin 你好,',
          '初稿我们都看过了,整体很满意。首页的图片希望换成工作室的实景,周五前能看到新版本吗?',
          '林晓雨',
        ],
      },
    ],
  },
  {
    key: 'david-plans',
    subject: 'התוכניות לאתר החדש',
    unread: true,
    messages: [
      {
        from: david,
        cc: [tamar],
        hoursAgo: 60,
        paragraphs: [
          'שלום רובין,',
          'שלחנו את התוכניות המעודכנות. תמר תשמח לדבר על דף הפרויקטים.',
          'דוד',
        ],
      },
      {
        from: tamar,
        cc: [david],
        hoursAgo: 3,
        paragraphs: ['היי רובין,', 'נוח לנו ביום רביעי ב-10:00. אפשר גם בטלפון.', 'תמר'],
      },
    ],
  },
  {
    key: 'tamar-photos',
    subject: 'תמונות מהאתר ב-Haifa',
    messages: [
      {
        from: tamar,
        hoursAgo: 150,
        paragraphs: ['היי,', 'מצורפות שלוש תמונות. איזו מהן מתאימה לעמוד הבית?', 'תמר'],
      },
    ],
  },
  {
    key: 'maryam-catalogue',
    subject: 'کاتالوگ محصولات',
    messages: [
      {
        from: maryam,
        hoursAgo: 44,
        paragraphs: [
          'سلام رابین،',
          'کاتالوگ جدید آماده است. لطفاً تا پایان هفته نظر خود را بفرمایید.',
          'با احترام، مریم راد',
        ],
      },
    ],
  },
];
