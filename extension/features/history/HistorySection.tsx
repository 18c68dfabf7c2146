import { useEffect, useState } from 'preact/hooks';
import type { Found } from '../../db/search-query.ts';
import type { VersionLine } from '../../sync/membership/versions.ts';
import { Bidi } from '../../ui/Bidi.tsx';
import { isolate } from '../../ui/isolate.ts';
import type { Translator } from '../../ui/translate.ts';
import { useValue } from '../../ui/use-value.ts';
import { writtenAt, type HistoryModel, type HistoryRow, type ReadVersions } from './model.ts';

interface Props {
  readonly t: Translator;
  readonly model: HistoryModel;
  readonly now: () => number;
  readonly search: (text: string) => Promise<readonly Found[]>;
  /** Null where there is no workspace. */
  readonly readVersions: ReadVersions | null;
  readonly announce: (words: string, undoToken: string | null) => void;
}

/** Nothing that was accepted is gone: what lost to another edit, and how a row was before. */
export function HistorySection({ t, model, now, search, readVersions, announce }: Props) {
  const [text, setText] = useState('');
  const [found, setFound] = useState<readonly Found[]>([]);
  const rows = useValue(model.rows);
  useEffect(() => {
    let isCurrent = true;
    void search(text).then((results) => isCurrent && setFound(results));
    return () => {
      isCurrent = false;
    };
  }, [text, search]);
  const done = (token: string | null): void => {
    if (token !== null) announce(t.text('historyRestored'), token);
  };
  return (
    <section id="history">
      <h2>{t.text('historyTitle')}</h2>
      <p class="hint">{t.text('historyHelp')}</p>
      <input
        type="search"
        dir="auto"
        data-field="history-search"
        maxLength={200}
        aria-label={t.text('historyFind')}
        placeholder={t.text('historyFind')}
        value={text}
        onInput={({ currentTarget }) => setText(currentTarget.value)}
      />
      {found.length > 0 && (
        <ul class="stack" data-part="history-found">
          {found.map(({ clientId, name }) => (
            <li key={clientId}>
              <button
                type="button"
                data-action="open-history"
                onClick={() => {
                  setText('');
                  void model.open(clientId);
                }}
              >
                <Bidi text={name} />
              </button>
            </li>
          ))}
        </ul>
      )}
      {rows.map((row) => (
        <Row
          key={`${row.table}/${row.id}`}
          t={t}
          row={row}
          now={now}
          readVersions={readVersions}
          onUse={async (loser) => done(await model.use(row, loser))}
          onRestore={async (fields) => done(await model.restore(row, fields))}
        />
      ))}
    </section>
  );
}

interface RowProps {
  readonly t: Translator;
  readonly row: HistoryRow;
  readonly now: () => number;
  readonly readVersions: ReadVersions | null;
  readonly onUse: (loser: HistoryRow['losers'][number]) => Promise<void>;
  readonly onRestore: (fields: VersionLine['fields']) => Promise<void>;
}

function Row({ t, row, now, readVersions, onUse, onRestore }: RowProps) {
  const [versions, setVersions] = useState<readonly VersionLine[] | null>(null);
  return (
    <div class="stack notice" data-part="history-row" data-table={row.table}>
      <div class="row">
        <strong class="grow">
          <Bidi text={row.title} />
        </strong>
        <button
          type="button"
          class="quiet"
          data-action="show-versions"
          disabled={readVersions === null}
          title={readVersions === null ? t.text('historyNeedsSync') : ''}
          onClick={() => void readVersions?.(row).then((lines) => lines && setVersions(lines))}
        >
          {t.text('historyShow')}
        </button>
      </div>
      {row.losers.length > 0 && (
        <ul class="stack" aria-label={t.text('historyLosers')} data-part="losers">
          {row.losers.map((loser) => (
            <li key={`${loser.path}/${loser.stamp}`} class="row">
              <span class="grow">
                {t.text('historyLoser', {
                  field: isolate(loser.path),
                  value: isolate(String(loser.value)),
                  when: t.date(writtenAt(loser), now()),
                })}
              </span>
              <button type="button" data-action="use-loser" onClick={() => void onUse(loser)}>
                {t.text('historyUse')}
              </button>
            </li>
          ))}
        </ul>
      )}
      {row.losers.length === 0 && versions === null && (
        <p class="hint">{t.text('historyNothing')}</p>
      )}
      {versions?.length === 0 && <p class="hint">{t.text('historyNoVersions')}</p>}
      {versions && versions.length > 0 && (
        <ul class="stack" aria-label={t.text('historyVersions')} data-part="versions">
          {versions.map((version) => (
            <li key={version.seq} class="row">
              <span class="grow">
                {t.text('historyVersion', {
                  when: t.exact(version.writtenAt),
                  device: isolate(version.deviceName ?? t.text('historyUnknownDevice')),
                })}
                <span class="hint"> {differences(version.fields, row.fields).join(', ')}</span>
              </span>
              <button
                type="button"
                data-action="restore-version"
                onClick={() => void onRestore(version.fields)}
              >
                {t.text('historyRestore')}
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

/** The names of the fields that were different. */
const differences = (version: HistoryRow['fields'], present: HistoryRow['fields']): string[] =>
  [...new Set([...Object.keys(version), ...Object.keys(present)])].filter(
    (name) => JSON.stringify(version[name]) !== JSON.stringify(present[name]),
  );
