import type { Party } from './types.ts';

/** The account's default address in the demo and in tests. */
export const DEMO_ACCOUNT = 'robin@vale-studio.example';
export const DEMO_OWNER_NAME = 'Robin Vale';

const person = (name: string, address: string): Party => ({ name, address });

/** Invented people at reserved domains, by a short name. */
export const people = {
  noa: person('Noa Levi', 'noa@levi-sons.example'),
  ari: person('Ari Levi', 'ari@levi-sons.example'),
  aino: person('Aino Korpela', 'aino.korpela@korpela.example'),
  juhani: person('Juhani Mäkinen', 'juhani@korpela.example'),
  ewa: person('Ewa Nowak', 'ewa@nowak-partnerzy.example'),
  tomasz: person('Tomasz Zieliński', 'tomasz@nowak-partnerzy.example'),
  xiaoyu: person('林晓雨', 'xiaoyu.lin@lin-design.example'),
  david: person('דוד כהן', 'david@cohen-arch.example'),
  tamar: person('תמר כהן', 'tamar@cohen-arch.example'),
  maryam: person('مریم راد', 'maryam@rad-trading.example'),
  priya: person('Priya Shah', 'priya@harbour-finch.example'),
  tom: person('Tom Ellery', 'tom@harbour-finch.example'),
  /** At a known client's domain, but nobody we have met. */
  accounts: person('Harbour & Finch Accounts', 'accounts@harbour-finch.example'),
  /** At a company nobody knows yet. */
  jonas: person('Jonas Weber', 'jonas.weber@brightwell-labs.example'),
  /** A free-mail address has to be at a real provider to be recognised; the local part is invented. */
  lumi: person('Lumi Tuuli', 'lumi.tuuli.invented.demo@gmail.com'),
  newsletter: person('Paper Plane Weekly', 'weekly@letters.paper-plane.example'),
} as const satisfies Readonly<Record<string, Party>>;

export interface DemoCompany {
  readonly name: string;
  readonly domain: string;
  readonly people: readonly Party[];
}

/** The companies that are clients in the demo; whoever seeds the demo's database takes them here. */
export const demoCompanies: readonly DemoCompany[] = [
  { name: 'Levi & Sons', domain: 'levi-sons.example', people: [people.noa, people.ari] },
  { name: 'Korpela Oy', domain: 'korpela.example', people: [people.aino, people.juhani] },
  {
    name: 'Nowak Partnerzy',
    domain: 'nowak-partnerzy.example',
    people: [people.ewa, people.tomasz],
  },
  { name: '林氏设计', domain: 'lin-design.example', people: [people.xiaoyu] },
  { name: 'כהן אדריכלים', domain: 'cohen-arch.example', people: [people.david, people.tamar] },
  { name: 'بازرگانی راد', domain: 'rad-trading.example', people: [people.maryam] },
  { name: 'Harbour & Finch', domain: 'harbour-finch.example', people: [people.priya, people.tom] },
];
