import { useEffect, useState } from 'preact/hooks';
import { isolate } from '../../ui/isolate.ts';
import type { Translator } from '../../ui/translate.ts';
import { readPlace, writePlace, type HandlePlace } from './handle-place.ts';
import type { Site } from './site-of.ts';
import type { SitesBrowser } from './sites-browser.ts';

interface Props {
  readonly t: Translator;
  readonly browser: SitesBrowser;
  readonly site: Site;
}

/** Shows clients on this site from now on, or no more. */
export function SiteSwitch({ t, browser: { permissions, storage }, site }: Props) {
  const { host, pattern } = site;
  const [isOn, setOn] = useState<boolean | null>(null);
  const [place, setPlace] = useState<HandlePlace | null>(null);
  useEffect(() => {
    void permissions.contains({ origins: [pattern] }).then(setOn);
    void readPlace(storage.local, host).then(setPlace);
  }, [permissions, storage, host, pattern]);
  const places = { host: isolate(host) };
  // Nothing may be awaited before it: the browser takes the question only in the click itself.
  const turnOn = (): void => void permissions.request({ origins: [pattern] }).then(setOn);
  const turnOff = async (): Promise<void> => {
    if (await permissions.remove({ origins: [pattern] })) setOn(false);
  };
  const showHandle = async (): Promise<void> => {
    if (!place) return;
    const shown = { ...place, isHidden: false };
    await writePlace(storage.local, host, shown);
    setPlace(shown);
  };
  if (isOn === null) return null;
  return (
    <div class="stack" data-part="site-switch" data-on={String(isOn)}>
      {isOn ? (
        <p class="row">
          <span class="grow hint">{t.text('siteOn', places)}</span>
          <button type="button" class="link" data-action="stop-site" onClick={() => void turnOff()}>
            {t.text('siteStop', places)}
          </button>
        </p>
      ) : (
        <>
          <button type="button" data-action="show-on-site" onClick={turnOn}>
            {t.text('siteShow', places)}
          </button>
          <p class="hint">{t.text('siteWhy')}</p>
        </>
      )}
      {isOn && place?.isHidden && (
        <button type="button" data-action="show-handle" onClick={() => void showHandle()}>
          {t.text('siteHandleBack')}
        </button>
      )}
    </div>
  );
}
