import { profileOf } from '../../../shared/rules/profile.ts';
import { titleOf } from '../page/safe-dom.ts';
import type { Site } from '../page/site.ts';
import { mentioned, snapshotOf } from '../page/snapshot-of.ts';
import { titleRules } from './title-rules.ts';

/** A profile by its address and the page's title. Nothing else of LinkedIn is ever looked at. */
export const linkedin: Site = {
  name: 'linkedin',
  detect: ({ hostname }) => /(?:^|\.)linkedin\.com$/.test(hostname),
  pauseMs: 500,
  // So little that it is read at once.
  // oxlint-disable-next-line require-yield
  *read(page) {
    const profile = profileOf(page.url);
    if (profile === null) return null;
    const { name, via } = nameIn(titleOf(page.document));
    return snapshotOf(page, {
      host: 'linkedin',
      layout: 'profile',
      threadId: profile,
      people: mentioned([]),
      clues: { profiles: [profile], phones: [], domain: null },
      personName: name,
      confidence: name === '' ? 'low' : 'high',
      via: { name: via },
    });
  },
};

function nameIn(title: string): { readonly name: string; readonly via: string } {
  for (const { pattern, name: via } of titleRules) {
    const name = pattern.exec(title)?.[1]?.trim();
    if (name !== undefined && name !== '') return { name: name.slice(0, 200), via };
  }
  return { name: '', via: 'none' };
}
