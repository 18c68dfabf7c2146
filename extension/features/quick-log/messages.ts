import type { Direction, InteractionKind } from '../../../shared/model/kinds.ts';

export interface LogInput {
  readonly clientId: string;
  readonly contactId: string | null;
  readonly kind: InteractionKind;
  readonly direction: Direction | null;
  /** UTC milliseconds; null is now. */
  readonly at: number | null;
  /** Of what `source` names: counts with it, and where no instant is given. */
  readonly day?: string | undefined;
  readonly minutes: number | null;
  readonly summary: string;
  readonly subject: string;
  readonly threadUrl: string | null;
  readonly source: string | null;
  /** Log it although the same message was logged before. */
  readonly again: boolean;
}

export interface Logged {
  readonly status: 'logged';
  readonly id: string;
  readonly clientId: string;
  readonly clientName: string;
  readonly kind: InteractionKind;
  readonly at: number;
  readonly undoToken: string;
}

export interface AlreadyLogged {
  readonly status: 'already-logged';
  readonly at: number;
}

/** What a typed line was understood as; `day` null is today. */
export interface LineReading {
  readonly kind: InteractionKind | null;
  readonly minutes: number | null;
  readonly day: string | null;
  readonly direction: Direction | null;
  readonly summary: string;
  /** The client whose name was in the line, when it was asked for. */
  readonly client: { readonly clientId: string; readonly name: string } | null;
}

export type QuickLogMessages = {
  'log.add': [LogInput, Logged | AlreadyLogged];
  /** "Add a line", and correcting day or minutes afterwards. */
  'log.change': [
    {
      readonly id: string;
      readonly summary?: string | undefined;
      readonly at?: number | undefined;
      readonly minutes?: number | null | undefined;
    },
    { readonly undoToken: string },
  ];
  'log.read': [{ readonly text: string; readonly findClient: boolean }, LineReading];
  'change.undo': [{ readonly token: string }, { readonly undone: boolean }];
};
