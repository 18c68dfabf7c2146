import { formatPairingCode, parsePairingCode, type PairingCode } from './pairing-code.ts';

export interface Invitation {
  /** As it was typed or clicked: to be checked like any other address of a worker. */
  readonly workerUrl: string;
  readonly code: PairingCode;
}

const PATH = '/join';

/** The code stands in the fragment, which a browser never sends anywhere. */
export const formatInvitationLink = ({ workerUrl, code }: Invitation): string =>
  `${workerUrl}${PATH}#${formatPairingCode(code)}`;

/** Null for anything that is not such a link. */
export function parseInvitationLink(text: string): Invitation | null {
  const url = URL.parse(text.trim());
  const code = url && parsePairingCode(url.hash.slice(1));
  if (!url || !code || !url.pathname.endsWith(PATH) || url.search !== '') return null;
  return { workerUrl: `${url.origin}${url.pathname.slice(0, -PATH.length)}`, code };
}
