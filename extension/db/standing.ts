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
  /** Instants of the latest touches, newest first; one in the future is a booked meeting. */
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

/** `latest` are the client's live interactions, newest first, at least as many as are kept. */
export function standingOf(
  clientId: string,
  latest: readonly Interaction[],
  interactionCount: number,
  settings: Settings | undefined,
): Standing {
  const latestThread = latest.find(({ threadUrl }) => threadUrl);
  return {
    clientId,
    touches: latest
      .filter(({ kind }) => isTouchKind(kind, settings))
      .slice(0, RHYTHM_TOUCHES)
      .map(({ at }) => at),
    recent: latest.slice(0, RECENT_INTERACTIONS).map(toRecent),
    interactionCount,
    lastThreadUrl: latestThread?.threadUrl ?? null,
    lastThreadAt: latestThread?.at ?? null,
  };
}

/**
 * The same as `standingOf` over the whole history, when interactions were only added: what is kept
 * already is the latest of what was there, so nothing has to be read.
 */
export function withAdded(
  standing: Standing,
  added: readonly Interaction[],
  settings: Settings | undefined,
): Standing {
  const touches = added.filter(({ kind }) => isTouchKind(kind, settings)).map(({ at }) => at);
  const threads = added.flatMap(({ threadUrl, at }) => (threadUrl ? [{ threadUrl, at }] : []));
  const latestThread = threads.toSorted((a, b) => b.at - a.at)[0];
  const isNewerThread = latestThread && latestThread.at >= (standing.lastThreadAt ?? 0);
  return {
    clientId: standing.clientId,
    touches: [...standing.touches, ...touches].toSorted((a, b) => b - a).slice(0, RHYTHM_TOUCHES),
    recent: [...standing.recent, ...added.map(toRecent)]
      .toSorted(newestFirst)
      .slice(0, RECENT_INTERACTIONS),
    interactionCount: standing.interactionCount + added.length,
    lastThreadUrl: isNewerThread ? latestThread.threadUrl : standing.lastThreadUrl,
    lastThreadAt: isNewerThread ? latestThread.at : standing.lastThreadAt,
    ...(standing.promises && { promises: standing.promises }),
  };
}

/** As the index gives them: the latest first, and of one instant the greater id. */
const newestFirst = (a: RecentInteraction, b: RecentInteraction): number =>
  b.at - a.at || (a.id < b.id ? 1 : -1);

function toRecent(interaction: Interaction): RecentInteraction {
  const { id, kind, direction, at, minutes, summary, subject, threadUrl, contactId } = interaction;
  return { id, kind, direction, at, minutes, summary, subject, threadUrl, contactId };
}
