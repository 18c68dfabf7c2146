import '../../ui/tokens.css';
import '../../ui/base.css';
import '../../clip/clip.css';
import { render } from 'preact';
import { readClipped } from '../../clip/read-page.ts';
import { takeClip } from '../../clip/take-clip.ts';
import { startPage } from '../../page/start-page.ts';
import { ClipWindow } from './ClipWindow.tsx';

/** Opened without words, or anew: then they are pasted. */
const NOTHING = { action: 'note', tabId: null, selection: '', title: '', url: '' } as const;

const root = document.querySelector('#root');
if (root) {
  void Promise.all([startPage(document), takeClip()]).then(async ([page, taken]) => {
    const request = taken ?? NOTHING;
    const clipped = await readClipped(request);
    render(<ClipWindow page={page} action={request.action} clipped={clipped} />, root);
  });
}
