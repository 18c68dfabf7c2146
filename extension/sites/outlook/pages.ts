/** Where Outlook on the web is served: for companies, for private mailboxes, and its newest address. */
export const OUTLOOK_PAGES = [
  'https://outlook.office.com/*',
  'https://outlook.office365.com/*',
  'https://outlook.live.com/*',
  'https://outlook.cloud.microsoft/*',
];
