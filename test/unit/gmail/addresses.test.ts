import { describe, expect, it } from 'vitest';
import { draftAddress, threadAddress } from '../../../extension/sites/gmail/addresses.ts';

const PAGE = new URL('https://mail.google.com/mail/u/3/#inbox');
const ME = 'mira+work@lantern-works.example';

describe('the address of a thread', () => {
  it('names the account by its own address, wherever it stands among the accounts', () => {
    expect(threadAddress(PAGE, ME, '19890c01')).toBe(
      'https://mail.google.com/mail/?authuser=mira%2Bwork%40lantern-works.example#all/19890c01',
    );
  });

  it('is the same from a window that shows another account first', () => {
    const other = new URL('https://mail.google.com/mail/u/0/#search/gate/19890c01');
    expect(threadAddress(other, ME, '19890c01')).toBe(threadAddress(PAGE, ME, '19890c01'));
  });
});

describe('the address of a draft', () => {
  const draft = {
    to: ['otto@brandt.example', 'ida@brandt.example'],
    subject: 'Dates & times',
    body: 'Hi Otto,\n\n100 % sure? a+b=c #1',
  };

  it('opens the editor with recipients, subject and text as they are', () => {
    const address = new URL(draftAddress(PAGE, ME, draft));
    expect(address.origin + address.pathname).toBe('https://mail.google.com/mail/');
    expect(Object.fromEntries(address.searchParams)).toEqual({
      authuser: ME,
      view: 'cm',
      fs: '1',
      to: 'otto@brandt.example,ida@brandt.example',
      su: 'Dates & times',
      body: 'Hi Otto,\n\n100 % sure? a+b=c #1',
    });
    expect(address.hash).toBe('');
  });

  it('writes a space as %20, for a plus sign would stay one', () => {
    expect(draftAddress(PAGE, ME, draft)).toContain('su=Dates%20%26%20times');
  });

  it('stays on loopback in the demo', () => {
    const demo = new URL('http://127.0.0.1:8788/mail/u/0/#inbox');
    expect(draftAddress(demo, null, draft)).toMatch(/^http:\/\/127\.0\.0\.1:8788\/mail\/\?view=cm/);
  });
});
