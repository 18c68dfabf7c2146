import type { SiteRule } from '../page/site.ts';

/** Google Calendar, newest first. Ids of its event bubble have outlived every redesign since 2018. */
export const calendarRules = {
  bubbles: [{ name: 'xDetDlg', seen: '2026-09', selector: '#xDetDlg[data-eventid]' }],
  titles: [{ name: 'rAECCd', seen: '2026-09', selector: '#rAECCd' }],
  times: [{ name: 'xDetDlgWhen', seen: '2026-09', selector: '#xDetDlgWhen' }],
  /** Whatever the list of guests is made of: a tree since 2025. */
  guests: [{ name: 'data-email', seen: '2026-09', selector: '#xDetDlgAtt [data-email]' }],
  /** The event where it stands in the grid, below what tells its day. */
  chips: [{ name: 'datekey', seen: '2026-08', selector: '[data-datekey] [data-eventid]' }],
} as const satisfies Readonly<Record<string, readonly SiteRule[]>>;

export type CalendarRules = Readonly<Record<keyof typeof calendarRules, readonly SiteRule[]>>;
