import { describe, expect, it } from 'vitest';
import { draftFrom, templates } from '../../../extension/features/templates/templates.ts';
import type { Person } from '../../../extension/sites/snapshot.ts';
import { createTranslator } from '../../../extension/ui/translate.ts';
import english from '../../../extension/locales/en.json' with { type: 'json' };
import hebrew from '../../../extension/locales/he.json' with { type: 'json' };

const t = createTranslator({ locale: 'en', direction: 'ltr', catalogue: english });
const noa = { name: 'Noa Levi', addresses: ['noa@levi.example', 'noa@home.example'] };
const written = (address: string, role: Person['role']): Person => ({ address, name: '', role });

describe('a draft from a template', () => {
  it('goes to the person’s first address and calls the person by name', () => {
    const draft = draftFrom(t, 'checkIn', noa, null);
    expect(draft.to).toEqual(['noa@levi.example']);
    expect(draft.subject).toBe('How are things?');
    expect(draft.body).toMatch(/^Hi Noa Levi,\n\n/);
  });

  it('keeps the people and the subject of the draft that is being written', () => {
    const draft = draftFrom(t, 'thanks', noa, {
      people: [written('ari@levi.example', 'recipient'), written('tom@x.example', 'cc')],
      subject: 'Phase 2',
    });
    expect(draft.to).toEqual(['ari@levi.example']);
    expect(draft.subject).toBe('Phase 2');
  });

  it.each(templates)('has a subject and a text for %s in every language', (name) => {
    for (const catalogue of [english, hebrew]) {
      expect(catalogue[`templateSubject_${name}`]).not.toBe('');
      expect(catalogue[`templateBody_${name}`]).toContain('{person}');
    }
  });
});
