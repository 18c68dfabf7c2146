import { describe, expect, it } from 'vitest';
import {
  formatInvitationLink,
  parseInvitationLink,
} from '../../../shared/protocol/invitation-link.ts';
import { newPairingCode } from '../../../shared/protocol/pairing-code.ts';
import { randomBytes } from './support/random.ts';

const code = newPairingCode(randomBytes);

describe('an invitation link', () => {
  it('reads as what it was made of, at a bare address and under a path', () => {
    for (const workerUrl of ['https://sync.example', 'http://127.0.0.1:8787', 'https://a.b/c']) {
      expect(parseInvitationLink(formatInvitationLink({ workerUrl, code }))).toEqual({
        workerUrl,
        code,
      });
    }
  });

  it('keeps its code in the fragment, where no request carries it', () => {
    const url = new URL(formatInvitationLink({ workerUrl: 'https://sync.example', code }));
    expect(`${url.origin}${url.pathname}${url.search}`).toBe('https://sync.example/join');
  });

  it('is told from other links and from one with a slip', () => {
    const link = formatInvitationLink({ workerUrl: 'https://sync.example', code });
    const last = link.at(-1) === '0' ? '1' : '0';
    for (const text of [
      '',
      'join',
      'https://sync.example/join',
      link.replace('/join', '/other'),
      link.replace('#', '?x=1#'),
      `${link.slice(0, -1)}${last}`,
    ]) {
      expect(parseInvitationLink(text)).toBeNull();
    }
  });
});
