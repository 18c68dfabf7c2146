import { browser } from 'wxt/browser';

/** In the content script's own world: what a message costs, and when the product sends its own. */
export interface Messenger {
  /** A request that the background refuses without reading anything, there and back. */
  emptyRoundTrip(): Promise<number>;
  /** How long each request took since `markCardRequests`, by name. */
  readonly requests: readonly { readonly name: string; readonly ms: number }[];
  /** Marks the product's next card request and its answer on the page's timeline. */
  markCardRequests(): void;
}

declare global {
  // The driver finds it here.
  var messenger: Messenger;
}

const requests: { name: string; ms: number }[] = [];

globalThis.messenger = {
  requests,
  async emptyRoundTrip() {
    const startedAt = performance.now();
    await browser.runtime.sendMessage({ name: 'bench.empty', input: null });
    return performance.now() - startedAt;
  },
  markCardRequests() {
    const { runtime } = browser;
    const send = runtime.sendMessage.bind(runtime);
    const marked = async (message: unknown): Promise<unknown> => {
      const isCard = Object(message).name === 'card.open';
      if (isCard) performance.mark('bench-asked');
      const startedAt = performance.now();
      const answer: unknown = await send(message);
      requests.push({ name: String(Object(message).name), ms: performance.now() - startedAt });
      if (isCard) performance.mark('bench-answered');
      return answer;
    };
    Object.assign(runtime, { sendMessage: marked });
  },
};
