import { h, render, type FunctionComponent } from 'preact';
import { AttachTo } from '../features/client-card/AttachTo.tsx';
import { ClientSearch } from '../features/client-card/ClientSearch.tsx';
import { DraftHints } from '../features/client-card/DraftHints.tsx';
import { EditClient } from '../features/client-card/EditClient.tsx';
import { NeverAsk } from '../features/client-card/NeverAsk.tsx';
import { PromiseLines } from '../features/promises/PromiseLines.tsx';
import { LineForm } from '../features/quick-log/LineForm.tsx';
import { TemplateMenu } from '../features/templates/TemplateMenu.tsx';
import { TimeLine } from '../features/time/TimeLine.tsx';
import { KeySheet } from './KeySheet.tsx';
import type { DrawPart, Parts } from './panel-tools.ts';

const views: { readonly [Name in keyof Parts]: FunctionComponent<Parts[Name]> } = {
  attach: AttachTo,
  edit: EditClient,
  hints: DraftHints,
  keys: KeySheet,
  line: LineForm,
  never: NeverAsk,
  promises: PromiseLines,
  search: ClientSearch,
  templates: TemplateMenu,
  time: TimeLine,
};

export const drawPart: DrawPart = (name, container, props) => {
  render(h(views[name], props), container);
};
