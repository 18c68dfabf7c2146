import { expect, onTestFinished, test, vi } from 'vitest';
import { observe } from '../../../extension/sites/observe.ts';

interface Watched {
  readonly matters: ReturnType<typeof vi.fn>;
  readonly onMatter: ReturnType<typeof vi.fn>;
  readonly onMissed: ReturnType<typeof vi.fn>;
  readonly abort: AbortController;
}

function watched(): Watched {
  const abort = new AbortController();
  onTestFinished(() => abort.abort());
  const matters = vi.fn(({ target }: MutationRecord) => target.nodeName === 'MAIN');
  const [onMatter, onMissed] = [vi.fn(), vi.fn()];
  observe(
    { document, window, signal: abort.signal },
    { attributeFilter: ['email'], matters, onMatter, onMissed },
  );
  return { matters, onMatter, onMissed, abort };
}

/** What opening a thread does not come near. */
const MORE_THAN_A_BURST = 1100;

const told = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

/** So many records in one go. */
function mutate(count: number): Promise<void> {
  const box = document.createElement('div');
  document.body.append(box);
  for (let made = 1; made < count; made += 1) box.append('.');
  return told().then(() => box.remove());
}

test('what is added is told, and what matters of it is acted on once', async () => {
  const { matters, onMatter, onMissed } = watched();
  const main = document.createElement('main');
  document.body.append(main);
  main.append('one', 'two');
  main.setAttribute('email', 'jane@example.com');
  main.setAttribute('class', 'told to nobody');
  await told();
  expect(matters.mock.calls.length).toBeGreaterThan(2);
  expect(onMatter).toHaveBeenCalledTimes(1);
  expect(onMissed).not.toHaveBeenCalled();
  main.remove();
});

test('of a page that never rests most is not told, and it is looked at again and again', async () => {
  const { matters, onMissed } = watched();
  let made = 0;
  for (const until = performance.now() + 2000; performance.now() < until; made += 40) {
    await mutate(40);
  }
  expect(made).toBeGreaterThan(2500);
  expect(matters.mock.calls.length).toBeLessThan(made / 2);
  expect(onMissed.mock.calls.length).toBeGreaterThan(2);
  expect(onMissed.mock.calls.length).toBeLessThan(8);
});

test('a break ends by itself, and all may have changed meanwhile', async () => {
  const { matters, onMatter, onMissed } = watched();
  await mutate(MORE_THAN_A_BURST);
  matters.mockClear();
  await mutate(3);
  expect(matters).not.toHaveBeenCalled();
  await vi.waitFor(() => expect(onMissed).toHaveBeenCalledTimes(1));
  expect(onMatter).toHaveBeenCalledTimes(1);
  await mutate(3);
  expect(matters).toHaveBeenCalled();
});

test.each(['pointerdown', 'keydown', 'popstate'])('a %s ends a break at once', async (type) => {
  const { matters, onMatter, onMissed } = watched();
  await mutate(MORE_THAN_A_BURST);
  matters.mockClear();
  window.dispatchEvent(new Event(type));
  expect(onMissed).toHaveBeenCalledTimes(1);
  expect(onMatter).toHaveBeenCalledTimes(1);
  await mutate(100);
  expect(matters).toHaveBeenCalled();
});

test('a new address ends a break, also where the page tells nobody', async () => {
  const { onMissed } = watched();
  await mutate(MORE_THAN_A_BURST);
  const before = location.href;
  history.pushState(null, '', '#elsewhere');
  onTestFinished(() => history.replaceState(null, '', before));
  expect(onMissed).toHaveBeenCalledTimes(1);
});

test('who has left is told nothing, not even that a break is over', async () => {
  const { onMatter, onMissed, abort } = watched();
  await mutate(MORE_THAN_A_BURST);
  abort.abort();
  window.dispatchEvent(new Event('pointerdown'));
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(onMissed).not.toHaveBeenCalled();
  expect(onMatter).not.toHaveBeenCalled();
});

test('a node that throws when it is looked at counts as one that matters', async () => {
  const { matters, onMatter } = watched();
  matters.mockImplementation(() => {
    throw new TypeError('not a function');
  });
  await mutate(2);
  expect(onMatter).toHaveBeenCalled();
});
