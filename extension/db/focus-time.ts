/**
 * How long a client's pages were in front of the user on one local day: what a suggestion is made
 * of. It never leaves this device and is no time entry until the user says so.
 */
export interface FocusTime {
  readonly clientId: string;
  readonly day: string;
  readonly ms: number;
}
