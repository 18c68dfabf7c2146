import type { DemoMessage, DemoThread, Party } from '../types.ts';
import { avatar, button, h } from './dom.ts';
import { fullDate, type MailboxState } from './mailbox-state.ts';

export interface ThreadHooks {
  readonly onBack: () => void;
  readonly onArchive: () => void;
  readonly onReply: () => void;
}

/**
 * A thread as Gmail builds it since 2023: `.a98.iY`, the subject in `h2.hP`, an expanded message in
 * `.h7 > .adn.ads` with its ids, a collapsed one in `.kv > .adf.ads` without ids and body.
 */
export function threadView(
  state: MailboxState,
  thread: DemoThread,
  hooks: ThreadHooks,
): HTMLElement {
  const { words } = state;
  const { hasConversations, isExpanded } = state.arrangement;
  const messages = hasConversations ? thread.messages : thread.messages.slice(-1);
  const lastIndex = messages.length - 1;
  const items = messages.map((message, index) =>
    item(state, message, isExpanded || index === lastIndex),
  );
  const view = h(
    'div',
    { class: 'nH a98 iY' },
    h(
      'div',
      { class: 'G-atb', gh: 'mtb', role: 'toolbar' },
      button(words.back, 'T-I lS', hooks.onBack, '‹'),
      button(words.archive, 'T-I lR', hooks.onArchive),
    ),
    heading(state, thread),
    h('div', { class: 'nH aHU', role: 'list' }, ...items),
    h('div', { class: 'ip' }),
    h('div', { class: 'amn' }, button(words.reply, 'T-I ams bkH', hooks.onReply)),
  );
  return view;
}

function heading(state: MailboxState, thread: DemoThread): HTMLElement {
  const title = h('h2', { class: 'hP', tabindex: '-1', 'data-thread-perm-id': 'undefined' });
  title.append(...withEmoji(thread.subject));
  const id = thread.messages.at(-1)?.id ?? '';
  paintLate(state, title, {
    'data-legacy-thread-id': thread.id,
    ...(!state.arrangement.hasConversations && { 'data-thread-id': `#${id}` }),
  });
  return h('div', { class: 'nH ha', dir: 'auto' }, title);
}

/** Gmail draws an emoji in a subject as a picture with the letter in an attribute. */
function withEmoji(subject: string): (Node | string)[] {
  return subject.split(/(\p{Extended_Pictographic}\uFE0F?)/u).map((part, index) => {
    if (index % 2 === 0) return part;
    const image = h('img', { class: 'an1', 'data-emoji': part, alt: part, 'aria-label': part });
    // Our own drawing of it: nothing is fetched.
    image.setAttribute('src', emojiPicture(part));
    return image;
  });
}

function emojiPicture(emoji: string): string {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20 20"><text y="16" font-size="16">${emoji}</text></svg>`;
  return `data:image/svg+xml,${encodeURIComponent(svg)}`;
}

function item(state: MailboxState, message: DemoMessage, isExpanded: boolean): HTMLElement {
  const wrapper = h('div', { class: isExpanded ? 'h7' : 'kv', role: 'listitem' });
  wrapper.append(isExpanded ? expanded(state, message) : collapsed(state, message));
  wrapper.addEventListener('click', () => {
    if (wrapper.className === 'h7') return;
    wrapper.className = 'h7';
    wrapper.replaceChildren(expanded(state, message));
  });
  return wrapper;
}

function expanded(state: MailboxState, message: DemoMessage): HTMLElement {
  const body = h(
    'div',
    { class: 'ii gt' },
    h(
      'div',
      { class: 'a3s aiL' },
      ...message.paragraphs.map((text) => h('p', { dir: 'auto' }, text)),
    ),
  );
  const receivers = [...message.to, ...message.cc];
  const header = messageHeader(
    state,
    message,
    h(
      'span',
      { class: 'hb', translate: 'no' },
      `${state.words.to} `,
      ...receivers.flatMap((party, index) => [index > 0 ? ', ' : '', receiver(state, party)]),
    ),
  );
  const element = h(
    'div',
    { class: 'adn ads' },
    picture(message),
    h('div', { class: 'gs' }, header, body),
  );
  paintLate(state, element, {
    'data-message-id': `#${message.id}`,
    'data-legacy-message-id': message.legacyId,
  });
  return element;
}

function collapsed(state: MailboxState, message: DemoMessage): HTMLElement {
  const snippet = h('span', { class: 'y2', dir: 'auto' }, message.paragraphs.join(' '));
  return h(
    'div',
    { class: 'adf ads' },
    picture(message),
    h('div', { class: 'gs' }, messageHeader(state, message, snippet)),
  );
}

function messageHeader(state: MailboxState, message: DemoMessage, line: HTMLElement): HTMLElement {
  const { name, address } = message.from;
  const from = h(
    'span',
    { class: 'gD', email: address, name, 'data-hovercard-id': address },
    h('bdi', {}, name),
  );
  const date = fullDate(state, message.at);
  return h(
    'div',
    { class: 'gE iv gt' },
    h(
      'table',
      { class: 'cf gJ', role: 'presentation' },
      h(
        'tr',
        { class: 'acZ' },
        h(
          'td',
          { class: 'gF gK' },
          h('h3', { class: 'iw' }, h('span', { class: 'qu' }, from, ' ', angled(address))),
        ),
        h('td', { class: 'gH' }, h('span', { class: 'g3', title: date, alt: date }, date)),
      ),
      h('tr', { class: 'acZ xD' }, h('td', { class: 'ady', colspan: '2' }, line)),
    ),
  );
}

const angled = (address: string): HTMLElement =>
  h('span', { class: 'go', dir: 'ltr' }, `<${address}>`);

function receiver(state: MailboxState, party: Party): HTMLElement {
  const name = party.address === state.data.account ? state.words.me : party.name;
  return h(
    'span',
    { class: 'g2', email: party.address, name, 'data-hovercard-id': party.address },
    h('bdi', {}, name),
  );
}

const picture = (message: DemoMessage): HTMLElement =>
  h('div', { class: 'aju' }, avatar(message.from.name, message.from.address));

/** With `?late=ms` ids appear after the element, as they do in Gmail. */
function paintLate(
  state: MailboxState,
  element: HTMLElement,
  attributes: Readonly<Record<string, string>>,
): void {
  const paint = () => {
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  };
  if (state.lateMs > 0) setTimeout(paint, state.lateMs);
  else paint();
}
