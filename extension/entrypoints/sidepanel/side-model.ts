import { signal, type ReadonlySignal } from '../../ui/signal.ts';
import type { CardModel } from '../../features/client-card/model.ts';
import type { ShownPage } from '../../sites/snapshot.ts';

export interface SideModel {
  /** A client that was picked by name is shown, not the page's. */
  readonly isPicked: ReadonlySignal<boolean>;
  /** What the active tab shows, now or again. */
  readonly follow: (page: ShownPage) => void;
  pick(clientId: string): Promise<void>;
  /** Back to what the active tab shows. */
  unpick(): Promise<void>;
}

/** The card beside any tab: the page's client, until one is picked or another thread is opened. */
export function createSideModel(card: Pick<CardModel, 'show' | 'pick'>): SideModel {
  const isPicked = signal(false);
  let page: ShownPage = { kind: 'none' };
  const showPage = async (): Promise<void> => {
    isPicked.value = false;
    await card.show(page);
  };
  return {
    isPicked,
    follow(next) {
      const isOther = threadOf(next) !== threadOf(page);
      page = next;
      // A page tells the same thread again when more of it has been painted.
      if (isOther || !isPicked.value) void showPage();
    },
    async pick(clientId) {
      isPicked.value = true;
      await card.pick(clientId);
    },
    unpick: showPage,
  };
}

const threadOf = (page: ShownPage): string =>
  page.kind === 'thread' ? `${page.snapshot.host} ${page.snapshot.threadId}` : page.kind;
