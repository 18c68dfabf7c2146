import type { Send } from '../../messaging/send.ts';
import { MAX_ADDRESSES } from './limits.ts';
import type { ClientMark, ListMarksMessages } from './messages.ts';

export interface MarksModel {
  /** What is known already, at once; undefined where nobody has asked yet. */
  known(address: string): ClientMark | null | undefined;
  /** As the card: the first of them who is known. */
  first(addresses: readonly string[], account: string | null): ClientMark | null;
  /** Asks for those that are not known, in one message. True when something new is known. */
  learn(addresses: readonly string[]): Promise<boolean>;
  /** Something changed: everything is asked for again. */
  forget(): void;
}

export interface MarksDeps {
  readonly send: Send<ListMarksMessages>;
  readonly now: () => number;
}

/** A day may have begun meanwhile, with which a client becomes due. */
const GOOD_FOR_MS = 10 * 60_000;
/** A list that is paged through for hours must not fill the page's memory. */
const MAX_KNOWN = 3000;

export function createMarks({ send, now }: MarksDeps): MarksModel {
  const marks = new Map<string, ClientMark | null>();
  const asked = new Set<string>();
  let round = 0;
  let since = now();

  function forget(): void {
    marks.clear();
    asked.clear();
    round += 1;
    since = now();
  }

  return {
    known: (address) => marks.get(address),
    first(addresses, account) {
      for (const address of addresses) {
        const mark = address === account ? null : marks.get(address);
        if (mark) return mark;
      }
      return null;
    },
    forget,
    async learn(addresses) {
      if (now() - since > GOOD_FOR_MS || marks.size > MAX_KNOWN) forget();
      const wanted = [...new Set(addresses)]
        .filter((address) => !marks.has(address) && !asked.has(address))
        .slice(0, MAX_ADDRESSES);
      if (wanted.length === 0) return false;
      const ofRound = round;
      for (const address of wanted) asked.add(address);
      const answer = await send('marks.read', { addresses: wanted });
      if (ofRound !== round) return false;
      for (const address of wanted) asked.delete(address);
      if (!answer.ok) return false;
      wanted.forEach((address, index) => marks.set(address, answer.value[index] ?? null));
      return true;
    },
  };
}
