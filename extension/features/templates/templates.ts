import type { OpenThread } from '../../sites/snapshot.ts';
import type { Translator } from '../../ui/translate.ts';

/** Their subjects and texts are in the catalogue. */
export const templates = ['checkIn', 'reminder', 'meeting', 'thanks'] as const;
export type TemplateName = (typeof templates)[number];

export interface Recipient {
  readonly name: string;
  readonly addresses: readonly string[];
}

export interface TemplateDraft {
  readonly to: readonly string[];
  readonly subject: string;
  readonly body: string;
}

/** To whom the open draft is written, else to the person; a subject that was typed is kept. */
export function draftFrom(
  t: Translator,
  name: TemplateName,
  person: Recipient | undefined,
  draft: Pick<OpenThread, 'people' | 'subject'> | null,
): TemplateDraft {
  const written = draft?.people.filter(({ role }) => role === 'recipient') ?? [];
  const to = written.map(({ address }) => address);
  return {
    to: to.length > 0 ? to : (person?.addresses.slice(0, 1) ?? []),
    subject: draft?.subject || t.text(`templateSubject_${name}`),
    // No isolates here: the text goes into an email, where they would be seen by a search.
    body: t.text(`templateBody_${name}`, { person: person?.name ?? '' }),
  };
}
