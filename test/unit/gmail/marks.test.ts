import { describe, expect, it } from 'vitest';
import { createMarks, type MarksModel } from '../../../extension/features/list-marks/model.ts';
import type { PromiseId } from '../../../shared/model/ids.ts';
import type { ClientMark } from '../../../extension/features/list-marks/messages.ts';
import { markLook } from '../../../extension/entrypoints/gmail.content/mark-look.ts';
import { failed, ok } from '../../../extension/messaging/messages.ts';
import { createTranslator } from '../../../extension/ui/translate.ts';
import english from '../../../extension/locales/en.json' with { type: 'json' };

const levi: ClientMark = {
  clientId: 'client-1',
  name: 'Levi & Sons',
  strength: 'overdue',
  promise: null,
};
const t = createTranslator({ locale: 'en', direction: 'ltr', catalogue: english });
const plain = (text: string): string => text.replaceAll(/[\u2068\u2069]/g, '');

interface Asked {
  readonly asked: string[][];
  readonly clock: { now: number };
  readonly marks: MarksModel<ClientMark>;
}

function withAnswers(isFailing = false): Asked {
  const asked: string[][] = [];
  const clock = { now: 0 };
  const marks = createMarks({
    now: () => clock.now,
    lookOf: (mark) => mark,
    send: async (_name, { addresses }) => {
      asked.push([...addresses]);
      if (isFailing) return failed('storage-failed');
      return ok(addresses.map((address) => (address.endsWith('@levi.example') ? levi : null)));
    },
  });
  return { asked, clock, marks };
}

describe('the marks of a list', () => {
  it('are asked for in one message, each address once', async () => {
    const { asked, marks } = withAnswers();
    const learnt = await marks.learn(['noa@levi.example', 'x@x.example', 'noa@levi.example']);
    expect(learnt).toBe(true);
    expect(asked).toEqual([['noa@levi.example', 'x@x.example']]);
    expect(marks.first(['x@x.example', 'noa@levi.example'], null)).toBe(levi);
    expect(marks.first(['noa@levi.example'], 'noa@levi.example')).toBeNull();
  });

  it('of strangers are nothing to look at again', async () => {
    const { asked, marks } = withAnswers();
    expect(await marks.learn(['x@x.example', 'y@y.example'])).toBe(false);
    expect(await marks.learn(['x@x.example'])).toBe(false);
    expect(asked).toHaveLength(1);
  });

  it('are not asked for again, neither while the answer is on its way nor after it', async () => {
    const { asked, marks } = withAnswers();
    const first = marks.learn(['noa@levi.example']);
    expect(await marks.learn(['noa@levi.example'])).toBe(false);
    await first;
    expect(await marks.learn(['noa@levi.example'])).toBe(false);
    expect(asked).toHaveLength(1);
  });

  it('are asked for anew when something has changed, and an answer from before is dropped', async () => {
    const { asked, marks } = withAnswers();
    const late = marks.learn(['noa@levi.example']);
    marks.forget();
    expect(await late).toBe(false);
    expect(marks.first(['noa@levi.example'], null)).toBeNull();
    await marks.learn(['noa@levi.example']);
    expect(asked).toHaveLength(2);
  });

  it('stand until they are answered anew: a list does not lose them for a moment', async () => {
    const { asked, marks } = withAnswers();
    await marks.learn(['noa@levi.example']);
    marks.forget();
    expect(marks.first(['noa@levi.example'], null)).toBe(levi);
    expect(await marks.learn(['noa@levi.example'])).toBe(true);
    expect(asked).toHaveLength(2);
  });

  it('are asked for anew after a while, since a client becomes due as days begin', async () => {
    const { asked, clock, marks } = withAnswers();
    await marks.learn(['noa@levi.example']);
    clock.now += 11 * 60_000;
    await marks.learn(['noa@levi.example']);
    expect(asked).toHaveLength(2);
  });

  it('are asked for again where the background could not answer', async () => {
    const { asked, marks } = withAnswers(true);
    expect(await marks.learn(['noa@levi.example'])).toBe(false);
    await marks.learn(['noa@levi.example']);
    expect(asked).toHaveLength(2);
  });

  it('ask for no more at a time than the background takes', async () => {
    const { asked, marks } = withAnswers();
    const many = Array.from({ length: 1000 }, (_, index) => `p${index}@x.example`);
    await marks.learn(many);
    await marks.learn(many);
    expect(asked.map((addresses) => addresses.length)).toEqual([400, 400]);
  });
});

describe('a mark', () => {
  const NOW = new Date(2026, 10, 20, 12).getTime();

  it('says the client’s name and how we stand', () => {
    const look = markLook(t, levi, NOW);
    expect(plain(look.label)).toBe('Levi & Sons: Overdue');
    expect(look.dot).toBeNull();
  });

  it('says what is promised, with a dot that is late when the promise is', () => {
    const promise = {
      id: 'promise-1' as PromiseId,
      direction: 'ours',
      what: 'the quote',
      dueOn: '2026-11-22',
    } as const;
    const soon = markLook(t, { ...levi, strength: 'none', promise }, NOW);
    expect(plain(soon.label)).toBe('Levi & Sons: On rhythm. You owe: the quote, in 2 days');
    const late = markLook(t, { ...levi, promise: { ...promise, dueOn: '2026-11-19' } }, NOW);
    expect(plain(late.label)).toContain('the quote, 1 day late');
    expect(new Set([soon.dot, late.dot, null]).size).toBe(3);
  });
});
