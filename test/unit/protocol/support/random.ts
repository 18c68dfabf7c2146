import type { Bytes } from '../../../../shared/protocol/bytes.ts';

export const randomBytes = (length: number): Bytes =>
  crypto.getRandomValues(new Uint8Array(length));
