import * as v from 'valibot';
import type { DeviceId } from '../clock.ts';
import { base64UrlToBytes, bytesToBase64Url, type Bytes } from './bytes.ts';
import { deviceIdSchema } from './ids.ts';

/** `Authorization: Mainstay <device>.<token>.<proof>`; a socket sends the same text as a subprotocol. */
export const AUTH_SCHEME = 'Mainstay';
export const TOKEN_BYTES = 32;
const PROOF_BYTES = 32;

export interface Credentials {
  readonly device: DeviceId;
  /** Given to this device alone; revoking the device makes it worthless. */
  readonly token: Bytes;
  /**
   * Derived from the newest epoch key: a stolen token alone opens nothing. Null while the device
   * does not hold that key yet, which is enough to fetch signed states and its key package.
   */
  readonly proof: Bytes | null;
}

export const formatCredentials = ({ device, token, proof }: Credentials): string =>
  `${device}.${bytesToBase64Url(token)}.${proof ? bytesToBase64Url(proof) : ''}`;

export function parseCredentials(text: string): Credentials | null {
  const [device, token, proof, ...rest] = text.split('.');
  const id = v.safeParse(deviceIdSchema, device);
  const tokenBytes = base64UrlToBytes(token ?? '');
  const proofBytes = base64UrlToBytes(proof ?? '');
  return id.success &&
    tokenBytes?.length === TOKEN_BYTES &&
    (proof === '' || proofBytes?.length === PROOF_BYTES) &&
    rest.length === 0
    ? { device: id.output, token: tokenBytes, proof: proof === '' ? null : proofBytes }
    : null;
}
