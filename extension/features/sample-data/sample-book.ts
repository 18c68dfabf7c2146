import type { Client } from '../../../shared/model/client.ts';
import type { Contact } from '../../../shared/model/contact.ts';
import { SAMPLE_PREFIX } from '../../../shared/model/ids.ts';
import type { Interaction } from '../../../shared/model/interaction.ts';
import { dayFromNumber, dayNumber, noonOf } from '../../../shared/rules/days.ts';

export interface Book {
  readonly clients: readonly Client[];
  readonly contacts: readonly Contact[];
  readonly interactions: readonly Interaction[];
}

type TouchDraft = readonly [
  kind: Interaction['kind'],
  direction: Interaction['direction'],
  text: string,
  minutes?: number,
];

/** A client as it is written down by hand: days before today, people by the first part of an address. */
export interface ClientDraft extends Pick<
  Client,
  'name' | 'tier' | 'status' | 'stage' | 'language' | 'channel' | 'cadence' | 'notes'
> {
  /** Of the ids: `sample-brightwater`. */
  readonly key: string;
  readonly domain: string;
  readonly people: readonly (readonly [name: string, local: string, role: Contact['role']])[];
  /** The newest first, all with the first person. */
  readonly touches: readonly TouchDraft[];
  /** Days since the latest touch, and between the touches. */
  readonly lastDaysAgo?: number;
  readonly everyDays?: number;
  readonly snoozedForDays?: number;
}

/** Clients for a first look, as they would stand at this instant: nobody's real data. */
export const sampleBook = (nowMs: number): Book => bookFromDrafts(samples, SAMPLE_PREFIX, nowMs);

export function bookFromDrafts(
  drafts: readonly ClientDraft[],
  idPrefix: string,
  nowMs: number,
): Book {
  const today = dayNumber(nowMs);
  const books = drafts.map((draft) => bookOf(draft, idPrefix + draft.key, today, nowMs));
  return {
    clients: books.map(({ client }) => client),
    contacts: books.flatMap(({ contacts }) => contacts),
    interactions: books.flatMap(({ interactions }) => interactions),
  };
}

function bookOf(draft: ClientDraft, id: string, today: number, nowMs: number) {
  const { key: _, domain, people, touches, lastDaysAgo = 0, everyDays = 30, ...fields } = draft;
  const { snoozedForDays, ...shown } = fields;
  // A touch is never ahead of now: that would be a booked meeting.
  const daysAgo = (days: number): number =>
    Math.min(noonOf(dayFromNumber(today - days)), nowMs - 60_000);
  const createdAt = daysAgo(lastDaysAgo + everyDays * (touches.length + 1));
  const clientId = id as Client['id'];
  const client: Client = {
    status: 'active',
    ...shown,
    id: clientId,
    domains: { [domain]: true },
    createdAt,
    ...(snoozedForDays !== undefined && { snoozedUntil: dayFromNumber(today + snoozedForDays) }),
  };
  const contacts = people.map(([name, local, role], index): Contact => ({
    id: contactId(id, index),
    clientId,
    name,
    emails: { [`${local}@${domain}`]: true },
    role,
    isKey: index === 0,
    createdAt,
  }));
  const interactions = touches.map(([kind, direction, text, minutes], index): Interaction => {
    // A day to and fro, as people are.
    const at = daysAgo(lastDaysAgo + index * everyDays + (index % 3 === 1 ? 1 : 0));
    return {
      id: `${id}-touch${index + 1}` as Interaction['id'],
      clientId,
      contactId: contactId(id, 0),
      kind,
      direction,
      at,
      subject: kind === 'email' ? text : null,
      summary: kind === 'email' ? null : text,
      minutes: minutes ?? null,
      createdAt: at,
    };
  });
  return { client, contacts, interactions };
}

const contactId = (id: string, index: number) => `${id}-person${index + 1}` as Contact['id'];

const samples: readonly ClientDraft[] = [
  {
    key: 'brightwater',
    name: 'Brightwater Studio',
    domain: 'brightwater.example',
    tier: 'A',
    stage: 'commitment',
    language: 'en',
    channel: 'call',
    notes: 'Maya rides to work; ask about the new bridge.',
    people: [
      ['Maya Ellison', 'maya', 'decision-maker'],
      ['Owen Price', 'owen', 'payer'],
    ],
    lastDaysAgo: 31,
    everyDays: 9,
    touches: [
      ['call', 'out', 'Spring campaign: waiting for our outline', 15],
      ['email', 'in', 'Photos for the spring campaign'],
      ['meeting', 'both', 'Looked back at the winter campaign', 45],
      ['call', 'in', 'Asked for numbers by channel', 10],
    ],
  },
  {
    key: 'kuusi',
    name: 'Kuusi & Koski Oy',
    domain: 'kuusikoski.example',
    tier: 'B',
    stage: 'expansion',
    language: 'fi',
    people: [
      ['Elina Kuusi', 'elina', 'decision-maker'],
      ['Väinö Koski', 'vaino', 'user'],
    ],
    lastDaysAgo: 36,
    everyDays: 21,
    touches: [
      ['email', 'in', 'Verkkokaupan tekstit'],
      ['call', 'out', 'Sovittiin aikataulusta', 20],
      ['email', 'out', 'Tarjous'],
      ['meeting', 'both', 'Aloituspalaveri', 60],
    ],
  },
  {
    key: 'zielony',
    name: 'Zielony Dom',
    domain: 'zielony-dom.example',
    tier: 'B',
    stage: 'commitment',
    language: 'pl',
    people: [['Marta Wrońska', 'marta', 'champion']],
    lastDaysAgo: 30,
    everyDays: 28,
    touches: [
      ['call', 'both', 'Plan na nowy sezon', 25],
      ['email', 'in', 'Zdjęcia ogrodu'],
      ['email', 'out', 'Faktura i podziękowanie'],
      ['visit', 'both', 'Wizyta w szkółce', 90],
    ],
  },
  {
    key: 'qingzhu',
    name: '青竹设计',
    domain: 'qingzhu.example',
    tier: 'A',
    stage: 'expansion',
    language: 'zh-CN',
    channel: 'message',
    people: [['陈雨', 'chenyu', 'decision-maker']],
    lastDaysAgo: 3,
    everyDays: 11,
    touches: [
      ['message', 'in', '喜欢第二个方案'],
      ['email', 'out', '两个封面方案'],
      ['meeting', 'both', '新画册的想法', 40],
      ['call', 'out', '约时间见面', 5],
    ],
  },
  {
    key: 'alon-family',
    name: 'אלון ובניו',
    domain: 'alon-family.example',
    tier: 'A',
    stage: 'commitment',
    language: 'he',
    people: [
      ['רותם אלון', 'rotem', 'decision-maker'],
      ['יעל אלון', 'yael', 'champion'],
    ],
    lastDaysAgo: 17,
    everyDays: 12,
    touches: [
      ['call', 'in', 'שאלה על חידוש החוזה', 15],
      ['email', 'out', 'הצעה לשנה הבאה'],
      ['meeting', 'both', 'סיכום הרבעון', 60],
      ['message', 'out', 'ברכות'],
    ],
  },
  {
    key: 'niloufar',
    name: 'گلخانه نیلوفر',
    domain: 'niloufar.example',
    tier: 'C',
    language: 'fa',
    people: [['سارا کیانی', 'sara', 'decision-maker']],
    lastDaysAgo: 20,
    everyDays: 45,
    touches: [
      ['email', 'in', 'فهرست قیمت بهار'],
      ['call', 'out', 'گفت‌وگو درباره سفارش', 12],
    ],
  },
  {
    key: 'oakline',
    name: 'Oakline Legal',
    domain: 'oakline.example',
    tier: 'C',
    status: 'prospect',
    stage: 'awareness',
    language: 'en',
    people: [['Petra Oakes', 'petra', 'decision-maker']],
    everyDays: 75,
    touches: [],
  },
  {
    key: 'lindvall',
    name: 'Lindvall Foto',
    domain: 'lindvall.example',
    tier: 'D',
    people: [['Sten Lindvall', 'sten', 'decision-maker']],
    lastDaysAgo: 150,
    snoozedForDays: 12,
    touches: [['email', 'out', 'Prints for the autumn fair']],
  },
  {
    key: 'tern-harrow',
    name: 'Tern & Harrow',
    domain: 'tern-harrow.example',
    tier: 'C',
    status: 'lost',
    stage: 'dissolution',
    notes: 'Left after two late deliveries.',
    people: [['Ines Harrow', 'ines', 'decision-maker']],
    lastDaysAgo: 260,
    touches: [
      ['call', 'in', 'Going with someone nearer', 8],
      ['email', 'in', 'The second delivery'],
    ],
  },
  {
    key: 'quillworks',
    name: 'Quillworks',
    domain: 'quillworks.example',
    tier: 'B',
    status: 'prospect',
    stage: 'exploration',
    language: 'en',
    people: [['Jo Marsh', 'jo', 'champion']],
    lastDaysAgo: 1,
    everyDays: 6,
    touches: [
      ['email', 'in', 'Could you help with our newsletter?'],
      ['note', null, 'Met at the book fair; likes short emails'],
    ],
  },
];
