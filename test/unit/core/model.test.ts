import fc from 'fast-check';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { cadenceSchema } from '../../../shared/model/client.ts';
import { SAMPLE_PREFIX, clientIdSchema, isSample, newId } from '../../../shared/model/ids.ts';
import { minutesSchema } from '../../../shared/model/interaction.ts';
import { isTableName, parseEntity, tableNames } from '../../../shared/model/tables.ts';
import {
  addressSchema,
  daySchema,
  domainSchema,
  instantSchema,
  membersOf,
  webUrlSchema,
} from '../../../shared/model/values.ts';
import { SEED } from './support/histories.ts';

const accepts = (schema: v.GenericSchema, value: unknown): boolean => v.is(schema, value);
const ID = 'client-1';
const client = { name: 'Levi & Sons', createdAt: 5 };
const interaction = { clientId: ID, kind: 'call', at: 5, createdAt: 5 };
const promise = { clientId: ID, direction: 'ours', what: 'Quote', createdAt: 5 };
const timeEntry = {
  clientId: ID,
  day: '2026-11-22',
  minutes: 25,
  from: 'suggested',
  createdAt: 5,
};

describe('an address', () => {
  it.each([
    "o'neil@levi.example",
    'noa+x@levi.co.il',
    'נועה@לוי.example',
    'a@localhost',
    'a!#$%&*/=?^_`{|}~-@x.y',
  ])('may be %s', (address) => {
    expect(accepts(addressSchema, address)).toBe(true);
  });

  it.each([
    '',
    'noa',
    '@levi.example',
    'noa@',
    'noa@@levi.example',
    'noa levi@levi.example',
    'noa@levi.example, dan@levi.example',
    '<noa@levi.example>',
    "'noa@levi.example'",
    "'noa@levi.example",
    '"noa"@levi.example',
    'noa@levi.example\nbcc:x@y.example',
    `${'a'.repeat(250)}@x.example`,
    7,
    null,
  ])('is not %j', (address) => {
    expect(accepts(addressSchema, address)).toBe(false);
  });

  it('is compared without case and spaces around it', () => {
    expect(v.parse(addressSchema, '  Noa@Levi.EXAMPLE ')).toBe('noa@levi.example');
  });
});

describe('a domain', () => {
  it('has at least two labels and nothing of an address', () => {
    expect(v.parse(domainSchema, ' Levi.Example ')).toBe('levi.example');
    for (const domain of ['example', 'noa@levi.example', 'levi.example/x', 'levi.', '.', '']) {
      expect(accepts(domainSchema, domain)).toBe(false);
    }
  });
});

describe('a day', () => {
  it.each(['2026-11-22', '2024-02-29', '1970-01-01'])('may be %s', (day) => {
    expect(accepts(daySchema, day)).toBe(true);
  });

  it.each([
    '2026-02-31',
    '2026-02-29',
    '2026-13-01',
    '2026-00-10',
    '2026-1-1',
    '22.11.2026',
    '',
    '2026-11-22T10:00',
  ])('is not %j', (day) => {
    expect(accepts(daySchema, day)).toBe(false);
  });
});

describe('numbers', () => {
  it('of an instant are whole milliseconds from 1970 to 9999', () => {
    expect(accepts(instantSchema, 0)).toBe(true);
    for (const value of [-1, 0.5, Number.NaN, Infinity, 1e15, '5', null]) {
      expect(accepts(instantSchema, value)).toBe(false);
    }
  });

  it('of minutes fit in one day', () => {
    expect(accepts(minutesSchema, 1440)).toBe(true);
    for (const value of [-1, 1441, 1.5, Number.NaN, '5'])
      expect(accepts(minutesSchema, value)).toBe(false);
  });

  it('of a cadence are whole days, the ideal not longer than the maximum', () => {
    expect(accepts(cadenceSchema, [14, 28])).toBe(true);
    expect(accepts(cadenceSchema, [14, 14])).toBe(true);
    for (const value of [[28, 14], [0, 3], [1.5, 3], [1, Infinity], [Number.NaN, 2], [7], 7]) {
      expect(accepts(cadenceSchema, value)).toBe(false);
    }
  });
});

describe('a link', () => {
  it('leads to the web and nowhere else', () => {
    expect(accepts(webUrlSchema, 'https://mail.example/#all/19890c')).toBe(true);
    for (const url of [
      'javascript:alert(1)',
      'data:text/html,x',
      'file:///etc/passwd',
      'mail.example',
      ' https://x.example',
    ]) {
      expect(accepts(webUrlSchema, url)).toBe(false);
    }
    expect(accepts(webUrlSchema, `https://x.example/${'a'.repeat(2000)}`)).toBe(false);
  });
});

describe('an id', () => {
  it('is new each time, and a sample where what it belongs to is one', () => {
    let byte = 0;
    const randomBytes = (length: number): Uint8Array =>
      new Uint8Array(length).map(() => byte++ % 256);
    const ids = Array.from({ length: 50 }, () => newId<string>(randomBytes));
    expect(new Set(ids).size).toBeGreaterThan(10);
    for (const id of ids) expect(accepts(clientIdSchema, id)).toBe(true);
    const sample = newId<string>(randomBytes, `${SAMPLE_PREFIX}levi`);
    expect(isSample(sample)).toBe(true);
    expect(accepts(clientIdSchema, sample)).toBe(true);
    expect(isSample(newId<string>(randomBytes, ID))).toBe(false);
  });

  it.each(['short', '../../etc', 'a'.repeat(65), 'client 1', 'client-1\n', '', null])(
    'is not %j',
    (id) => {
      expect(accepts(clientIdSchema, id)).toBe(false);
    },
  );
});

describe('an entity', () => {
  it('passes fields of a newer version through', () => {
    const parsed = parseEntity('clients', ID, { ...client, mood: { good: true } });
    expect(parsed).toMatchObject({ ok: true, entity: { id: ID, mood: { good: true } } });
  });

  it('may be a promise without a day, kept in any of its states, or time of no minutes', () => {
    for (const status of [undefined, null, 'open', 'kept', 'broken', 'waived']) {
      expect(parseEntity('promises', ID, { ...promise, status }).ok).toBe(true);
    }
    expect(parseEntity('timeEntries', ID, { ...timeEntry, minutes: 0 }).ok).toBe(true);
  });

  it.each<readonly [string, Parameters<typeof parseEntity>]>([
    ['clients.name', ['clients', ID, { createdAt: 5 }]],
    ['clients.name', ['clients', ID, { ...client, name: '' }]],
    ['clients.tier', ['clients', ID, { ...client, tier: 'E' }]],
    ['clients.cadence', ['clients', ID, { ...client, cadence: [9, 1] }]],
    ['clients.id', ['clients', '../x', client]],
    ['clients.createdAt', ['clients', ID, { ...client, createdAt: 1e20 }]],
    ['interactions.kind', ['interactions', ID, { ...interaction, kind: 'pigeon' }]],
    ['interactions.clientId', ['interactions', ID, { ...interaction, clientId: 7 }]],
    ['interactions.threadUrl', ['interactions', ID, { ...interaction, threadUrl: 'javascript:x' }]],
    ['promises.direction', ['promises', ID, { ...promise, direction: 'both' }]],
    ['promises.what', ['promises', ID, { ...promise, what: '' }]],
    ['promises.dueOn', ['promises', ID, { ...promise, dueOn: '2026-02-31' }]],
    ['promises.status', ['promises', ID, { ...promise, status: 'late' }]],
    ['promises.threadUrl', ['promises', ID, { ...promise, threadUrl: 'data:text/html,x' }]],
    ['timeEntries.day', ['timeEntries', ID, { ...timeEntry, day: 'today' }]],
    ['timeEntries.minutes', ['timeEntries', ID, { ...timeEntry, minutes: 1441 }]],
    ['timeEntries.from', ['timeEntries', ID, { ...timeEntry, from: 'guessed' }]],
    ['settings.id', ['settings', ID, {}]],
  ])('is refused for %s', (field, [table, id, fields]) => {
    const parsed = parseEntity(table, id, fields);
    expect(parsed.ok).toBe(false);
    expect(!parsed.ok && parsed.reason.startsWith(`${field}: `)).toBe(true);
  });

  it('says why it was refused without a word of its content', () => {
    const secret = 'noa@secret.example';
    const emails = { [secret]: 'yes', [`${secret}, other`]: true };
    const parsed = parseEntity('contacts', 'contact-1', {
      clientId: ID,
      name: 'Noa',
      emails,
      createdAt: 1,
    });
    expect(parsed.ok).toBe(false);
    expect(JSON.stringify(parsed)).not.toContain('secret');
  });

  it('is refused or accepted, never thrown at, whatever comes', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...tableNames),
        fc.string(),
        fc.object({ withNullPrototype: true }),
        (table, id, fields) => {
          expect(typeof parseEntity(table, id, fields).ok).toBe('boolean');
        },
      ),
      { seed: SEED, numRuns: 300 },
    );
  });
});

it('names that every object has are not tables', () => {
  for (const name of ['toString', '__proto__', 'constructor', 'outbox', '']) {
    expect(isTableName(name)).toBe(false);
  }
  expect(tableNames.every(isTableName)).toBe(true);
});

it('an element that was taken out is no member', () => {
  expect(membersOf({ a: true, b: false })).toEqual(['a']);
  expect(membersOf(undefined)).toEqual([]);
});
