import type { Person, Snapshot } from '../snapshot.ts';
import { addressFrom } from '../page/addresses.ts';
import { attributeOf, closestOf, findAll, findFirst, isVisible, textOf } from '../page/safe-dom.ts';
import type { OpenPage, Site, SiteRule } from '../page/site.ts';
import { snapshotOf } from '../page/snapshot-of.ts';
import { dayOfDateKey } from './date-key.ts';
import { calendarRules, type CalendarRules } from './rules.ts';

const MAX_GUESTS = 40;
const MAX_WORDS = 500;

export const calendar: Site = {
  name: 'google-calendar',
  detect: ({ hostname }) => hostname === 'calendar.google.com',
  pauseMs: 120,
  // So little that it is read at once.
  // oxlint-disable-next-line require-yield
  *read(page) {
    return readEvent(page, calendarRules);
  },
};

/** The event whose bubble is open: its guests, in the order of the page. */
export function readEvent(page: OpenPage, rules: CalendarRules): Snapshot | null {
  const { document } = page;
  const bubble = firstOf(document, rules.bubbles, isVisible);
  const id = bubble && attributeOf(bubble.element, 'data-eventid');
  if (!bubble || !id) return null;
  const { people, via } = readGuests(bubble.element, rules.guests);
  if (people.length === 0) return null;
  const title = firstOf(bubble.element, rules.titles);
  const time = firstOf(bubble.element, rules.times);
  const day = readDay(document, id, rules.chips);
  return snapshotOf(page, {
    host: 'google-calendar',
    layout: 'event',
    threadId: id,
    // The bubble has no address of its own.
    threadUrl: null,
    subject: title ? textOf(title.element).slice(0, MAX_WORDS) : '',
    lastMessage: { id, from: null, dateText: time ? textOf(time.element).slice(0, 200) : null },
    people,
    ...(day !== null && { day }),
    via: {
      bubble: bubble.name,
      guests: via,
      title: title?.name ?? 'none',
      time: time?.name ?? 'none',
    },
  });
}

function readGuests(
  bubble: Element,
  rules: readonly SiteRule[],
): { readonly people: readonly Person[]; readonly via: string } {
  for (const { selector, name } of rules) {
    const people = new Map<string, Person>();
    for (const element of findAll(bubble, selector)) {
      const address = addressFrom(attributeOf(element, 'data-email'));
      if (address === null || people.has(address) || people.size >= MAX_GUESTS) continue;
      people.set(address, { address, name: guestName(element, address), role: 'mentioned' });
    }
    if (people.size > 0) return { people: [...people.values()], via: name };
  }
  return { people: [], via: 'none' };
}

/** "Noa Levi, Attending, Organizer": the name comes first, the rest is in the page's language. */
function guestName(element: Element, address: string): string {
  const [name = ''] = (attributeOf(element, 'aria-label') ?? '').split(/[,،、，]/);
  const trimmed = name.trim().slice(0, 200);
  return trimmed.toLowerCase() === address ? '' : trimmed;
}

/** Its words for the date are translated, so the day is read off the grid behind the bubble. */
function readDay(document: Document, id: string, rules: readonly SiteRule[]): string | null {
  for (const { selector } of rules) {
    const chip = findAll(document, selector).find(
      (element) => attributeOf(element, 'data-eventid') === id,
    );
    const column = chip && closestOf(chip, '[data-datekey]');
    if (column) return dayOfDateKey(attributeOf(column, 'data-datekey') ?? '');
  }
  return null;
}

function firstOf(
  root: Document | Element,
  rules: readonly SiteRule[],
  counts: (element: Element) => boolean = () => true,
): { readonly element: Element; readonly name: string } | null {
  for (const { selector, name } of rules) {
    const element = findFirst(root, selector);
    if (element && counts(element)) return { element, name };
  }
  return null;
}
