import { linkProfile } from '../features/client-card/link-profile.ts';
import type { ClientCardMessages } from '../features/client-card/messages.ts';
import { ThisIs } from '../features/client-card/ThisIs.tsx';
import type { Send } from '../messaging/send.ts';
import type { BodyProps } from './body-props.ts';

/** For cards beside profiles; the mail's own panels do without it. */
export const askWhoWith =
  (send: Send<ClientCardMessages>): NonNullable<BodyProps['askWho']> =>
  ({ t, model, quickLog: { announce, report } }, answer) => {
    const link = linkProfile({ send, report, onLinked: () => void model.refresh() });
    return <ThisIs t={t} answer={answer} link={link} announce={announce} />;
  };
