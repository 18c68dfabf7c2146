import { ThisIs } from '../features/client-card/ThisIs.tsx';
import type { BodyProps } from './body-props.ts';

/** For cards beside profiles; the mail's own panels do without it. */
export const askWho: NonNullable<BodyProps['askWho']> = ({ t, model, quickLog }, answer) => (
  <ThisIs t={t} answer={answer} model={model} announce={quickLog.announce} />
);
