import { expect, it, vi } from 'vitest';
import type { BookSource } from '../../../extension/db/book-source.ts';
import { createTodayModel } from '../../../extension/features/today/model.ts';

const LEVI = { clientId: 'client-levi', name: 'Levi & Sons', people: ['Noa Levi'] };

/** A book that is read when the test says so. */
function slowBook() {
  const opened = Promise.withResolvers<Awaited<ReturnType<BookSource['read']>>>();
  const clients = [LEVI];
  let changed = (): void => undefined;
  const source: BookSource = {
    read: () => opened.promise,
    search: (_book, text) =>
      Promise.resolve(clients.filter(({ name }) => name.toLowerCase().startsWith(text))),
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
  return { model, open, add };
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
  const lehtonen = { clientId: 'client-lehtonen', name: 'Lehtonen', people: [] };
  add(lehtonen);
  await vi.waitFor(() => expect(model.found.value).toEqual([LEVI, lehtonen]));
});
