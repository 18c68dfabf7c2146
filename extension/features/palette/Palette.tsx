import { useEffect, useRef, useState } from 'preact/hooks';
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

/** Clients and actions by name, without a mouse: type, arrows, Enter; Escape goes back a step. */
export function Palette({ t, actions, search, actionsFor, onClose }: Props) {
  const [text, setText] = useState('');
  const [found, setFound] = useState<readonly Found[]>([]);
  const [client, setClient] = useState<Found | null>(null);
  const [at, setAt] = useState(0);
  const input = useRef<HTMLInputElement>(null);
  const list = useRef<HTMLUListElement>(null);
  const latest = useRef('');

  useEffect(() => input.current?.focus(), [client]);
  useEffect(() => {
    latest.current = text;
    setAt(0);
    if (client || text.trim() === '') {
      setFound([]);
      return;
    }
    void search(text).then((answer) => {
      // Only for what is in the field now: an answer to an earlier text may come late.
      if (latest.current === text) setFound(answer);
    });
  }, [text, client, search]);

  const choices = client
    ? choicesFor(text, actionsFor(client), [])
    : choicesFor(text, actions, found);
  useEffect(() => {
    list.current?.children[at]?.scrollIntoView({ block: 'nearest' });
  }, [at]);

  const choose = (choice: Choice | undefined): void => {
    if (!choice) return;
    if (choice.kind === 'client') {
      setClient(choice.client);
      setText('');
      return;
    }
    onClose();
    choice.action.run();
  };
  const back = (): void => {
    if (!client) return onClose();
    setClient(null);
    setText('');
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const keys: Readonly<Record<string, (() => void) | undefined>> = {
      ArrowDown: () => setAt((at + 1) % Math.max(1, choices.length)),
      ArrowUp: () => setAt((at + choices.length - 1) % Math.max(1, choices.length)),
      Enter: () => choose(choices[at]),
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
          onInput={(event) => setText(event.currentTarget.value)}
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
