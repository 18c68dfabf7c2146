import { useEffect, useState } from 'preact/hooks';
import { Bidi } from '../../ui/Bidi.tsx';
import type { Translator } from '../../ui/translate.ts';
import { isolate } from '../../ui/isolate.ts';
import { forgetPlace } from './handle-place.ts';
import { sitesAmong, type Site } from './site-of.ts';
import type { SitesBrowser } from './sites-browser.ts';

interface Props {
  readonly t: Translator;
  readonly browser: SitesBrowser;
}

/** Where clients are shown beside the mail, each turned off as easily as it was turned on. */
export function SitesView({ t, browser }: Props) {
  const { permissions, runtime, storage } = browser;
  const [sites, setSites] = useState<readonly Site[]>([]);
  const own = runtime.getManifest().host_permissions ?? [];
  useEffect(() => {
    const load = (): void => {
      void permissions.getAll().then(({ origins }) => setSites(sitesAmong(origins ?? [], own)));
    };
    load();
    permissions.onAdded.addListener(load);
    permissions.onRemoved.addListener(load);
    return () => {
      permissions.onAdded.removeListener(load);
      permissions.onRemoved.removeListener(load);
    };
  }, [permissions]);
  const stop = async ({ host, pattern }: Site): Promise<void> => {
    await permissions.remove({ origins: [pattern] });
    await forgetPlace(storage.local, host);
  };
  return (
    <section id="sites" data-part="sites">
      <h2>{t.text('sitesTitle')}</h2>
      <p class="hint">{t.text(sites.length > 0 ? 'sitesHelp' : 'sitesEmpty')}</p>
      <ul class="stack">
        {sites.map((site) => (
          <li key={site.pattern} class="row" data-site={site.host}>
            <span class="grow">
              <Bidi text={site.host} />
            </span>
            <button type="button" data-action="stop-site" onClick={() => void stop(site)}>
              {t.text('siteStop', { host: isolate(site.host) })}
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
