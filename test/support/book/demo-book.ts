import {
  bookFromDrafts,
  type Book,
  type ClientDraft,
} from '../../../extension/features/sample-data/sample-book.ts';
import { demoCompanies, type DemoCompany } from '../mailbox/people.ts';
import { otherClients } from './demo-others.ts';

/** Ids of the demo's rows; not sample data, so they sync like anyone's. */
const DEMO_PREFIX = 'demo-';

type Standing = Pick<ClientDraft, 'tier' | 'touches'> & Partial<ClientDraft>;

/**
 * The clients of the demo mailbox and some that did not write lately, spread so that Today has
 * something of everything. Who the mailbox calls unknown stays unknown.
 */
export const demoBook = ({ now }: { readonly now: number }): Book =>
  bookFromDrafts([...demoCompanies.map(fromCompany), ...otherClients], DEMO_PREFIX, now);

function fromCompany(company: DemoCompany): ClientDraft {
  const { name, domain, people } = company;
  return {
    key: domain.replace('.example', ''),
    name,
    domain,
    stage: 'commitment',
    people: people.map(({ name, address }, index) => [
      name,
      address.slice(0, address.indexOf('@')),
      index === 0 ? 'decision-maker' : 'user',
    ]),
    ...(standings[domain] ?? { tier: 'C', touches: [] }),
  };
}

/** How we stand with each company of the mailbox, by domain. */
const standings: Readonly<Record<string, Standing>> = {
  // The strongest: quiet for longer than the A cadence allows, and the mailbox shows why.
  'levi-sons.example': {
    tier: 'A',
    language: 'en',
    channel: 'call',
    notes: 'Noa sails on Saturdays.',
    lastDaysAgo: 34,
    everyDays: 9,
    touches: [
      ['call', 'out', 'Phase 1 handed over', 15],
      ['email', 'in', 'Looks good on my phone too'],
      ['meeting', 'both', 'Walked through the front page', 45],
      ['email', 'out', 'Second draft of the front page'],
      ['call', 'in', 'Wants bigger photos', 10],
      ['meeting', 'both', 'Kick-off', 60],
    ],
  },
  // Due, not yet overdue.
  'korpela.example': {
    tier: 'B',
    language: 'fi',
    lastDaysAgo: 37,
    everyDays: 25,
    touches: [
      ['email', 'out', 'Etusivun luonnos'],
      ['call', 'both', 'Uusi etusivu', 20],
      ['email', 'in', 'Kuvat'],
      ['meeting', 'both', 'Aloitus', 60],
    ],
  },
  // Due to the day.
  'nowak-partnerzy.example': {
    tier: 'B',
    language: 'pl',
    lastDaysAgo: 30,
    everyDays: 30,
    touches: [
      ['call', 'out', 'Umowa na przyszły rok', 12],
      ['email', 'in', 'Uwagi do strony'],
      ['email', 'out', 'Nowa strona kontaktowa'],
      ['visit', 'both', 'Wizyta w biurze', 90],
    ],
  },
  'lin-design.example': {
    tier: 'A',
    language: 'zh-CN',
    lastDaysAgo: 4,
    everyDays: 8,
    touches: [
      ['email', 'out', '网站初稿'],
      ['message', 'in', '很期待'],
      ['meeting', 'both', '首页的方向', 40],
      ['call', 'in', '谈预算', 15],
      ['email', 'in', '第一次询问'],
    ],
  },
  'cohen-arch.example': {
    tier: 'A',
    language: 'he',
    lastDaysAgo: 16,
    everyDays: 13,
    touches: [
      ['meeting', 'both', 'דף הפרויקטים', 60],
      ['email', 'in', 'תוכניות'],
      ['call', 'out', 'לוח זמנים', 10],
      ['email', 'out', 'הצעה לאתר החדש'],
    ],
  },
  'rad-trading.example': {
    tier: 'C',
    language: 'fa',
    lastDaysAgo: 12,
    everyDays: 40,
    touches: [
      ['email', 'out', 'طرح جلد کاتالوگ'],
      ['call', 'in', 'کاتالوگ بهار', 18],
    ],
  },
  'harbour-finch.example': {
    tier: 'B',
    language: 'en',
    cadence: [7, 14],
    lastDaysAgo: 7,
    everyDays: 7,
    touches: [
      ['call', 'both', 'Agenda for the kick-off', 25],
      ['email', 'out', 'Proposal, signed'],
      ['meeting', 'both', 'Scope and budget', 50],
      ['email', 'in', 'Introduction'],
    ],
  },
};
