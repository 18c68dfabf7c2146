import { AskName } from '../features/client-card/AskName.tsx';
import type { BodyProps } from './body-props.ts';

/** For panels beside hosts that show a name without an address. */
export const askName: NonNullable<BodyProps['askName']> = ({ t, model, quickLog }, question) => (
  <AskName
    key={question.contactId}
    t={t}
    question={question}
    model={model}
    announce={quickLog.announce}
  />
);
