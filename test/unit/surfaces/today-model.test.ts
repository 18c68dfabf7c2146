import { expect, it, vi } from 'vitest';
import type { BookSource } from '../../../extension/db/book-source.ts';
import { createTodayModel } from '../../../extension/features/today/model.ts';

const LEVI = { clientId: 'client-levi', name: 'Levi & Sons', people: ['Noa Levi'] };
const LEHTONEN = { clientId: 'client-lehtonen', name: 'Lehtonen', people: [] };

/** A book that is read when the test says so. */
function slowBook() {
  const opened = Promise.withResolvers<Awaited<ReturnType<BookSource['read']>>>();
  const clients = [LEVI];
  /** What each search waits for, in turn; nothing when there is none left. */
  const answers: Promise<void>[] = [];
  let changed = (): void => undefined;
  const source: BookSource = {
    read: () => opened.promise,
    async search(_book, text) {
      const results = clients.filter(({ name }) => name.toLowerCase().startsWith(text));
      await answers.shift();
      return results;
    },
    chosenLanguage: () => Promise.resolve(null),
    watch: (onChange) => {
      changed = onChange;
      return () => undefined;
    },
  };
  const model = createTodayModel({
    glance: null,
    source: () => Promise.resolve(source),
    send: () => Promise.reject(new Error('nothing is sent')),
    now: () => 0,
  });
  const open = (): void =>
    opened.resolve({ entries: [], settings: undefined, isHistoryArriving: false });
  const add = (client: typeof LEVI): void => {
    clients.push(client);
    changed();
  };
  return { model, open, add, answers };
}

it('what is typed before the book is there is looked for once it is, and so is all that follows', async () => {
  const { model, open } = slowBook();
  const loaded = model.load();
  await model.search('le');
  expect(model.found.value).toBeNull();
  open();
  await loaded;
  await vi.waitFor(() => expect(model.found.value).toEqual([LEVI]));
  await model.search('nobody');
  expect(model.found.value).toEqual([]);
});

it('what was found is looked for again when the book changes', async () => {
  const { model, open, add } = slowBook();
  open();
  await model.load();
  await model.search('le');
  expect(model.found.value).toEqual([LEVI]);
  add(LEHTONEN);
  await vi.waitFor(() => expect(model.found.value).toEqual([LEVI, LEHTONEN]));
});

it('what was found in an older book does not take the place of what the newer one gave', async () => {
  const { model, open, add, answers } = slowBook();
  open();
  await model.load();
  const late = Promise.withResolvers<void>();
  answers.push(late.promise);
  const first = model.search('le');
  await vi.waitFor(() => expect(answers).toEqual([]));
  add(LEHTONEN);
  await vi.waitFor(() => expect(model.found.value).toEqual([LEVI, LEHTONEN]));
  late.resolve();
  await first;
  expect(model.found.value).toEqual([LEVI, LEHTONEN]);
});
