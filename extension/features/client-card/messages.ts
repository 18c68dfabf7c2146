import type {
  ClientChannel,
  ClientStatus,
  LifecycleStage,
  Tier,
} from '../../../shared/model/client-words.ts';
import type { contactRoles } from '../../../shared/model/contact.ts';
import type { Cadence } from '../../../shared/model/settings.ts';
import type { Assessment } from '../../../shared/rules/cadence.ts';
import type { Namesake, PageClues } from '../../db/clue-query.ts';
import type { OpenPromise, OpenPromises } from '../../db/promise-standing.ts';
import type { RecentInteraction } from '../../db/standing.ts';
import type { NamedPerson, Person } from '../../sites/snapshot.ts';
import type { Language } from '../../ui/translate.ts';

/** Who is on the page, as the adapter read it; everything here is checked by the background. */
export interface PeopleQuery {
  readonly account: string | null;
  readonly people: readonly (Omit<Person, 'role'> & Partial<Pick<Person, 'role'>>)[];
  /** Of whom the page gives a name and no address. */
  readonly named?: readonly NamedPerson[] | undefined;
  /** What the last message would be logged as; tells whether it was logged before. */
  readonly source: string | null;
  /** Of a page that is no mailbox. */
  readonly clues?: PageClues | undefined;
  /** The name of who a profile is of. */
  readonly personName?: string | undefined;
}

export type { Namesake } from '../../db/clue-query.ts';

export interface CardContact {
  readonly id: string;
  readonly name: string;
  readonly addresses: readonly string[];
  readonly phones: readonly string[];
  readonly role: (typeof contactRoles)[number] | null;
  readonly isKey: boolean;
  readonly hasLeft: boolean;
}

export interface Card {
  readonly clientId: string;
  readonly name: string;
  readonly tier: Tier;
  readonly stage: LifecycleStage | null;
  readonly status: ClientStatus;
  readonly notes: string;
  readonly interests: readonly string[];
  /** In force, and whether it is the client's own. */
  readonly cadence: Cadence;
  readonly hasOwnCadence: boolean;
  readonly contacts: readonly CardContact[];
  /** The contact that the page's address belongs to; null when only the domain matched. */
  readonly contactId: string | null;
  readonly assessment: Assessment;
  /** Nothing is known yet, because another device's history is still on its way. */
  readonly isHistoryArriving: boolean;
  /** Null where nothing is owed. */
  readonly promises: OpenPromises | null;
  readonly recent: readonly RecentInteraction[];
  readonly interactionCount: number;
  /** When the page's last message was logged already. */
  readonly loggedAt: number | null;
  /** How the client likes to be reached. */
  readonly channel: ClientChannel | null;
  /** The first of them that is not put off. */
  readonly promise: OpenPromise | null;
}

/** Under which name, in which own mailbox: what is remembered of who is only named. */
export interface SeenAs {
  readonly account: string | null;
  readonly name: string;
}

export interface Suggestion {
  readonly address: string;
  readonly personName: string;
  readonly clientName: string;
  /** The address's domain, or null for a free-mail one: nobody owns that. */
  readonly domain: string | null;
  readonly seenAs?: undefined;
}

/** Someone of whom the page tells the name alone. */
export interface NamedSuggestion {
  readonly address: null;
  readonly personName: string;
  readonly clientName: string;
  readonly domain: null;
  readonly seenAs: SeenAs;
}

/** "Is this …?": a contact with the name that the page gives. */
export interface NameQuestion {
  readonly seenAs: SeenAs;
  readonly contactId: string;
  readonly personName: string;
  readonly clientName: string;
}

export type CardAnswer =
  | {
      readonly kind: 'known';
      readonly card: Card;
      /** Other clients with people in the same thread, one click away. */
      readonly others: readonly { readonly clientId: string; readonly name: string }[];
      /** The person on the page when only the domain matched: can be added as a contact. */
      readonly newPerson: Suggestion | null;
    }
  | { readonly kind: 'unknown'; readonly suggestion: Suggestion | NamedSuggestion }
  | { readonly kind: 'unsure'; readonly question: NameQuestion }
  /** A profile that nobody is known by, with those who are called so: one click says who it is. */
  | {
      readonly kind: 'profile';
      readonly profile: string;
      readonly personName: string;
      readonly namesakes: readonly Namesake[];
    }
  /** Only the user, or people whom the user never wants to log. */
  | { readonly kind: 'nobody' };

/** Whom nobody wants to be asked about: an address, all of a domain, or a name. */
export type Never =
  | { readonly address: string }
  | { readonly domain: string }
  | { readonly seenAs: SeenAs };

export interface NewClient {
  readonly clientName: string;
  readonly personName: string;
  /** Null for somebody who is only named; `seenAs` then says how to know them again. */
  readonly address: string | null;
  readonly seenAs?: SeenAs | undefined;
  readonly domain: string | null;
}

/** What the user set about a client: only what is given changes. A null cadence takes the tier's default. */
export interface ClientEdit {
  readonly clientId: string;
  readonly name?: string | undefined;
  readonly tier?: Tier | undefined;
  readonly stage?: LifecycleStage | null | undefined;
  readonly status?: ClientStatus | undefined;
  readonly cadence?: Cadence | null | undefined;
  /** Words put into the set (true) and taken out of it; what is not named stays. */
  readonly interests?: Readonly<Record<string, boolean>> | undefined;
}

export interface Added {
  readonly clientId: string;
  readonly clientName: string;
  readonly undoToken: string;
}

export type ClientCardMessages = {
  /** Sent once by each page of a host: what its panel needs before anyone is looked up. */
  'panel.start': [Record<string, never>, { readonly language: Language; readonly styles: string }];
  'card.open': [PeopleQuery, CardAnswer];
  'card.client': [{ readonly clientId: string; readonly source: string | null }, Card];
  'client.add': [NewClient, Added];
  'contact.attach': [
    {
      readonly clientId: string;
      readonly personName: string;
      readonly address: string | null;
      readonly seenAs?: SeenAs | undefined;
    },
    Added,
  ];
  /** "This is Anna": a profile is remembered with somebody known, or with somebody new at a client. */
  'contact.link': [
    { readonly profile: string } & (
      | { readonly contactId: string }
      | { readonly clientId: string; readonly personName: string }
    ),
    Added & { readonly personName: string },
  ];
  'never.add': [Never, { readonly undoToken: string }];
  /** Whether who is only named is this contact. */
  'name.answer': [
    { readonly seenAs: SeenAs; readonly contactId: string; readonly isSame: boolean },
    { readonly undoToken: string },
  ];
  'client.search': [
    { readonly text: string },
    readonly {
      readonly clientId: string;
      readonly name: string;
      readonly people: readonly string[];
    }[],
  ];
  'client.edit': [ClientEdit, { readonly undoToken: string }];
  'client.note': [
    { readonly clientId: string; readonly notes: string },
    { readonly undoToken: string },
  ];
};
