import { button, h } from './dom.ts';
import type { MailboxState } from './mailbox-state.ts';
import { showToast } from './toast.ts';

export interface DraftFields {
  readonly to: string;
  readonly subject: string;
  readonly body: string;
}

/** The editor as Gmail builds it: chips with a hidden twin, `subjectbox`, an editable body. */
export function composeView(state: MailboxState, draft: DraftFields): HTMLElement {
  const { words } = state;
  const subject = h('input', {
    class: 'aoT',
    name: 'subjectbox',
    placeholder: words.subject,
    'aria-label': words.subject,
    value: draft.subject,
  });
  const body = h('div', {
    class: 'Am Al editable',
    contenteditable: 'true',
    role: 'textbox',
    'aria-multiline': 'true',
    'aria-label': words.newMessage,
    dir: 'auto',
  });
  body.innerText = draft.body;
  const root = h(
    'div',
    { class: 'M9' },
    field('to', words.recipients, draft.to),
    field('cc', 'Cc', ''),
    subject,
    body,
    h(
      'div',
      { class: 'btC' },
      button(words.send, 'T-I T-I-atl', () => showToast(words.kept)),
      button(words.close, 'T-I og', () => (root.closest('[role=dialog]') ?? root).remove()),
    ),
  );
  return root;
}

/** A window in the corner, over everything, and still open when the view behind it changes. */
export function openComposeWindow(state: MailboxState, draft: DraftFields): void {
  const { words } = state;
  const dialog = h(
    'div',
    { class: 'nH nn', role: 'dialog', 'aria-label': words.newMessage },
    h('div', { class: 'dialog-title' }, words.newMessage),
    composeView(state, draft),
  );
  document.body.append(dialog);
  dialog.querySelector('input')?.focus();
}

/** What is typed becomes a chip with Enter, as in Gmail; a chip goes with a click. */
function field(name: string, label: string, addresses: string): HTMLElement {
  const input = h('input', {
    class: 'agP',
    placeholder: label,
    'aria-label': label,
    role: 'combobox',
  });
  const element = h('div', { class: 'aoI', name }, ...chips(addresses), input);
  input.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' || !(input instanceof HTMLInputElement)) return;
    input.before(...chips(input.value));
    input.value = '';
  });
  element.addEventListener('click', ({ target }) => {
    if (target instanceof Element) target.closest('[role=option]')?.remove();
  });
  return element;
}

const chips = (to: string): HTMLElement[] =>
  to
    .split(',')
    .map((address) => address.trim())
    .filter((address) => address !== '')
    .map((address) =>
      h(
        'div',
        { role: 'option', 'data-hovercard-id': address, class: 'afV' },
        address,
        h('span', { email: address, hidden: '' }),
      ),
    );
