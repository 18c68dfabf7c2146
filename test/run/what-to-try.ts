export interface Places {
  readonly mailboxUrl: string;
  readonly workerUrl: string;
  readonly keptFolder: string;
}

export const whatToTry = ({ mailboxUrl, workerUrl, keptFolder }: Places): string => `
Mainstay runs. What to try:

  1. In the mailbox (${mailboxUrl}), open the email from Noa Levi: her card stands beside it.
  2. Click "Call" on the card. It says what was logged; Undo takes it back.
  3. Open the email from Jonas Weber, whom nobody knows yet, and add him.
  4. Click Mainstay's button in the toolbar: Today says who waits. Settle the first line.
  5. In the settings, under Sync, create a workspace at ${workerUrl}
     and pair a second browser profile with the code it shows.

What you do here is kept in ${keptFolder}; delete that folder to begin anew.
Ctrl-C, or closing the browser, stops all of this.
`;
