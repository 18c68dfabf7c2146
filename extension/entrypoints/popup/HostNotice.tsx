import { useEffect } from 'preact/hooks';
import type { HostAccess } from '../../page/host-access.ts';
import { Problem } from '../../ui/Problem.tsx';
import type { Translator } from '../../ui/translate.ts';
import { useValue } from '../../ui/use-value.ts';

interface Props {
  readonly t: Translator;
  readonly access: HostAccess;
}

/** Why there is no panel in a mailbox, and one click that brings it. */
export function HostNotice({ t, access }: Props) {
  useEffect(() => void access.check(), [access]);
  const isMissing = useValue(access.isMissing);
  if (!isMissing) return null;
  return (
    <Problem title={t.text('hostsTitle')} body={t.text('hostsBody')}>
      <button type="button" data-action="grant-hosts" onClick={() => void access.grant()}>
        {t.text('hostsGrant')}
      </button>
    </Problem>
  );
}
