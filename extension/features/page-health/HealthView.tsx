import { useEffect, useState } from 'preact/hooks';
import type { TextKey, Translator } from '../../ui/translate.ts';
import { healthKey, readHealth, type HealthStore, type HostHealth } from './host-health.ts';

interface Props {
  readonly t: Translator;
  readonly area: HealthStore;
}

/** Which rules read which page, and what to hand on when a page has changed. */
export function HealthView({ t, area }: Props) {
  const [hosts, setHosts] = useState<readonly (readonly [string, HostHealth])[]>([]);
  const load = async (): Promise<void> => {
    const found = await Promise.all(
      Object.keys(HOST_NAMES).map(async (host) => [host, await readHealth(area, host)] as const),
    );
    setHosts(found.flatMap(([host, health]) => (health ? [[host, health] as const] : [])));
  };
  useEffect(() => void load(), [area]);
  const clear = async (host: string): Promise<void> => {
    await area.remove(healthKey(host));
    await load();
  };
  return (
    <section id="pages" data-part="page-health">
      <h2>{t.text('healthTitle')}</h2>
      <p class="hint">{t.text('healthHelp')}</p>
      {hosts.length === 0 && <p class="hint">{t.text('healthEmpty')}</p>}
      {hosts.map(([host, health]) => (
        <HostView key={host} t={t} host={host} health={health} onClear={() => void clear(host)} />
      ))}
    </section>
  );
}

const HOST_NAMES: Readonly<Record<string, string>> = { gmail: 'Gmail', outlook: 'Outlook' };

interface HostProps {
  readonly t: Translator;
  readonly host: string;
  readonly health: HostHealth;
  readonly onClear: () => void;
}

function HostView({ t, host, health, onClear }: HostProps) {
  const { drift } = health;
  return (
    <div class="stack" data-host={host}>
      <h3>{HOST_NAMES[host] ?? host}</h3>
      <p class={drift ? 'late' : 'good'} data-part="verdict">
        {t.text(drift ? 'healthDrift' : 'healthGood')}
      </p>
      {drift && <Report t={t} text={JSON.stringify(drift, null, 1)} />}
      <details>
        <summary>{t.text('healthSince', { when: t.exact(health.since) })}</summary>
        <table>
          <thead>
            <tr>
              <th scope="col">{t.text('healthQuestion')}</th>
              <th scope="col">{t.text('healthRules')}</th>
            </tr>
          </thead>
          <tbody>
            {Object.entries(health.counts).map(([question, rules]) => (
              <tr key={question}>
                <th scope="row">{t.text(`health_${question}` as TextKey)}</th>
                <td dir="ltr">
                  {Object.entries(rules)
                    .map(([rule, count]) => `${rule} ${t.number(count)}`)
                    .join(', ')}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
      <button type="button" data-action="clear-health" onClick={onClear}>
        {t.text('healthClear')}
      </button>
    </div>
  );
}

/** Shown in full before it is copied: the user sees what would be handed on. */
function Report({ t, text }: { readonly t: Translator; readonly text: string }) {
  const [isCopied, setCopied] = useState(false);
  const copy = async (): Promise<void> => {
    await navigator.clipboard.writeText(text);
    setCopied(true);
  };
  return (
    <>
      <textarea
        readOnly
        rows={8}
        dir="ltr"
        data-field="drift-report"
        aria-label={t.text('healthCopy')}
        value={text}
      />
      <button type="button" data-action="copy-drift" onClick={() => void copy()}>
        {t.text(isCopied ? 'healthCopied' : 'healthCopy')}
      </button>
    </>
  );
}
