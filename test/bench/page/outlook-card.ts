import { painted, seen } from './paint.ts';

export interface OutlookSender {
  readonly name: string;
  readonly address: string;
  readonly clientName: string;
}

/** As long as a mailbox takes to fetch a conversation: the address has changed by then. */
const FETCH_MS = 150;
const PANE = '#ConversationReadingPaneContainer';

const panel = (): ShadowRoot | null => document.querySelector('mainstay-panel')?.shadowRoot ?? null;

const cardName = (): string =>
  panel()?.querySelector('[data-view=known] .card-name')?.textContent ?? '';

let serial = 0;

/**
 * Draws a conversation of this sender in place of the one that is open.
 *
 * @returns milliseconds from then until the card is painted
 */
export async function outlookCard({ name, address, clientName }: OutlookSender): Promise<number> {
  serial += 1;
  const id = `AAQkAGYxLTAwMDEAEABENCH${serial}=`;
  document.querySelector('[data-convid][aria-selected=true]')?.setAttribute('data-convid', id);
  history.pushState(null, '', `/mail/inbox/id/${encodeURIComponent(id)}`);
  await new Promise((resolve) => setTimeout(resolve, FETCH_MS));
  const pane = document.querySelector(PANE);
  const next = pane?.cloneNode(true);
  if (!pane || !(next instanceof Element)) throw new Error('no conversation is open');
  const from = next.querySelector('[id^=MSG_][id$=_FROM]');
  const text = from?.querySelector('span span');
  if (!from || !text) throw new Error('the conversation has no sender');
  from.id = `MSG_bench${serial}_FROM`;
  text.textContent = `${name}<${address}>`;
  const startedAt = performance.now();
  pane.replaceWith(next);
  const root = panel() ?? (await seen(document, panel, 'the panel'));
  const look = (): true | null => (cardName().includes(clientName) ? true : null);
  await seen(root, look, `the card of ${clientName}`);
  return (await painted()) - startedAt;
}
