import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { Found } from '../../db/search-query.ts';
import { Bidi } from '../../ui/Bidi.tsx';
import type { Translator } from '../../ui/translate.ts';
import { choicesFor, type Choice, type PaletteAction } from './choices.ts';

interface Props {
  readonly t: Translator;
  readonly actions: readonly PaletteAction[];
  readonly search: (text: string) => Promise<readonly Found[]>;
  /** What can be done with a client that was chosen; the first is what a second Enter does. */
  readonly actionsFor: (client: Found) => readonly PaletteAction[];
  readonly onClose: () => void;
}

/** What was found, and for which text. */
interface Answer {
  readonly text: string;
  readonly found: readonly Found[];
}

const NOTHING: Answer = { text: '', found: [] };

/** Clients and actions by name, without a mouse: type, arrows, Enter; Escape goes back a step. */
export function Palette({ t, actions, search, actionsFor, onClose }: Props) {
  const [text, setText] = useState('');
  const [answer, setAnswer] = useState(NOTHING);
  const [client, setClient] = useState<Found | null>(null);
  /** By its key, since what stands above it may come later; null is the first one. */
  const [picked, setPicked] = useState<string | null>(null);
  const input = useRef<HTMLInputElement>(null);
  const list = useRef<HTMLUListElement>(null);
  const latest = useRef('');
  /** Enter was pressed before the answer to the text was there. */
  const isEntered = useRef(false);
  const isAnswered = client !== null || answer.text === text.trim();

  // Before the next key, or it would be the page's.
  useLayoutEffect(() => input.current?.focus(), [client]);
  useEffect(() => {
    const wanted = client ? '' : text.trim();
    latest.current = wanted;
    if (wanted === '') return setAnswer(NOTHING);
    // What cannot be searched has nothing: the page behind says what is wrong with the storage.
    const searching = search(wanted).catch((): readonly Found[] => []);
    void searching.then((found) => {
      // Only for what is in the field now: an answer to an earlier text may come late.
      if (latest.current === wanted) setAnswer({ text: wanted, found });
    });
  }, [text, client, search]);

  const choices = client
    ? choicesFor(text, actionsFor(client), [])
    : choicesFor(text, actions, answer.found);
  const at = Math.max(
    0,
    choices.findIndex((choice) => keyOf(choice) === picked),
  );
  useEffect(() => {
    list.current?.children[at]?.scrollIntoView({ block: 'nearest' });
  }, [at]);

  const change = (text: string): void => {
    isEntered.current = false;
    setText(text);
    setPicked(null);
  };
  const choose = (choice: Choice | undefined): void => {
    if (!choice) return;
    if (choice.kind === 'client') {
      setClient(choice.client);
      change('');
      return;
    }
    onClose();
    choice.action.run();
  };
  const back = (): void => {
    if (!client) return onClose();
    setClient(null);
    change('');
  };
  const enter = (): void => {
    isEntered.current = !isAnswered;
    if (isAnswered) choose(choices[at]);
  };
  useEffect(() => {
    if (isEntered.current) enter();
  }, [answer]);
  const step = (by: number): void => {
    const next = choices.at((at + by) % choices.length);
    if (next) setPicked(keyOf(next));
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const keys: Readonly<Record<string, (() => void) | undefined>> = {
      ArrowDown: () => step(1),
      ArrowUp: () => step(-1),
      Enter: enter,
      Escape: back,
      // The list has no stops of its own, and what lies behind it must not be reached.
      Tab: () => {},
    };
    // Enter also ends a word that is being composed, in Chinese for one.
    const run = event.isComposing ? undefined : keys[event.key];
    event.stopPropagation();
    if (!run) return;
    event.preventDefault();
    run();
  };
  const active = choices.length > 0 ? `palette-${at}` : undefined;
  return (
    <div class="palette-back" onClick={onClose}>
      <div
        class="palette stack"
        role="dialog"
        aria-modal="true"
        aria-label={t.text('palette')}
        data-part="palette"
        onClick={(event) => event.stopPropagation()}
        onKeyDown={onKeyDown}
      >
        {client && (
          <p class="hint" data-part="palette-client">
            <Bidi text={client.name} />
          </p>
        )}
        <input
          ref={input}
          data-field="palette"
          dir="auto"
          value={text}
          maxLength={200}
          role="combobox"
          aria-expanded="true"
          aria-controls="palette-list"
          aria-activedescendant={active}
          aria-label={t.text('paletteHint')}
          placeholder={t.text('paletteHint')}
          onInput={(event) => change(event.currentTarget.value)}
        />
        <ul id="palette-list" role="listbox" aria-label={t.text('palette')} ref={list}>
          {choices.map((choice, index) => (
            <li
              key={keyOf(choice)}
              id={`palette-${index}`}
              role="option"
              aria-selected={index === at}
              data-choice={keyOf(choice)}
              onClick={() => choose(choice)}
            >
              <ChoiceLine choice={choice} />
            </li>
          ))}
        </ul>
        {choices.length === 0 && <p class="hint">{t.text('paletteNothing', { text })}</p>}
      </div>
    </div>
  );
}

const keyOf = (choice: Choice): string =>
  choice.kind === 'client' ? choice.client.clientId : choice.action.id;

function ChoiceLine({ choice }: { readonly choice: Choice }) {
  if (choice.kind === 'action') {
    const { label, key } = choice.action;
    return (
      <>
        <span class="grow clip">{label}</span>
        {key !== undefined && <kbd>{key}</kbd>}
      </>
    );
  }
  const { name, people } = choice.client;
  return (
    <>
      <Bidi text={name} />
      <span class="hint grow clip" dir="auto">
        {people.slice(0, 2).join(', ')}
      </span>
    </>
  );
}
