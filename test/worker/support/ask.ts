import { exports } from 'cloudflare:workers';
import * as v from 'valibot';
import { bytesToHex, type Bytes } from '../../../shared/protocol/bytes.ts';
import {
  CLIENT_HEADER,
  CLIENT_VERSION,
  PROTOCOL_VERSION,
} from '../../../shared/protocol/limits.ts';

export const ORIGIN = 'https://sync.example';

export const randomBytes = (length: number): Bytes =>
  crypto.getRandomValues(new Uint8Array(length));
export const randomHex = (bytes: number): string => bytesToHex(randomBytes(bytes));

/** Each from an address of its own, so that the limits for one address are met only on purpose. */
export function ask(path: string, init: RequestInit = {}): Promise<Response> {
  const headers = new Headers(init.headers);
  if (!headers.has('cf-connecting-ip')) headers.set('cf-connecting-ip', randomHex(8));
  if (!headers.has(CLIENT_HEADER)) headers.set(CLIENT_HEADER, String(CLIENT_VERSION));
  return exports.default.fetch(new Request(`${ORIGIN}${path}`, { ...init, headers }));
}

export const sendJson = (
  method: string,
  path: string,
  body: object,
  headers: Readonly<Record<string, string>> = {},
): Promise<Response> =>
  ask(path, {
    method,
    headers: { 'Content-Type': 'application/json', ...headers },
    body: JSON.stringify({ v: PROTOCOL_VERSION, ...body }),
  });

export const postJson = (
  path: string,
  body: object,
  headers: Readonly<Record<string, string>> = {},
): Promise<Response> => sendJson('POST', path, body, headers);

const errorSchema = v.object({ error: v.looseObject({ code: v.string() }) });

export const errorOf = async (response: Response): Promise<{ readonly code: string }> =>
  v.parse(errorSchema, await response.json()).error;
export const codeOf = async (response: Response): Promise<string> => (await errorOf(response)).code;
