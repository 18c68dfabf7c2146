import { people } from './people.ts';
import type { ThreadDraft } from './thread-draft.ts';

const { noa, ari, priya, tom, accounts, jonas, lumi, newsletter } = people;

export const englishThreads: readonly ThreadDraft[] = [
  {
    key: 'noa-quote',
    subject: 'Quote for phase 2',
    unread: true,
    messages: [
      {
        from: noa,
        hoursAgo: 23 * 24,
        paragraphs: [
          'Hi Robin,',
          'Phase 1 went down well with the whole family, thank you. Could you send a quote for phase 2, the shop pages and the booking form?',
          'We would like to start before the spring orders come in.',
          'Noa',
        ],
      },
      {
        from: null,
        to: [noa],
        hoursAgo: 22 * 24,
        paragraphs: ['Hi Noa,', "Glad to hear it. I'll send you the quote by Friday.", 'Robin'],
      },
      {
        from: noa,
        hoursAgo: 2,
        paragraphs: [
          'Hi Robin,',
          'Just checking whether the quote is on its way. My father asks every morning at breakfast.',
          'Noa',
        ],
      },
    ],
  },
  {
    key: 'harbour-kickoff',
    subject: 'Kick-off on Tuesday: agenda and who joins 🚀',
    unread: true,
    messages: [
      {
        from: priya,
        cc: [tom],
        hoursAgo: 30,
        paragraphs: [
          'Hello Robin,',
          'Tuesday at ten suits us. Tom joins for the budget, and Ari from Levi & Sons would like to listen in, since they share the warehouse.',
          'Priya',
        ],
      },
      {
        from: tom,
        cc: [priya],
        hoursAgo: 27,
        paragraphs: [
          'I will bring the numbers of last year. Please keep the first half hour for them.',
          'Tom',
        ],
      },
      {
        from: ari,
        cc: [priya, tom],
        hoursAgo: 5,
        paragraphs: ['Thanks for having me. I only need the part about deliveries.', 'Ari'],
      },
    ],
  },
  {
    key: 'harbour-invoice',
    subject: 'Invoice 2041: a question about line 3',
    messages: [
      {
        from: accounts,
        cc: [tom],
        hoursAgo: 50,
        paragraphs: [
          'Dear Robin Vale,',
          'Line 3 of invoice 2041 names the workshop of the 4th, which was moved to next month. Could you send a corrected invoice?',
          'Kind regards, the accounts desk',
        ],
      },
    ],
  },
  {
    key: 'jonas-intro',
    kind: 'unknown-company',
    subject: 'Introduction from Brightwell Labs',
    unread: true,
    messages: [
      {
        from: jonas,
        hoursAgo: 8,
        paragraphs: [
          'Dear Robin,',
          'Priya Shah spoke highly of your work. We are looking for someone to rebuild our onboarding pages and would like to talk next week.',
          'Jonas Weber, Brightwell Labs',
        ],
      },
    ],
  },
  {
    key: 'lumi-question',
    kind: 'unknown-free-mail',
    subject: 'Do you also make small sites?',
    messages: [
      {
        from: lumi,
        hoursAgo: 76,
        paragraphs: [
          'Hi! I run a small pottery studio and saw your name on a card. Do you take on small sites?',
          'Lumi',
        ],
      },
    ],
  },
  {
    key: 'newsletter',
    kind: 'newsletter',
    subject: 'Paper Plane Weekly: twelve folds that fly',
    messages: [
      {
        from: newsletter,
        hoursAgo: 12,
        paragraphs: [
          'This week: twelve folds that fly, and one that does not.',
          'You receive this letter because you subscribed to it.',
        ],
      },
    ],
  },
  {
    key: 'ari-thanks',
    subject: 'Re: Warehouse photos',
    messages: [
      {
        from: ari,
        hoursAgo: 200,
        paragraphs: ['Here are the photos of the new warehouse.', 'Ari'],
      },
      {
        from: null,
        to: [ari],
        cc: [noa],
        hoursAgo: 198,
        paragraphs: ['Lovely light in the third one. May I use it on the front page?', 'Robin'],
      },
    ],
  },
];
