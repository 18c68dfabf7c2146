import { useEffect, useState } from 'preact/hooks';
import { browser } from 'wxt/browser';
import { isSample } from '../../../shared/model/ids.ts';
import type { Book } from '../../db/today-query.ts';
import type { Page } from '../../page/start-page.ts';
import { EVICTED_KEY } from '../../page/storage-keys.ts';
import { Problem } from '../../ui/Problem.tsx';

interface Props {
  readonly page: Page;
  readonly book: Book;
  readonly announce: (words: string, undoToken: string | null) => void;
}

/** What is true only now and then: sample data is in the book, or the browser deleted the data. */
export function Notices({ page: { t, send }, book, announce }: Props) {
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
  const hasSample = book.entries.some(({ clientId }) => isSample(clientId));
  return (
    <>
      {isEvicted && (
        <Problem title={t.text('evictedTitle')} body={t.text('evictedBody')}>
          <button type="button" data-action="dismiss-evicted" onClick={dismiss}>
            {t.text('dismiss')}
          </button>
        </Problem>
      )}
      {hasSample && (
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
