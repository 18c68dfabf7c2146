import { RHYTHM_TOUCHES } from '../../shared/rules/cadence.ts';
import type { Interaction } from '../../shared/model/interaction.ts';
import { isTouchKind, type Settings } from '../../shared/model/settings.ts';

/**
 * How a client stands: derived from the interactions whenever they are written, so that reading a
 * card never walks the history. Not synced; every device derives its own.
 */
export interface Standing {
  readonly clientId: string;
  /** Instants of the latest touches, newest first; one in the future is a booked meeting. */
  readonly touches: readonly number[];
  readonly recent: readonly RecentInteraction[];
  readonly interactionCount: number;
  readonly lastThreadUrl: string | null;
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
});

/** `latest` are the client's live interactions, newest first, at least as many as are kept. */
export function standingOf(
  clientId: string,
  latest: readonly Interaction[],
  interactionCount: number,
  settings: Settings | undefined,
): Standing {
  return {
    clientId,
    touches: latest
      .filter(({ kind }) => isTouchKind(kind, settings))
      .slice(0, RHYTHM_TOUCHES)
      .map(({ at }) => at),
    recent: latest.slice(0, RECENT_INTERACTIONS).map(toRecent),
    interactionCount,
    lastThreadUrl: latest.find(({ threadUrl }) => threadUrl)?.threadUrl ?? null,
  };
}

function toRecent(interaction: Interaction): RecentInteraction {
  const { id, kind, direction, at, minutes, summary, subject, threadUrl, contactId } = interaction;
  return { id, kind, direction, at, minutes, summary, subject, threadUrl, contactId };
}
