import { useEffect, useMemo, useState } from 'preact/hooks';
import { browser } from 'wxt/browser';
import type { TodayView } from '../../features/today/model.ts';
import type { Page } from '../../page/page.ts';
import { createHostAccess } from '../../page/host-access.ts';
import { EVICTED_KEY } from '../../page/storage-keys.ts';
import { Problem } from '../../ui/Problem.tsx';
import { HostNotice } from './HostNotice.tsx';

interface Props {
  readonly page: Page;
  readonly view: TodayView;
  readonly announce: (words: string, undoToken: string | null) => void;
}

/** What is true only now and then: sample data is in the book, or the browser deleted the data. */
export function Notices({ page: { t, send }, view, announce }: Props) {
  const access = useMemo(
    () =>
      createHostAccess(browser.permissions, browser.runtime.getManifest().host_permissions ?? []),
    [],
  );
  const [isEvicted, setEvicted] = useState(false);
  useEffect(() => {
    const read = (): void => {
      void browser.storage.local.get(EVICTED_KEY).then((stored) => {
        setEvicted(stored[EVICTED_KEY] !== undefined);
      });
    };
    read();
    // The background may notice only after the popup is open.
    browser.storage.local.onChanged.addListener(read);
    return () => browser.storage.local.onChanged.removeListener(read);
  }, []);
  const dismiss = (): void => {
    setEvicted(false);
    void browser.storage.local.remove(EVICTED_KEY);
  };
  const removeSample = async (): Promise<void> => {
    const answer = await send('sample.remove', {});
    if (answer.ok) announce(t.text('sampleRemoved'), null);
  };
  return (
    <>
      <HostNotice t={t} access={access} />
      {isEvicted && (
        <Problem title={t.text('evictedTitle')} body={t.text('evictedBody')}>
          <button type="button" data-action="dismiss-evicted" onClick={dismiss}>
            {t.text('dismiss')}
          </button>
        </Problem>
      )}
      {view.hasSample && (
        <p class="row notice" data-part="sample-notice">
          <span class="grow hint">{t.text('sampleNote')}</span>
          <button
            type="button"
            class="link"
            data-action="remove-sample"
            onClick={() => void removeSample()}
          >
            {t.text('removeSample')}
          </button>
        </p>
      )}
    </>
  );
}
