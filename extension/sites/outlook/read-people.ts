import { anyOf } from '../rules.ts';
import type { NamedPerson, Person } from '../snapshot.ts';
import type { FoundAccount } from './read-account.ts';
import { nameKey, readPersona, type Persona } from './read-persona.ts';
import type { ThreadRules } from './selectors.ts';

type PeopleRules = Pick<
  ThreadRules,
  'senders' | 'written' | 'wells' | 'personas' | 'bodies' | 'composers' | 'rowPeople'
>;

export interface FoundSenders {
  /** In the order of the page. */
  readonly elements: readonly Element[];
  readonly via: string;
}

/** Who wrote, by the first rule that finds somebody outside bodies, recipients and drafts. */
export function findSenders(root: Element, rules: PeopleRules): FoundSenders {
  const elsewhere = anyOf([...rules.bodies, ...rules.wells, ...rules.composers]);
  for (const { selector, name } of rules.senders) {
    const elements = outermost(root, selector).filter(
      (element) => element.closest(elsewhere) === null && isSomebody(element, rules),
    );
    if (elements.length > 0) return { elements, via: name };
  }
  return { elements: [], via: 'none' };
}

export interface FoundPeople {
  /** Each address once: senders, then recipients, then who got a copy. */
  readonly people: readonly Person[];
  readonly named: readonly NamedPerson[];
  /** The address of each sender's element, or null. */
  readonly addresses: ReadonlyMap<Element, string | null>;
  /** Which rule gave the first sender's address, and which found the recipients. */
  readonly via: { readonly address: string; readonly recipients: string };
}

interface Found {
  readonly element: Element;
  readonly persona: Persona;
  readonly role: Person['role'];
}

/** Outlook often prints a name alone: the address is then sought beside it, under the same name. */
export function readPeople(
  root: Element,
  senders: readonly Element[],
  row: Element | null,
  account: FoundAccount,
  rules: PeopleRules,
): FoundPeople {
  const wells = readWells(root, rules);
  const found: Found[] = senders.map((element) => ({
    element,
    persona: readPersona(element, rules.written),
    role: 'sender',
  }));
  for (const role of ['recipient', 'cc'] as const) {
    found.push(...wells.found.filter((one) => one.role === role));
  }
  const inRow = rowPersonas(row, rules);
  const known = addressesByName([...found.map(({ persona }) => persona), ...inRow]);
  const people = new Map<string, Person>();
  const named = new Map<string, NamedPerson>();
  const addresses = new Map<Element, string | null>();
  let addressVia: string | null = null;
  for (const { element, persona, role } of found) {
    const key = nameKey(persona.name);
    const isOwner = persona.address === null && key !== '' && key === account.ownKey;
    const beside = isOwner ? account.address : (known.get(key) ?? null);
    const address = persona.address ?? beside;
    if (role === 'sender') {
      addresses.set(element, address);
      addressVia ??= isOwner || beside === null ? persona.via : (rules.rowPeople[0]?.name ?? '');
    }
    if (address !== null && !people.has(address)) {
      people.set(address, { address, name: persona.name, role });
    }
    if (address === null && key !== '' && !isOwner && !named.has(key)) {
      named.set(key, { name: persona.name, role });
    }
  }
  return {
    people: [...people.values()],
    named: [...named.values()],
    addresses,
    via: { address: addressVia ?? 'none', recipients: wells.via },
  };
}

/** A well is "to" when it is the first of its message, or when its id says what it is. */
function readWells(root: Element, rules: PeopleRules): { found: Found[]; via: string } {
  const elsewhere = anyOf([...rules.bodies, ...rules.composers]);
  for (const { selector, name: via } of rules.wells) {
    const wells = outermost(root, selector).filter((well) => well.closest(elsewhere) === null);
    const found = wells.flatMap((well) => {
      for (const { selector: personas } of rules.personas) {
        const inWell = outermost(well, personas);
        if (inWell.length > 0)
          return inWell.map((element) => recipient(element, well, wells, rules));
      }
      return [];
    });
    if (found.length > 0) return { found, via };
  }
  return { found: [], via: 'none' };
}

function recipient(
  element: Element,
  well: Element,
  wells: readonly Element[],
  { written }: PeopleRules,
): Found {
  const id = element.closest('[id^="MSG_"]')?.id ?? '';
  const isCopy = /_B?CC$/.test(id) || (!id.endsWith('_TO') && follows(well, wells));
  return { element, persona: readPersona(element, written), role: isCopy ? 'cc' : 'recipient' };
}

/** The wells of one message stand beside each other. */
const follows = (well: Element, wells: readonly Element[]): boolean =>
  wells.some((other) => other !== well && other.parentElement === well.parentElement) &&
  wells.find((other) => other.parentElement === well.parentElement) !== well;

function rowPersonas(row: Element | null, { rowPeople }: PeopleRules): Persona[] {
  return rowPeople.flatMap(({ selector, attribute, name }) =>
    [...(row?.querySelectorAll(selector) ?? [])].map((element) =>
      readPersona(element, [{ name, seen: '', selector, attribute }]),
    ),
  );
}

/** Only where one name has one address: two people of the same name are not told apart. */
function addressesByName(personas: readonly Persona[]): ReadonlyMap<string, string | null> {
  const known = new Map<string, string | null>();
  for (const { name, address } of personas) {
    const key = nameKey(name);
    if (address === null || key === '') continue;
    known.set(key, known.has(key) && known.get(key) !== address ? null : address);
  }
  return known;
}

function isSomebody(element: Element, { written }: PeopleRules): boolean {
  const { name, address } = readPersona(element, written);
  return name !== '' || address !== null;
}

/** What matches inside something that matches is the same person once more. */
const outermost = (root: Element, selector: string): Element[] =>
  [...root.querySelectorAll(selector)].filter((element) => {
    const around = element.parentElement?.closest(selector);
    return !around || !root.contains(around) || around === root;
  });
