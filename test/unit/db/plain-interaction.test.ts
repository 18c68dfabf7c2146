import fc from 'fast-check';
import { expect, it } from 'vitest';
import { isPlainInteraction } from '../../../extension/db/plain-interaction.ts';
import { interactionSchema } from '../../../shared/model/interaction.ts';
import { parseEntity } from '../../../shared/model/tables.ts';
import type { Fields, FieldValue } from '../../../shared/row.ts';

const PLAIN: Fields = {
  clientId: 'client-0001',
  contactId: 'contact-0001',
  kind: 'email',
  direction: 'out',
  at: 1_790_000_000_000,
  minutes: 15,
  summary: 'Agreed on the next step',
  subject: 'Renewal',
  threadUrl: 'https://mail.google.com/mail/u/0/#all/18c2f',
  source: 'gmail:me@x.example:18c2f',
  createdAt: 1_790_000_000_000,
  deleted: false,
};

it('an interaction as the product writes it is plain', () => {
  expect(isPlainInteraction('call-0001', PLAIN)).toBe(true);
});

it('every field of the schema may be there, so none is forgotten when the schema grows', () => {
  const names = Object.keys(interactionSchema.entries).filter((name) => name !== 'id');
  expect(names.toSorted()).toEqual(Object.keys(PLAIN).toSorted());
});

it('what is plain is accepted by the schema too', () => {
  const odd: fc.Arbitrary<FieldValue> = fc.oneof(
    fc.constantFrom<FieldValue>(
      null,
      true,
      false,
      -1,
      0,
      1.5,
      1441,
      253_402_300_800_000,
      '',
      'x',
      'email',
    ),
    fc.constant('x'.repeat(501)),
    fc.webUrl({ withQueryParameters: true, withFragments: true }),
    fc.string({ unit: 'grapheme' }),
    fc.string().map((text) => `https://${text}`),
    fc.string().map((text) => `https://mail.example/${text}`),
    fc.constantFrom('https://1.2.3.999/', 'https://xn--a.example/', 'https://a/', 'https://x.0/'),
    fc.dictionary(fc.string(), fc.boolean(), { maxKeys: 2 }),
    fc.constant(['a']),
  );
  const names = fc.constantFrom(...Object.keys(PLAIN), 'mood', 'seq', 'meta', 'id');
  let plain = 0;
  fc.assert(
    fc.property(
      fc.string({ maxLength: 70 }),
      fc.boolean(),
      fc.dictionary(names, odd, { maxKeys: 3, noNullPrototype: true }),
      fc.uniqueArray(names, { maxLength: 2 }),
      (text, isOddId, changed, absent) => {
        const id = isOddId ? text : 'call-0001';
        const fields = Object.fromEntries(
          Object.entries({ ...PLAIN, ...changed }).filter(([name]) => !absent.includes(name)),
        );
        if (!isPlainInteraction(id, fields)) return;
        plain += 1;
        expect(parseEntity('interactions', id, fields)).toMatchObject({ ok: true });
      },
    ),
    { numRuns: 1500, seed: 20_261_123 },
  );
  expect(plain).toBeGreaterThan(150);
});
