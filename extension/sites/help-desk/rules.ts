export interface TicketRule {
  readonly name: string;
  readonly seen: string;
  /** Absent where firms run it under names of their own. */
  readonly host?: RegExp;
  /** Of the path and what follows `#`; its first group is the ticket's number. */
  readonly address: RegExp;
}

/** Tickets by their address, newest first. */
export const ticketRules: readonly TicketRule[] = [
  { name: 'agent-tickets', seen: '2026-09', address: /^\/agent\/tickets\/(\d+)/ },
  {
    name: 'freshdesk',
    seen: '2026-08',
    host: /\.(?:freshdesk|freshservice)\.com$/,
    address: /^\/a\/tickets\/(\d+)/,
  },
  {
    name: 'helpscout',
    seen: '2026-08',
    host: /^secure\.helpscout\.net$/,
    address: /^\/conversation\/(\d+)/,
  },
  { name: 'zammad', seen: '2026-08', address: /^\/(?:#|desktop\/)tickets?\/(?:zoom\/)?(\d+)/ },
];
