import { linkProfile } from '../features/client-card/link-profile.ts';
import type { ClientCardMessages } from '../features/client-card/messages.ts';
import { ThisIs } from '../features/client-card/ThisIs.tsx';
import type { Send } from '../messaging/send.ts';
import type { BodyProps } from './body-props.ts';

/** For cards beside profiles. */
export const askWhoWith =
  (send: Send<ClientCardMessages>): NonNullable<BodyProps['askWho']> =>
  ({ t, model, quickLog: { announce, report } }, view) => {
    if (view.kind !== 'profile') return null;
    const link = linkProfile({ send, report, onLinked: () => void model.refresh() });
    return <ThisIs t={t} answer={view.answer} link={link} announce={announce} />;
  };
