import { avatar, button, h } from './dom.ts';
import { threadsIn, isUnread, type MailboxState } from './mailbox-state.ts';

export interface ChromeHooks {
  readonly onCompose: () => void;
  readonly onFolder: (folder: string) => void;
  readonly onSearch: (query: string) => void;
}

export interface Chrome {
  readonly root: HTMLElement;
  readonly stage: HTMLElement;
  readonly search: HTMLElement;
  readonly update: (folder: string) => void;
}

const FOLDERS = ['inbox', 'sent', 'all'] as const;

/** What stands around the views: the search bar, the folders, the stage that the views stand on. */
export function chrome(state: MailboxState, hooks: ChromeHooks): Chrome {
  const { words, data } = state;
  const search = h('input', {
    class: 'gb_se',
    name: 'q',
    placeholder: words.search,
    'aria-label': words.search,
  });
  search.addEventListener('keydown', (event) => {
    if (event.key === 'Enter' && search instanceof HTMLInputElement) hooks.onSearch(search.value);
  });
  const links = FOLDERS.map((folder) => {
    const count = h('span', { class: 'bsU' });
    const link = button(words[folder], 'aim', () => hooks.onFolder(folder), words[folder], count);
    return { folder, link, count };
  });
  const stage = h('div', { class: 'nH bkK' });
  const root = h(
    'div',
    { class: 'nH shell' },
    h(
      'header',
      { class: 'nH w-asV', role: 'banner' },
      h('div', { class: 'brand' }, 'Demo mailbox'),
      search,
      avatar('Robin Vale', data.account),
    ),
    h(
      'nav',
      { class: 'nH oy8Mbf', role: 'navigation' },
      button(words.compose, 'T-I T-I-KE L3', hooks.onCompose),
      ...links.map(({ link }) => link),
    ),
    stage,
  );
  return { root, stage, search, update };

  function update(current: string): void {
    for (const { folder, link, count } of links) {
      link.classList.toggle('ain', folder === current);
      const unread = threadsIn(state, 'inbox', '').filter((thread) => isUnread(state, thread));
      count.textContent = folder === 'inbox' && unread.length > 0 ? String(unread.length) : '';
    }
  }
}
