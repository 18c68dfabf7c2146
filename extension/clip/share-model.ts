import { matchInterest, readText, type InterestMatch } from '../../shared/rules/interest-match.ts';
import type { Interested } from '../db/interested-query.ts';
import type { Failure } from '../messaging/messages.ts';
import type { Send } from '../messaging/send.ts';
import type { AllMessages } from '../page/all-messages.ts';
import type { DraftFields } from '../sites/draft.ts';
import { signal, type ReadonlySignal } from '../ui/signal.ts';
import type { ClippedPage } from './clipped-page.ts';

export interface ShareLine extends Omit<Interested, 'interests'> {
  /** Why: the interest, and the page's word for it. */
  readonly match: InterestMatch;
  readonly isChosen: boolean;
  /** Set once its draft was opened and logged; null when that was undone. */
  readonly undoToken: string | null;
  readonly state: 'open' | 'logged' | 'not-logged' | 'undone';
}

export interface ShareModel {
  /** Null until the clients have been read. */
  readonly lines: ReadonlySignal<readonly ShareLine[] | null>;
  /** Whether any client has any interest. */
  readonly hasInterests: ReadonlySignal<boolean>;
  /** Reads the clients anew and matches them with the page and these words. */
  find(words: string): Promise<void>;
  readonly choose: (clientId: string, isChosen: boolean) => void;
  /** Opens a draft for each chosen client and logs it. */
  open(): Promise<void>;
  undo(clientId: string): Promise<void>;
}

export interface ShareDeps {
  readonly page: ClippedPage;
  readonly readInterested: () => Promise<readonly Interested[]>;
  readonly send: Send<AllMessages>;
  readonly openDraft: (draft: DraftFields) => Promise<void>;
  readonly report: (error: Failure) => void;
}

export function createShare({
  page,
  readInterested,
  send,
  openDraft,
  report,
}: ShareDeps): ShareModel {
  const lines = signal<readonly ShareLine[] | null>(null);
  const hasInterests = signal(true);
  const change = (clientId: string, part: Partial<ShareLine>): void => {
    lines.value =
      lines.value?.map((line) => (line.clientId === clientId ? { ...line, ...part } : line)) ??
      null;
  };

  async function openOne({ clientId, contact }: ShareLine): Promise<void> {
    await openDraft({
      to: contact ? [contact.address] : [],
      subject: page.title,
      // No words of ours: the user knows how they greet this client, and in which language.
      body: `${page.title}\n${page.url ?? ''}`,
    });
    const answer = await send('log.add', {
      clientId,
      contactId: contact?.id ?? null,
      kind: 'email',
      direction: 'out',
      at: null,
      minutes: null,
      summary: '',
      subject: page.title,
      threadUrl: page.url,
      source: null,
      again: false,
    });
    if (answer.ok && answer.value.status === 'logged') {
      change(clientId, { state: 'logged', isChosen: false, undoToken: answer.value.undoToken });
      return;
    }
    change(clientId, { state: 'not-logged', isChosen: false });
    if (!answer.ok) report(answer.error);
  }

  return {
    lines,
    hasInterests,
    async find(words) {
      const interested = await readInterested();
      hasInterests.value = interested.length > 0;
      const text = readText([page.title, page.description, words].join('\n'));
      const found = new Map<string, InterestMatch | null>();
      const matchOf = (interest: string): InterestMatch | null => {
        const known = found.get(interest);
        if (known !== undefined) return known;
        const match = matchInterest(interest, text);
        found.set(interest, match);
        return match;
      };
      const before = new Map((lines.value ?? []).map((line) => [line.clientId, line]));
      lines.value = interested.flatMap(({ interests, ...client }): ShareLine[] => {
        const match = interests.map(matchOf).find((each) => each !== null);
        if (!match) return [];
        const fresh = { isChosen: false, undoToken: null, state: 'open' } as const;
        return [{ ...fresh, ...before.get(client.clientId), ...client, match }];
      });
    },
    choose(clientId, isChosen) {
      change(clientId, { isChosen });
    },
    async open() {
      const chosen = (lines.value ?? []).filter(({ isChosen }) => isChosen);
      for (const line of chosen) await openOne(line);
    },
    async undo(clientId) {
      const token = lines.value?.find((line) => line.clientId === clientId)?.undoToken ?? null;
      if (token === null) return;
      const answer = await send('change.undo', { token });
      if (answer.ok) change(clientId, { state: 'undone', undoToken: null });
      else report(answer.error);
    },
  };
}
