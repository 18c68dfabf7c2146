import { describe, expect, it } from 'vitest';
import { draftAddress, threadAddress } from '../../../extension/sites/outlook/addresses.ts';

const ID = 'AAQkAGYx/+LTAwMDE=';

describe('the address of a thread in Outlook', () => {
  it.each([
    ['https://outlook.office.com/mail/inbox/id/x', 'https://outlook.office.com/mail/id/'],
    ['https://outlook.cloud.microsoft/mail/id/x', 'https://outlook.cloud.microsoft/mail/id/'],
    ['https://outlook.live.com/mail/0/inbox/id/x', 'https://outlook.live.com/mail/0/id/'],
  ])('from %s names the thread and no folder', (page, start) => {
    expect(threadAddress(new URL(page), ID)).toBe(`${start}AAQkAGYx%2F%2BLTAwMDE%3D`);
  });
});

describe('the address of a draft in Outlook', () => {
  const page = new URL('https://outlook.live.com/mail/0/');
  const draft = {
    to: ['mira+work@lantern.example', 'ida@x.example'],
    subject: 'A & B',
    body: 'é\n',
  };

  it('opens the editor of the edition that is open', () => {
    expect(draftAddress(page, draft)).toMatch(
      /^https:\/\/outlook\.live\.com\/mail\/0\/deeplink\/compose\?mailtouri=/,
    );
  });

  it('keeps a plus sign in an address, and every letter of subject and body', () => {
    const mailto = new URL(new URL(draftAddress(page, draft)).searchParams.get('mailtouri') ?? '');
    expect(decodeURIComponent(mailto.pathname).split(',')).toEqual(draft.to);
    expect(mailto.searchParams.get('subject')).toBe('A & B');
    expect(mailto.searchParams.get('body')).toBe('é\n');
  });
});
