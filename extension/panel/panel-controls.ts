import type { DriftReport, PageState, Snapshot } from '../sites/snapshot.ts';
import type { Translator } from '../ui/translate.ts';

/** What the parts beside the panel may ask of it. */
export interface PanelControls {
  /** The words once the background has told them; null when it never will. */
  readonly words: Promise<Translator | null>;
  /** Ends with the page's script, or when the extension was updated and nobody answers any more. */
  readonly signal: AbortSignal;
  /** Shows somebody's card in place of the open thread's, until null. */
  showAside(aside: Aside | null): void;
  listen(events: Partial<PanelEvents>): void;
}

export interface PanelEvents {
  /** What the page shows, now and from now on. */
  state(state: PageState): void;
  drift(report: DriftReport): void;
  /** The background says that something about clients has changed. */
  changed(): void;
}

export interface Aside {
  readonly snapshot: Snapshot;
  /** Where the card stands: declarations of insets and `--room`, its greatest height; or the usual place. */
  readonly place: string | null;
}
