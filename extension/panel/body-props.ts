import type { ReadonlySignal } from '../ui/signal.ts';
import type { ComponentChild } from 'preact';
import type { CardModel, CardView } from '../features/client-card/model.ts';
import type { PromiseMessages } from '../features/promises/messages.ts';
import type { SheetRequest } from '../features/promises/sheet-request.ts';
import type { QuickLog } from '../features/quick-log/model.ts';
import type { TemplateDraft } from '../features/templates/templates.ts';
import type { TimeMessages } from '../features/time/messages.ts';
import type { Send } from '../messaging/send.ts';
import type { Translator } from '../ui/translate.ts';
import type { DrawPart } from './panel-tools.ts';

/** A keyboard shortcut of the browser's, passed on by the background. */
export interface PanelCommand {
  readonly name: string;
}

/** Promises, as the place of the card allows. */
export interface PromiseDesk {
  readonly send: Send<PromiseMessages>;
  /** To save or change one; it comes when it is first asked for. */
  readonly openSheet: (request: SheetRequest) => Promise<void>;
  /** There is a page whose selected words it reads. */
  readonly canSelect: boolean;
}

/** Time spent on the open client's threads today. */
export interface TimeDesk {
  /** To be suggested; 0 for nothing. */
  readonly minutes: ReadonlySignal<number>;
  readonly send: Send<TimeMessages>;
  readonly onRecorded: () => void;
}

/** Somebody is on the page, and the user can say who. */
export type OpenQuestion = Extract<CardView, { kind: 'unsure' | 'profile' }>;

/** What the card needs, wherever it stands. */
export interface BodyProps {
  readonly t: Translator;
  readonly model: CardModel;
  readonly quickLog: QuickLog;
  readonly command: ReadonlySignal<PanelCommand | null>;
  /** The command was carried out, or there is nobody to carry it out for: it must not come again. */
  readonly onCommandDone: () => void;
  readonly now: () => number;
  /** The letters of `panelKeys` act here, so the buttons name theirs. */
  readonly hasKeys: boolean;
  /** For hosts that can leave open who it is; the others do without its kilobyte. */
  readonly askWho?: ((props: BodyProps, view: OpenQuestion) => ComponentChild) | undefined;
  readonly onReload: () => void;
  /** Opens the mail's own editor with a new draft. */
  readonly openDraft: (draft: TemplateDraft) => void;
  readonly drawPart: DrawPart;
  readonly promises: PromiseDesk;
  /** Null where no page is in front of the user. */
  readonly time: TimeDesk | null;
}
