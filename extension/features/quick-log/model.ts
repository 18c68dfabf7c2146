import { signal, type ReadonlySignal } from '../../ui/signal.ts';
import type { Direction, InteractionKind } from '../../../shared/model/kinds.ts';
import type { Failure } from '../../messaging/messages.ts';
import type { Send } from '../../messaging/send.ts';
import type { AlreadyLogged, LineReading, Logged, QuickLogMessages } from './messages.ts';

/** Where a log is made: the client, and on a page the thread that is open. */
export interface LogContext {
  readonly clientId: string;
  readonly clientName: string;
  readonly contactId: string | null;
  readonly subject: string;
  readonly threadUrl: string | null;
  readonly source: string | null;
  /** Who wrote the thread's last message: they or we; null where there is none. */
  readonly lastFrom: 'us' | 'them' | null;
  /** What the page is about, when that is no email: a log of this kind is of that very thing. */
  readonly about?: InteractionKind;
  /** The day of what the page is about. */
  readonly day?: string | undefined;
}

export interface LogDetails {
  readonly at: number | null;
  readonly minutes: number | null;
  readonly direction: Direction | null;
  readonly summary: string;
}

export type Toast =
  | { readonly kind: 'logged'; readonly logged: Logged; readonly isEditing: boolean }
  | {
      readonly kind: 'already-logged';
      readonly already: AlreadyLogged;
      readonly again: () => Promise<void>;
    }
  /** Any other change that can be taken back, in the words given. */
  | { readonly kind: 'changed'; readonly words: string; readonly undoToken: string | null }
  | { readonly kind: 'failed'; readonly error: Failure };

export interface QuickLog {
  readonly toast: ReadonlySignal<Toast | null>;
  /** Goes up by one with each change that was saved, undone or refused as a duplicate. */
  log(kind: InteractionKind, context: LogContext, details?: LogDetails): Promise<void>;
  read(text: string, findClient: boolean): Promise<LineReading | null>;
  undo(token: string): Promise<void>;
  editLine(): void;
  readonly saveLine: (change: {
    readonly summary: string;
    readonly at: number | undefined;
  }) => Promise<void>;
  readonly announce: (words: string, undoToken: string | null) => void;
  readonly report: (error: Failure) => void;
  dismiss(): void;
}

export interface QuickLogDeps {
  readonly send: Send<QuickLogMessages>;
  /** The words for "Undone", in the user's language. */
  readonly undoneWords: string;
  readonly savedWords: string;
  /** Called after each change that was made or taken back, so that what is shown follows. */
  readonly onChanged: () => void;
}

/** A log made away from any thread: from the popup, a search, a typed line. */
export const plainContext = (clientId: string, clientName: string): LogContext => ({
  clientId,
  clientName,
  contactId: null,
  subject: '',
  threadUrl: null,
  source: null,
  lastFrom: null,
});

const NO_DETAILS: LogDetails = { at: null, minutes: null, direction: null, summary: '' };

export function createQuickLog({
  send,
  undoneWords,
  savedWords,
  onChanged,
}: QuickLogDeps): QuickLog {
  const toast = signal<Toast | null>(null);

  async function add(
    kind: InteractionKind,
    context: LogContext,
    details: LogDetails,
    again: boolean,
  ): Promise<void> {
    const { clientId, contactId, subject, threadUrl, source, day, about = 'email' } = context;
    const answer = await send('log.add', {
      clientId,
      contactId,
      kind,
      direction: details.direction ?? directionOf(kind, context.lastFrom),
      at: details.at,
      day,
      minutes: details.minutes,
      summary: details.summary,
      subject,
      threadUrl,
      // Only an email is the same thing as the message on the page; a call about it is another.
      source: kind === about ? source : null,
      again,
    });
    if (!answer.ok) {
      toast.value = { kind: 'failed', error: answer.error };
      return;
    }
    toast.value =
      answer.value.status === 'logged'
        ? { kind: 'logged', logged: answer.value, isEditing: false }
        : {
            kind: 'already-logged',
            already: answer.value,
            again: () => add(kind, context, details, true),
          };
    onChanged();
  }

  return {
    toast,
    log: (kind, context, details = NO_DETAILS) => add(kind, context, details, false),
    async read(text, findClient) {
      const answer = await send('log.read', { text, findClient });
      return answer.ok ? answer.value : null;
    },
    async undo(token) {
      const answer = await send('change.undo', { token });
      toast.value = answer.ok
        ? { kind: 'changed', words: undoneWords, undoToken: null }
        : { kind: 'failed', error: answer.error };
      onChanged();
    },
    editLine() {
      if (toast.value?.kind === 'logged') toast.value = { ...toast.value, isEditing: true };
    },
    async saveLine({ summary, at }) {
      const shown = toast.value;
      if (shown?.kind !== 'logged') return;
      const answer = await send('log.change', { id: shown.logged.id, summary, at });
      toast.value = answer.ok
        ? { kind: 'changed', words: savedWords, undoToken: answer.value.undoToken }
        : { kind: 'failed', error: answer.error };
      onChanged();
    },
    announce(words, undoToken) {
      toast.value = { kind: 'changed', words, undoToken };
    },
    report(error) {
      toast.value = { kind: 'failed', error };
    },
    dismiss() {
      toast.value = null;
    },
  };
}

/** An email or message goes the way the last one on the page went; the rest is between both. */
export function directionOf(
  kind: InteractionKind,
  lastFrom: LogContext['lastFrom'],
): Direction | null {
  if (kind === 'note') return null;
  if (kind !== 'email' && kind !== 'message') return 'both';
  if (lastFrom === null) return null;
  return lastFrom === 'us' ? 'out' : 'in';
}
