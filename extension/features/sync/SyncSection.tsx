import type { Translator } from '../../ui/translate.ts';
import type { SyncModel } from './model.ts';

export function SyncSection({ t }: { t: Translator; model: SyncModel; now: () => number }) {
  return <section id="sync"><h2>{t.text('sync')}</h2></section>;
}
