import { describe, expect, it } from 'vitest';
import { matchInterest, readText } from '../../../shared/rules/interest-match.ts';

/** Interest, text, and the text's word that names it; null where it is not named. */
const cases: Readonly<Record<string, readonly (readonly [string, string, string | null])[]>> = {
  English: [
    ['golf', 'The best Golf courses of Scotland', 'Golf'],
    ['golf', 'Golfers meet in June', 'Golfers'],
    ['Golf', 'gold prices rise', null],
    ['wine', 'Wines of the Douro', 'Wines'],
    ['wine', 'a winery by the river', 'winery'],
    ['wine', 'a winter of wind', null],
    ['art', 'an article about the start', null],
    ['art', 'Modern art, seen anew', 'art'],
    ['tea', 'the whole team', null],
    ['finance', 'Financial planning for founders', 'Financial'],
    ['history', 'historical maps', 'historical'],
    ['renewable energy', 'Renewable energies beyond 2030', 'Renewable energies'],
    ['renewable energy', 'energy that is renewable', null],
    ['contract', 'a contrast of colours', null],
    ['designs', 'a design for living', 'design'],
    ['café culture', 'Cafe culture in Vienna', 'Cafe culture'],
  ],
  Finnish: [
    ['golf', 'Pelaamme golfissa', 'golfissa'],
    ['viini', 'Parhaat viinejä tarjoavat ravintolat', 'viinejä'],
    ['musiikki', 'Musiikin kesä', 'Musiikin'],
    ['purjehdus', 'Purjehduksesta ja merestä', 'Purjehduksesta'],
    ['kirja', 'Kirjoja lapsille', 'Kirjoja'],
    ['jalkapallo', 'Jalkapalloseuran kausi', 'Jalkapalloseuran'],
    ['viini', 'viikon uutiset', null],
    ['hää', 'HÄÄT Hangossa', null],
    ['lämpöpumppu', 'lämpöpumput vertailussa', 'lämpöpumput'],
  ],
  Polish: [
    ['wino', 'Święto wina w Zielonej Górze', 'wina'],
    ['wino', 'z dobrym winem', 'winem'],
    ['książka', 'Najlepsze książki roku', 'książki'],
    ['książka', 'targi książek', 'książek'],
    ['żeglarstwo', 'Kurs żeglarstwa', 'żeglarstwa'],
    ['zeglarstwo', 'ŻEGLARSTWO dla każdego', 'ŻEGLARSTWO'],
    ['łódź', 'Łódź na sprzedaż', 'Łódź'],
    ['wino', 'winda i winter', null],
  ],
  Hebrew: [
    ['יין', 'פסטיבל היין בגליל', 'היין'],
    ['יין', 'יינות מהגולן', 'יינות'],
    ['ספר', 'שבוע הספרים', 'הספרים'],
    ['ספר', 'טיול לספרד', null],
    ['טיולים', 'טיול בנגב', 'טיול'],
    ['טכנולוגיה', 'חדשות הטכנולוגיות', 'הטכנולוגיות'],
    ['אָמָּנוּת', 'תערוכת אמנות', 'אמנות'],
    ['אנרגיה מתחדשת', 'כנס אנרגיה מתחדשת', 'אנרגיה מתחדשת'],
    ['גולף', 'הגול של השנה', null],
  ],
  Persian: [
    ['کتاب', 'نمایشگاه کتاب‌ها در تهران', 'کتاب‌ها'],
    ['كتاب', 'کتابهای تازه', 'کتابهای'],
    ['فناوری', 'خبرهای فناوری', 'فناوری'],
    ['انرژی خورشیدی', 'آینده انرژی خورشیدی', 'انرژی خورشیدی'],
    ['آشپزی', 'اشپزی ایرانی', 'اشپزی'],
    ['چای', 'چاپ کتاب', null],
    ['گل', 'گلف در ایران', null],
  ],
  Chinese: [
    ['高尔夫', '苏格兰最好的高尔夫球场', '高尔夫'],
    ['人工智能', '人工智能的未来', '人工智能'],
    ['可再生能源', '中国可再生能源发展', '可再生能源'],
    ['茶', '喝茶的艺术', null],
    ['葡萄酒', '葡萄酒产区指南', '葡萄酒'],
    ['摄影', '旅行攝影', null],
    ['足球', '世界杯足球赛', '足球'],
  ],
};

describe.each(Object.entries(cases))('interests in %s', (_language, rows) => {
  it.each(rows)('%s in “%s” is found as %j', (interest, text, word) => {
    expect(matchInterest(interest, readText(text))?.word ?? null).toBe(word);
  });
});

it('an interest without a word in it is nowhere', () => {
  expect(matchInterest(' – ', readText('golf – wine'))).toBeNull();
});

it('what looks like a pattern is only a word', () => {
  expect(matchInterest('c++ (.*)', readText('everything else'))).toBeNull();
});
