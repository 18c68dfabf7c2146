import type { Send } from '../../messaging/send.ts';
import { MAX_ADDRESSES } from './limits.ts';
import type { ClientMark, ListMarksMessages } from './messages.ts';

export interface MarksModel<Look> {
  /** As the card: the first of them who is known. */
  first(addresses: readonly string[], account: string | null): Look | null;
  /** Asks for those that are not known, in one message. True when there is something else to show. */
  learn(addresses: readonly string[]): Promise<boolean>;
  /** Something changed: everything is asked for again, and stands until it is answered. */
  forget(): void;
}

export interface MarksDeps<Look> {
  readonly send: Send<ListMarksMessages>;
  readonly now: () => number;
  /** Made once for each answer: a row that has it already is passed over. */
  readonly lookOf: (mark: ClientMark) => Look;
}

/** A day may have begun meanwhile, with which a client becomes due. */
const GOOD_FOR_MS = 10 * 60_000;
/** A list that is paged through for hours must not fill the page's memory. */
const MAX_KNOWN = 3000;

export function createMarks<Look>({ send, now, lookOf }: MarksDeps<Look>): MarksModel<Look> {
  const marks = new Map<string, Look | null>();
  /** Those that the last answers are about; what else is known may have grown old. */
  const fresh = new Set<string>();
  const asked = new Set<string>();
  let round = 0;
  let since = now();

  function forget(): void {
    if (marks.size > MAX_KNOWN) marks.clear();
    fresh.clear();
    asked.clear();
    round += 1;
    since = now();
  }

  return {
    first(addresses, account) {
      for (const address of addresses) {
        const mark = address === account ? null : marks.get(address);
        if (mark) return mark;
      }
      return null;
    },
    forget,
    async learn(addresses) {
      if (now() - since > GOOD_FOR_MS) forget();
      const wanted = [...new Set(addresses)]
        .filter((address) => !fresh.has(address) && !asked.has(address))
        .slice(0, MAX_ADDRESSES);
      if (wanted.length === 0) return false;
      const ofRound = round;
      for (const address of wanted) asked.add(address);
      const answer = await send('marks.read', { addresses: wanted });
      if (ofRound !== round) return false;
      for (const address of wanted) asked.delete(address);
      if (!answer.ok) return false;
      let isNew = false;
      wanted.forEach((address, index) => {
        const mark = answer.value[index];
        isNew ||= Boolean(mark ?? marks.get(address));
        marks.set(address, mark ? lookOf(mark) : null);
        fresh.add(address);
      });
      return isNew;
    },
  };
}
