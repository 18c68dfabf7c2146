import type { DemoThread } from '../types.ts';
import { h } from './dom.ts';
import type { MailboxState } from './mailbox-state.ts';

/**
 * The list with a reading pane beside or below it, as Gmail builds it: `.aia` holds the pane, and the
 * thread in it stands in `.ao9`. Another thread takes the place of the one before.
 */
export function paneView(state: MailboxState, list: HTMLElement): HTMLElement {
  return h(
    'div',
    { class: `split split-${state.arrangement.pane}` },
    list,
    h('div', { class: 'aia apv' }),
  );
}

export function showInPane(
  view: HTMLElement,
  thread: DemoThread | undefined,
  shown: HTMLElement | null,
): void {
  for (const row of view.querySelectorAll('tr.zA')) {
    const isShown = row.querySelector(`[data-legacy-thread-id="${thread?.id ?? ''}"]`) !== null;
    row.classList.toggle('aps', isShown);
  }
  view.querySelector('.aia')?.replaceChildren(shown ? h('div', { class: 'nH ao9' }, shown) : '');
}
