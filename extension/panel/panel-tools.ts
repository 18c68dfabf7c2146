import type { UnknownProps } from '../features/client-card/AddClient.tsx';
import type { AttachProps } from '../features/client-card/AttachTo.tsx';
import type { SearchProps } from '../features/client-card/ClientSearch.tsx';
import type { HintsProps } from '../features/client-card/DraftHints.tsx';
import type { EditProps } from '../features/client-card/EditClient.tsx';
import type { ClientCalendar, PromiseMessages } from '../features/promises/messages.ts';
import type { PromiseLinesProps } from '../features/promises/PromiseLines.tsx';
import type { SheetRequest } from '../features/promises/sheet-request.ts';
import type { LineProps } from '../features/quick-log/LineForm.tsx';
import type { TemplateProps } from '../features/templates/TemplateMenu.tsx';
import type { TimeProps } from '../features/time/TimeLine.tsx';
import type { draftAddress } from '../sites/draft-address.ts';
import type { Send } from '../messaging/send.ts';
import type { KeySheetProps } from './KeySheet.tsx';

/** Parts of the card that few need at a time. They must read no signals: those are another script's. */
export interface Parts {
  readonly attach: AttachProps;
  readonly edit: EditProps;
  readonly hints: HintsProps;
  readonly keys: KeySheetProps;
  readonly line: LineProps;
  readonly never: UnknownProps;
  readonly promises: PromiseLinesProps;
  readonly search: SearchProps;
  readonly templates: TemplateProps;
  readonly time: TimeProps;
}

/** Draws a part into an element, or draws it anew. */
export type DrawPart = <Name extends keyof Parts>(
  name: Name,
  container: Element,
  props: Parts[Name],
) => unknown;

export interface PanelTools {
  readonly openSheet: (request: SheetRequest & ClientCalendar) => void;
  readonly drawPart: DrawPart;
  /** Only templates open drafts, and the tools draw those. */
  readonly draftAddress: typeof draftAddress;
}

declare global {
  /**
   * Set by the tools' script in the content script's own world, which no page can see. What is in it
   * is larger than the panel, or seldom needed, so it comes when it is first asked for.
   */
  var mainstayTools: PanelTools | undefined;
}

/** For a panel in a page: fetches the tools if they are not there yet, and draws with them. */
export function fetchedTools(send: Send<PromiseMessages>) {
  const drawPart: DrawPart = async (name, container, props) => {
    const answer = globalThis.mainstayTools ?? (await send('promise.tools', { clientId: null }));
    if ('error' in answer) container.textContent = props.t.text(`error_${answer.error.code}`);
    else globalThis.mainstayTools?.drawPart(name, container, props);
  };
  const openSheet = async (request: SheetRequest): Promise<void> => {
    const answer = await send('promise.tools', { clientId: request.clientId });
    if (answer.ok) globalThis.mainstayTools?.openSheet({ ...request, ...answer.value });
    else request.report(answer.error);
  };
  return { drawPart, openSheet };
}
