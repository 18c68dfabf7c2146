import type {
  ClientChannel,
  ClientStatus,
  LifecycleStage,
  Tier,
} from '../../../shared/model/client-words.ts';
import type { OpenPromise } from '../../../shared/model/open-promise.ts';
import type { contactRoles } from '../../../shared/model/contact.ts';
import type { Cadence } from '../../../shared/model/settings.ts';
import type { Assessment } from '../../../shared/rules/cadence.ts';
import type { Namesake, PageClues } from '../../db/clue-query.ts';
import type { RecentInteraction } from '../../db/standing.ts';
import type { Language } from '../../ui/translate.ts';

/** Who is on the page, as the adapter read it; everything here is checked by the background. */
export interface PeopleQuery {
  readonly account: string | null;
  readonly people: readonly { readonly address: string; readonly name: string }[];
  /** What the last message would be logged as; tells whether it was logged before. */
  readonly source: string | null;
  /** Of a page that is no mailbox. */
  readonly clues?: PageClues;
  /** The name of who a profile is of. */
  readonly personName?: string;
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
  /** In force, and whether it is the client's own. */
  readonly cadence: Cadence;
  readonly hasOwnCadence: boolean;
  readonly contacts: readonly CardContact[];
  /** The contact that the page's address belongs to; null when only the domain matched. */
  readonly contactId: string | null;
  readonly assessment: Assessment;
  /** Nothing is known yet, because another device's history is still on its way. */
  readonly isHistoryArriving: boolean;
  readonly recent: readonly RecentInteraction[];
  readonly interactionCount: number;
  /** When the page's last message was logged already. */
  readonly loggedAt: number | null;
  /** How the client likes to be reached. */
  readonly channel: ClientChannel | null;
  /** The open promise that is due first. */
  readonly promise: OpenPromise | null;
}

export interface Suggestion {
  readonly address: string;
  readonly personName: string;
  readonly clientName: string;
  /** The address's domain, or null for a free-mail one: nobody owns that. */
  readonly domain: string | null;
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
  | { readonly kind: 'unknown'; readonly suggestion: Suggestion }
  /** A profile that nobody is known by, with those who are called so: one click says who it is. */
  | {
      readonly kind: 'profile';
      readonly profile: string;
      readonly personName: string;
      readonly namesakes: readonly Namesake[];
    }
  /** Only the user, or people whom the user never wants to log. */
  | { readonly kind: 'nobody' };

export interface NewClient {
  readonly clientName: string;
  readonly personName: string;
  readonly address: string;
  readonly domain: string | null;
}

/** What the user set about a client; a null cadence takes the tier's default. */
export interface ClientEdit {
  readonly clientId: string;
  readonly name: string;
  readonly tier: Tier;
  readonly stage: LifecycleStage | null;
  readonly status: ClientStatus;
  readonly cadence: Cadence | null;
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
    { readonly clientId: string; readonly personName: string; readonly address: string },
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
  'never.add': [
    { readonly address: string } | { readonly domain: string },
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
