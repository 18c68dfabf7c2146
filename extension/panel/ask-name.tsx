import { AskName } from '../features/client-card/AskName.tsx';
import type { BodyProps } from './body-props.ts';

/** For panels beside hosts that show a name without an address. */
export const askName: NonNullable<BodyProps['askWho']> = ({ t, model, quickLog }, view) =>
  view.kind === 'unsure' && (
    <AskName
      key={view.question.contactId}
      t={t}
      question={view.question}
      model={model}
      announce={quickLog.announce}
    />
  );
