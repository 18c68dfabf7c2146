import { Bidi } from '../../ui/Bidi.tsx';
import { isolate } from '../../ui/isolate.ts';
import type { Translator } from '../../ui/translate.ts';
import type { NameAnswer } from './model.ts';

interface Props {
  readonly t: Translator;
  readonly names: readonly NameAnswer[];
  readonly onForget: (key: string) => void;
}

/** Who is known by a name alone, and who is not: each answer can be taken back. */
export function NamesSection({ t, names, onForget }: Props) {
  const wordsOf = ({ person, isSame, name }: NameAnswer): string => {
    if (!person) return name;
    const places = { person: isolate(person.name), client: isolate(person.clientName) };
    return t.text(isSame ? 'nameAnswerSame' : 'nameAnswerOther', places);
  };
  return (
    <section data-part="names">
      <h2>{t.text('namesTitle')}</h2>
      {names.length === 0 && <p class="hint">{t.text('namesEmpty')}</p>}
      <ul class="stack">
        {names.map((each) => (
          <li key={each.key} class="row">
            <span class="grow">
              <Bidi text={wordsOf(each)} />
              {each.account !== '' && (
                <span class="hint">
                  {' '}
                  <Bidi text={each.account} />
                </span>
              )}
            </span>
            <button
              type="button"
              data-action="forget-name"
              aria-label={t.text('neverRemove', { who: isolate(each.person?.name ?? each.name) })}
              onClick={() => onForget(each.key)}
            >
              ×
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
