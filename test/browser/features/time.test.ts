import { describe, expect, it } from 'vitest';
import { noteIdle, timeHandlers } from '../../../extension/features/time/background.ts';
import { isLive } from '../../../extension/db/stored-row.ts';
import type { Answer } from '../../../extension/messaging/messages.ts';
import { SETTINGS_ID } from '../../../shared/model/settings.ts';
import { toDay } from '../../../shared/rules/days.ts';
import {
  addClient,
  countingBytes,
  send,
  testDevice,
  type TestDevice,
} from '../db/support/device.ts';

const MINUTE_MS = 60_000;
/** A Wednesday morning, by the clock of whoever runs this. */
const MORNING = new Date(2026, 10, 25, 9).getTime();
const inTab = (tabId: number) => ({ isExtensionPage: false, tabId });
const popup = { isExtensionPage: true, tabId: null };

interface Scene {
  readonly device: TestDevice;
  readonly clock: { now: number };
  /** Made anew for each message, as a background that was stopped in between. */
  handlers(): ReturnType<typeof timeHandlers>;
  /** The page of a client is in front for so many minutes, with a sign of life in each. */
  work(clientId: string, minutes: number, tabId?: number): Promise<number>;
}

async function scene(): Promise<Scene> {
  const device = await testDevice();
  await device.writer.write([
    addClient('client-1', { name: 'Levi & Sons' }),
    addClient('client-2', { name: 'Nowak' }),
  ]);
  const clock = { now: MORNING };
  const bytes = countingBytes();
  const handlers = () =>
    timeHandlers({
      db: device.db,
      writer: device.restartedWriter(),
      now: () => clock.now,
      randomBytes: bytes,
    });
  const here = async (clientId: string | null, tabId: number): Promise<number> =>
    valueOf(await handlers()['time.here'].run({ clientId: clientId }, inTab(tabId))).minutes;
  return {
    device,
    clock,
    handlers,
    async work(clientId, minutes, tabId = 1) {
      let told = await here(clientId, tabId);
      for (let minute = 0; minute < minutes; minute++) {
        clock.now += MINUTE_MS;
        told = await here(clientId, tabId);
      }
      await here(null, tabId);
      return told;
    },
  };
}

function valueOf<Value>(answer: Answer<Value>): Value {
  if (!answer.ok) throw new Error(`refused: ${answer.error.code}`);
  return answer.value;
}

const suggestions = async ({ handlers }: Scene) =>
  valueOf(await handlers()['time.suggestions'].run({}, popup));

const record = async (
  { handlers }: Scene,
  minutes: number,
  day: string | null = null,
): Promise<string> =>
  valueOf(await handlers()['time.record'].run({ clientId: 'client-1', day, minutes }, inTab(1)))
    .undoToken;

describe('time in front of a client’s pages', () => {
  it('is added up over a background that is stopped between any two signs of life', async () => {
    const all = await scene();
    expect(await all.work('client-1', 12)).toBe(10);
    await all.work('client-2', 3);
    expect(await all.work('client-1', 13)).toBe(25);
    expect(await all.device.db.focusTimes.toArray()).toEqual([
      { clientId: 'client-1', day: toDay(MORNING), ms: 25 * MINUTE_MS },
      { clientId: 'client-2', day: toDay(MORNING), ms: 3 * MINUTE_MS },
    ]);
  });

  it('is never an entry, nor sent anywhere, until it is accepted', async () => {
    const all = await scene();
    const waiting = await all.device.store.pendingCount();
    await all.work('client-1', 25);
    expect(await all.device.db.timeEntries.count()).toBe(0);
    expect(await all.device.store.pendingCount()).toBe(waiting);
  });

  it('ends when the computer goes idle', async () => {
    const all = await scene();
    await all.work('client-1', 10);
    await all.handlers()['time.here'].run({ clientId: 'client-1' }, inTab(1));
    all.clock.now += 4 * MINUTE_MS;
    await noteIdle(all.device.db, 2 * MINUTE_MS, () => all.clock.now);
    all.clock.now += 2 * MINUTE_MS;
    await all.handlers()['time.here'].run({ clientId: null }, inTab(1));
    expect(await all.device.db.focusTimes.toArray()).toMatchObject([{ ms: 12 * MINUTE_MS }]);
  });

  it('is not counted when the user has turned it off', async () => {
    const all = await scene();
    await all.device.writer.write([
      { table: 'settings', id: SETTINGS_ID, patch: { suggestTime: false } },
    ]);
    expect(await all.work('client-1', 25)).toBe(0);
    expect(await all.device.db.focusTimes.count()).toBe(0);
  });

  it('of a fortnight ago is forgotten', async () => {
    const all = await scene();
    await all.work('client-1', 25);
    all.clock.now += 15 * 24 * 60 * MINUTE_MS;
    await all.work('client-2', 10);
    expect((await all.device.db.focusTimes.toArray()).map(({ clientId }) => clientId)).toEqual([
      'client-2',
    ]);
  });
});

describe('a suggestion', () => {
  it('is one for each client and day, of the days that are over', async () => {
    const all = await scene();
    await all.work('client-1', 25);
    await all.work('client-2', 4);
    expect(await suggestions(all)).toEqual([]);
    all.clock.now = new Date(2026, 10, 25, 17).getTime();
    expect(await suggestions(all)).toEqual([
      { clientId: 'client-1', name: 'Levi & Sons', day: '2026-11-25', minutes: 25 },
    ]);
    all.clock.now = new Date(2026, 10, 26, 9).getTime();
    await all.work('client-1', 30);
    expect(await suggestions(all)).toMatchObject([{ day: '2026-11-25', minutes: 25 }]);
  });

  it('becomes an entry when it is accepted, and comes back when that is undone', async () => {
    const all = await scene();
    await all.work('client-1', 25);
    all.clock.now = new Date(2026, 10, 25, 17).getTime();
    const token = await record(all, 25, '2026-11-25');
    expect(await all.device.db.timeEntries.toArray()).toMatchObject([
      { clientId: 'client-1', day: '2026-11-25', minutes: 25, from: 'suggested' },
    ]);
    expect(await suggestions(all)).toEqual([]);
    await all.device.writer.undo(token);
    expect((await all.device.db.timeEntries.toArray()).filter(isLive)).toEqual([]);
    expect(await suggestions(all)).toMatchObject([{ minutes: 25 }]);
  });

  it('that was corrected twice is still one entry', async () => {
    const all = await scene();
    await all.work('client-1', 25);
    await record(all, 30);
    await record(all, 15);
    expect(await all.device.db.timeEntries.toArray()).toMatchObject([{ minutes: 15 }]);
  });

  it('that was turned down is not made again, here or on the other device, and adds nothing', async () => {
    const all = await scene();
    const other = await scene();
    await all.work('client-1', 25);
    await other.work('client-1', 40);
    await record(all, 0);
    await send(all.device, other.device);
    for (const one of [all, other]) {
      one.clock.now = new Date(2026, 10, 25, 17).getTime();
      expect(await suggestions(one)).toEqual([]);
      const entries = await one.device.db.timeEntries.toArray();
      expect(entries.map(({ minutes }) => minutes)).toEqual([0]);
    }
  });

  it('is not made for a client that is gone', async () => {
    const all = await scene();
    await all.work('client-1', 25);
    await all.device.writer.write([{ table: 'clients', id: 'client-1', patch: { deleted: true } }]);
    all.clock.now = new Date(2026, 10, 25, 17).getTime();
    expect(await suggestions(all)).toEqual([]);
    const handlers = all.handlers();
    const input = { clientId: 'client-1', day: null, minutes: 25 };
    const answer = await handlers['time.record'].run(input, inTab(1));
    expect(answer).toMatchObject({ ok: false, error: { code: 'not-found' } });
  });
});
