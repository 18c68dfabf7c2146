import { describe, expect, it } from 'vitest';
import { quickLogHandlers } from '../../../extension/features/quick-log/background.ts';
import type { LogInput } from '../../../extension/features/quick-log/messages.ts';
import { noonOf, toDay } from '../../../shared/rules/days.ts';
import {
  NOW,
  addClient,
  countingBytes,
  testDevice,
  type TestDevice,
} from '../db/support/device.ts';

const asker = { isExtensionPage: false, tabId: 1 };
const mail: LogInput = {
  clientId: 'client-1',
  contactId: null,
  kind: 'email',
  direction: 'in',
  at: null,
  minutes: null,
  summary: '',
  subject: 'Drawings',
  threadUrl: 'https://mail.example/1',
  source: 'gmail:me@mine.example:1',
  again: false,
};

async function ready(): Promise<{
  device: TestDevice;
  handlers: ReturnType<typeof quickLogHandlers>;
}> {
  const device = await testDevice();
  await device.writer.write([addClient('client-1'), addClient('client-2')]);
  const { db, writer } = device;
  const deps = {
    db,
    writer,
    now: () => NOW,
    randomBytes: countingBytes(),
    lineLanguages: () => Promise.resolve([]),
  };
  return { device, handlers: quickLogHandlers(deps) };
}

describe('a log', () => {
  it('stores what is there and nothing that is empty', async () => {
    const { device, handlers } = await ready();
    const answer = await handlers['log.add'].run(mail, asker);
    expect(answer).toMatchObject({
      ok: true,
      value: { status: 'logged', clientName: 'Levi & Sons', at: NOW },
    });
    const [row] = await device.db.interactions.toArray();
    expect(row).toMatchObject({ kind: 'email', subject: 'Drawings', at: NOW, createdAt: NOW });
    expect(Object.keys(row ?? {})).not.toContain('summary');
    expect(Object.keys(row ?? {})).not.toContain('contactId');
  });

  it('of what was on an earlier day is of that day, and of today or later it is of now', async () => {
    const { handlers } = await ready();
    const loggedAt = async (day: string | undefined, source = `event:${day}`): Promise<unknown> => {
      const answer = await handlers['log.add'].run({ ...mail, source, day }, asker);
      return answer.ok && answer.value.at;
    };
    expect(await loggedAt('2024-02-29')).toBe(noonOf('2024-02-29'));
    for (const day of [toDay(NOW), '2999-01-01', undefined]) {
      expect(await loggedAt(day)).toBe(NOW);
    }
  });

  it('of the same message is not made twice unasked', async () => {
    const { device, handlers } = await ready();
    await handlers['log.add'].run(mail, asker);
    expect(await handlers['log.add'].run(mail, asker)).toEqual({
      ok: true,
      value: { status: 'already-logged', at: NOW },
    });
    expect(await device.db.interactions.count()).toBe(1);
    await handlers['log.add'].run({ ...mail, again: true }, asker);
    await handlers['log.add'].run({ ...mail, clientId: 'client-2' }, asker);
    expect(await device.db.interactions.count()).toBe(3);
  });

  it('of the same message is made again once the first was undone', async () => {
    const { device, handlers } = await ready();
    const first = await handlers['log.add'].run(mail, asker);
    const token = first.ok && first.value.status === 'logged' ? first.value.undoToken : '';
    expect(await handlers['change.undo'].run({ token }, asker)).toEqual({
      ok: true,
      value: { undone: true },
    });
    expect(await handlers['log.add'].run(mail, asker)).toMatchObject({
      value: { status: 'logged' },
    });
    expect(await device.db.standings.get('client-1')).toMatchObject({ interactionCount: 1 });
  });

  it('is one log when two clicks come at once', async () => {
    const { handlers } = await ready();
    const answers = await Promise.all([
      handlers['log.add'].run(mail, asker),
      handlers['log.add'].run(mail, asker),
    ]);
    const statuses = answers.map((answer) => (answer.ok ? answer.value.status : 'failed'));
    expect(statuses.toSorted()).toEqual(['already-logged', 'logged']);
  });

  it('without a source is never taken for another', async () => {
    const { device, handlers } = await ready();
    await handlers['log.add'].run({ ...mail, source: null }, asker);
    await handlers['log.add'].run({ ...mail, source: null }, asker);
    expect(await device.db.interactions.count()).toBe(2);
  });

  it('with a client that is gone is answered so', async () => {
    const { device, handlers } = await ready();
    await device.writer.write([{ table: 'clients', id: 'client-1', patch: { deleted: true } }]);
    expect(await handlers['log.add'].run(mail, asker)).toMatchObject({
      error: { code: 'not-found' },
    });
  });

  it('can be backdated and completed afterwards, and that undone by itself', async () => {
    const { device, handlers } = await ready();
    const logged = await handlers['log.add'].run(mail, asker);
    const id = logged.ok && logged.value.status === 'logged' ? logged.value.id : '';
    const changed = await handlers['log.change'].run(
      { id, at: NOW - 5, summary: 'about the gate' },
      asker,
    );
    expect(await device.db.interactions.get(id)).toMatchObject({
      at: NOW - 5,
      summary: 'about the gate',
    });
    const token = changed.ok ? changed.value.undoToken : '';
    await handlers['change.undo'].run({ token }, asker);
    expect(await device.db.interactions.get(id)).toMatchObject({ at: NOW, summary: null });
    expect(await handlers['change.undo'].run({ token }, asker)).toMatchObject({
      value: { undone: false },
    });
  });
});
