import { sampleBook } from '../../features/sample-data/sample-book.ts';
import type { Failure } from '../../messaging/messages.ts';
import type { Page } from '../../page/page.ts';
import { GMAIL_URL, openDashboard, openWeb } from '../../page/open.ts';

interface Props {
  readonly page: Page;
  readonly onFailed: (error: Failure) => void;
}

/** What this is for, and one button; the sample for those who want to see before they trust. */
export function FirstRun({ page: { t, send, now }, onFailed }: Props) {
  const loadSample = async (): Promise<void> => {
    const answer = await send('sample.load', { book: sampleBook(now()) });
    if (!answer.ok) onFailed(answer.error);
  };
  return (
    <div class="empty stack" data-part="first-run">
      <h2>{t.text('firstRunTitle')}</h2>
      <p>{t.text('firstRunBody')}</p>
      <button
        type="button"
        class="primary"
        data-action="open-gmail"
        onClick={() => void openWeb(GMAIL_URL)}
      >
        {t.text('openGmail')}
      </button>
      <button type="button" data-action="load-sample" onClick={() => void loadSample()}>
        {t.text('loadSample')}
      </button>
      <button type="button" class="link" data-action="pair" onClick={() => void openDashboard()}>
        {t.text('joinTitle')}
      </button>
    </div>
  );
}
