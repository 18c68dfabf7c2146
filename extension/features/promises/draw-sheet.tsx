import { render } from 'preact';
import type { Candidate } from '../../../shared/rules/promises/detect.ts';
import { ChangeSheet } from './ChangeSheet.tsx';
import type { ClientCalendar } from './messages.ts';
import { PromiseSheet } from './PromiseSheet.tsx';
import type { SheetRequest } from './sheet-request.ts';

/** Words that may hold promises, and what was found in them. */
export interface Found {
  readonly words: string;
  readonly candidates: readonly Candidate[];
}

/** Draws the sheet for one promise, or for what `find` gives, into the request's container. */
export function drawSheet(request: SheetRequest & ClientCalendar, find: () => Found): void {
  const { container, promise } = request;
  const close = (): void => render(null, container);
  // Anew each time: what was asked before is no draft to come back to.
  close();
  render(
    promise ? (
      <ChangeSheet request={request} promise={promise} onClose={close} />
    ) : (
      <PromiseSheet request={request} {...find()} onClose={close} />
    ),
    container,
  );
}
