import { RHYTHM_TOUCHES } from '../../shared/rules/cadence.ts';
import type { Interaction } from '../../shared/model/interaction.ts';
import { isTouchKind, type Settings } from '../../shared/model/settings.ts';
import type { OpenPromises } from './promise-standing.ts';

/**
 * How a client stands: derived from interactions and promises whenever they are written, so that reading a
 * card never walks the history. Not synced; every device derives its own.
 */
export interface Standing {
  readonly clientId: string;
  /** Instants of the booked touches and of the latest past ones, newest first. */
  readonly touches: readonly number[];
  readonly recent: readonly RecentInteraction[];
  readonly interactionCount: number;
  readonly lastThreadUrl: string | null;
  /** When the interaction with that thread was. */
  readonly lastThreadAt: number | null;
  /** Absent where nothing is open, as in every row that was written before there were promises. */
  readonly promises?: OpenPromises;
}

export type RecentInteraction = Pick<
  Interaction,
  'id' | 'kind' | 'direction' | 'at' | 'minutes' | 'summary' | 'subject' | 'threadUrl' | 'contactId'
>;

export const RECENT_INTERACTIONS = 5;

export const emptyStanding = (clientId: string): Standing => ({
  clientId,
  touches: [],
  recent: [],
  interactionCount: 0,
  lastThreadUrl: null,
  lastThreadAt: null,
});

/** The same with these promises instead of those it had. */
export function withPromises(standing: Standing, promises: OpenPromises | null): Standing {
  const { promises: _, ...rest } = standing;
  return promises ? { ...rest, promises } : rest;
}

/** More than a weekly meeting booked a year ahead; those that come first are kept. */
const MAX_BOOKED = 60;

/**
 * The booked ones beside the past ones, not in their place: a meeting every week for a year would
 * else leave nothing of how the client really stood. As time passes, booked ones become past.
 */
export function keptTouches(instants: readonly number[], nowMs: number): number[] {
  const sorted = instants.toSorted((a, b) => b - a);
  const firstPast = sorted.findIndex((at) => at <= nowMs);
  const booked = firstPast < 0 ? sorted.length : firstPast;
  return sorted.slice(Math.max(0, booked - MAX_BOOKED), booked + RHYTHM_TOUCHES);
}

/** `latest` are the client's live interactions, newest first, at least as many as are kept. */
export function standingOf(
  clientId: string,
  latest: readonly Interaction[],
  interactionCount: number,
  settings: Settings | undefined,
  nowMs: number,
): Standing {
  const latestThread = latest.find(({ threadUrl }) => threadUrl);
  return {
    clientId,
    touches: keptTouches(
      latest.filter(({ kind }) => isTouchKind(kind, settings)).map(({ at }) => at),
      nowMs,
    ),
    recent: latest.slice(0, RECENT_INTERACTIONS).map(toRecent),
    interactionCount,
    lastThreadUrl: latestThread?.threadUrl ?? null,
    lastThreadAt: latestThread?.at ?? null,
  };
}

/** An interaction as far as a standing is concerned; the newest few need all that is shown of them. */
export type Added = Pick<Interaction, 'id' | 'at' | 'kind'> & Partial<RecentInteraction>;

/**
 * The same as `standingOf` over the whole history, when interactions were only added: what is kept
 * already is the latest of what was there, so nothing has to be read. `count` says how many there
 * were, since those that cannot matter need not be among `added`.
 */
export function withAdded(
  standing: Standing,
  { added, count }: { readonly added: readonly Added[]; readonly count: number },
  settings: Settings | undefined,
  nowMs: number,
): Standing {
  const touches = added.filter(({ kind }) => isTouchKind(kind, settings)).map(({ at }) => at);
  const threads = added.flatMap(({ id, threadUrl, at }) =>
    threadUrl ? [{ id, threadUrl, at }] : [],
  );
  const latestThread = threads.toSorted(newestFirst)[0];
  const isNewerThread = latestThread && latestThread.at >= (standing.lastThreadAt ?? 0);
  return {
    clientId: standing.clientId,
    touches: keptTouches([...standing.touches, ...touches], nowMs),
    recent: [...standing.recent, ...added.map(toRecent)]
      .toSorted(newestFirst)
      .slice(0, RECENT_INTERACTIONS),
    interactionCount: standing.interactionCount + count,
    lastThreadUrl: isNewerThread ? latestThread.threadUrl : standing.lastThreadUrl,
    lastThreadAt: isNewerThread ? latestThread.at : standing.lastThreadAt,
    ...(standing.promises && { promises: standing.promises }),
  };
}

/** The same, where the rows say something else than before but stand where they stood. */
export function withReworded(standing: Standing, rows: readonly Interaction[]): Standing {
  const byId = new Map(rows.map((row) => [row.id, row]));
  if (!standing.recent.some(({ id }) => byId.has(id))) return standing;
  const recent = standing.recent.map((known) => {
    const row = byId.get(known.id);
    return row ? toRecent(row) : known;
  });
  return { ...standing, recent };
}

/** As the index gives them: the latest first, and of one instant the greater id. */
export const newestFirst = (
  a: Pick<Interaction, 'id' | 'at'>,
  b: Pick<Interaction, 'id' | 'at'>,
): number => b.at - a.at || (a.id < b.id ? 1 : -1);

function toRecent(interaction: Added): RecentInteraction {
  const { id, kind, direction, at, minutes, summary, subject, threadUrl, contactId } = interaction;
  return { id, kind, direction, at, minutes, summary, subject, threadUrl, contactId };
}
