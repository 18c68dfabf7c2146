import type { HealthStore } from '../features/page-health/host-health.ts';
import { createTally } from '../features/page-health/tally.ts';
import type { DriftReport, Snapshot } from '../sites/snapshot.ts';
import type { PanelControls } from './panel-controls.ts';

export interface HealthDeps {
  readonly storage: Pick<HealthStore, 'get' | 'set'>;
  readonly document: Document;
  readonly window: Window;
  readonly panel: PanelControls;
  readonly host: Snapshot['host'];
  /** The structure of what is shown now. */
  readonly report: (missing: readonly string[]) => DriftReport;
}

export interface HealthWatch {
  list(via: Readonly<Record<string, string>>): void;
  draft(via: Readonly<Record<string, string>>): void;
}

/** Each is a write to the disk. */
const KEEP_EVERY_MS = 60_000;

/** Counts which rules answer in this tab, and keeps the counts on the device now and then. */
export function watchHealth(deps: HealthDeps): HealthWatch {
  const { storage, document, window, panel, host, report } = deps;
  const { signal } = panel;
  const tally = createTally({
    host,
    area: storage,
    now: Date.now,
    report,
  });
  const keep = async (): Promise<void> => {
    try {
      if (!signal.aborted) await tally.keep();
    } catch {
      // The extension was updated under the page, or the disk is full: these are only counts.
    }
  };
  panel.listen({
    state(state) {
      if (state.kind !== 'thread') return;
      const { threadId, subject, via } = state.snapshot;
      tally.read('thread', threadId ?? subject, via);
    },
    drift: (report) => tally.drifted(report),
  });
  const timer = window.setInterval(() => void keep(), KEEP_EVERY_MS);
  document.addEventListener('visibilitychange', () => document.hidden && void keep(), {
    signal,
  });
  signal.addEventListener('abort', () => window.clearInterval(timer));
  const at = (kind: string) => (via: Readonly<Record<string, string>>) =>
    tally.read(kind, window.location.href, via);
  return { list: at('list'), draft: at('draft') };
}
