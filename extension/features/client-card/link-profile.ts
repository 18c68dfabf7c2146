import type { Answer, Failure } from '../../messaging/messages.ts';
import type { ClientCardMessages } from './messages.ts';

type LinkMessage = ClientCardMessages['contact.link'];

/** "This is Anna": the page's profile is theirs. Null where that failed, which was said by then. */
export type Link = (who: LinkMessage[0]) => Promise<LinkMessage[1] | null>;

export interface LinkDeps {
  readonly send: (name: 'contact.link', who: LinkMessage[0]) => Promise<Answer<LinkMessage[1]>>;
  readonly report: (error: Failure) => void;
  readonly onLinked: () => void;
}

export const linkProfile =
  ({ send, report, onLinked }: LinkDeps): Link =>
  async (who) => {
    const linked = await send('contact.link', who);
    if (!linked.ok) {
      report(linked.error);
      return null;
    }
    onLinked();
    return linked.value;
  };
