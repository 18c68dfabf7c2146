import { describe, expect, it } from 'vitest';
import {
  readHealth,
  type HealthStore,
} from '../../../extension/features/page-health/host-health.ts';
import { createTally, type Tally } from '../../../extension/features/page-health/tally.ts';

interface Tested extends Tally {
  readonly area: HealthStore;
  readonly reports: (readonly string[])[];
  health(): ReturnType<typeof readHealth>;
}

function memoryArea(): HealthStore {
  const items = new Map<string, unknown>();
  return {
    get: async (key) => ({ [key]: structuredClone(items.get(key)) }),
    set: async (added) => {
      for (const [key, value] of Object.entries(added)) items.set(key, structuredClone(value));
    },
    remove: async (key) => void items.delete(key),
  };
}

function tested(area = memoryArea(), now = 1000): Tested {
  const reports: (readonly string[])[] = [];
  const tally = createTally({
    host: 'gmail',
    area,
    now: () => now,
    report(missing) {
      reports.push(missing);
      return { host: 'gmail', missing, structure: ['0 div[class] ×1'] };
    },
  });
  return { ...tally, area, reports, health: () => readHealth(area, 'gmail') };
}

/** Reads so many different threads with the same rules. */
function readThreads(tally: Tally, count: number, via: Readonly<Record<string, string>>): void {
  for (let index = 0; index < count; index += 1)
    tally.read('thread', `${via['sender']}${index}`, via);
}

describe('the counts of rules', () => {
  it('take the last reading of each page, however often it was read', async () => {
    const tally = tested();
    tally.read('thread', 'a', { threadId: 'none', sender: 'gD' });
    tally.read('thread', 'a', { threadId: 'h2-legacy', sender: 'gD' });
    tally.read('list', '#inbox', { people: 'email' });
    tally.read('thread', 'a', { threadId: 'h2-legacy', sender: 'gD' });
    tally.read('thread', 'b', { threadId: '~any-legacy', sender: 'gD' });
    await tally.keep();
    expect((await tally.health())?.counts).toEqual({
      threadId: { 'h2-legacy': 1, '~any-legacy': 1 },
      sender: { gD: 2 },
      people: { email: 1 },
    });
  });

  it('are added to what the device knows, from the first reading on', async () => {
    const first = tested(memoryArea(), 1000);
    readThreads(first, 2, { sender: 'gD' });
    await first.keep();
    const second = tested(first.area, 2000);
    readThreads(second, 3, { sender: 'gD' });
    await second.keep();
    await second.keep();
    expect(await second.health()).toEqual({
      since: 1000,
      counts: { sender: { gD: 5 } },
      drift: null,
    });
  });

  it('write nothing where nothing was read', async () => {
    const tally = tested();
    await tally.keep();
    expect(await tally.health()).toBeUndefined();
  });
});

describe('a drift', () => {
  it('is reported when only fallbacks answer where a newer rule had answered before', async () => {
    const before = tested();
    readThreads(before, 3, { sender: 'gD', subject: 'hP' });
    await before.keep();
    const tally = tested(before.area, 5000);
    readThreads(tally, 7, { sender: '~gF', subject: 'hP' });
    await tally.keep();
    expect((await tally.health())?.drift).toEqual({
      host: 'gmail',
      missing: ['sender'],
      structure: ['0 div[class] ×1'],
      at: 5000,
    });
    expect(tally.reports).toHaveLength(1);
  });

  it('is none where the page was never as we know it', async () => {
    const tally = tested();
    readThreads(tally, 9, { account: '~badge' });
    await tally.keep();
    readThreads(tally, 9, { account: '~badge' });
    await tally.keep();
    expect((await tally.health())?.drift).toBeNull();
  });

  it('is none when a fallback answers now and then', async () => {
    const tally = tested();
    for (let round = 0; round < 5; round += 1) {
      readThreads(tally, 4, { sender: '~gF' });
      readThreads(tally, 1, { sender: 'gD' });
    }
    await tally.keep();
    expect((await tally.health())?.drift).toBeNull();
  });

  it('is reported at once for a page that cannot be read at all, and stays until it is cleared', async () => {
    const tally = tested();
    tally.drifted({ host: 'gmail', missing: ['thread'], structure: [] });
    await tally.keep();
    readThreads(tally, 3, { sender: 'gD' });
    await tally.keep();
    expect((await tally.health())?.drift).toMatchObject({ missing: ['thread'] });
  });
});
