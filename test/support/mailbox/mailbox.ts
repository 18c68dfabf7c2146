import { DEMO_OWNER_NAME } from './people.ts';
import { threadFromDraft } from './thread-draft.ts';
import { englishThreads } from './threads-english.ts';
import type { DemoThread } from './types.ts';
import { worldThreads } from './threads-world.ts';

export { DEMO_ACCOUNT, DEMO_OWNER_NAME, demoCompanies, people } from './people.ts';
export type { DemoThread } from './types.ts';

/** The demo's threads as they stand at `now` (UTC milliseconds), the newest first as in an inbox. */
export function demoThreads(now: number, account: string): readonly DemoThread[] {
  const owner = { name: DEMO_OWNER_NAME, address: account };
  return [...englishThreads, ...worldThreads]
    .map((draft, index) => threadFromDraft(draft, index, owner, now))
    .toSorted((a, b) => newestAt(b) - newestAt(a));
}

const newestAt = (thread: DemoThread): number => thread.messages.at(-1)?.at ?? 0;
