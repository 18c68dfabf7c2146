import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  createPrivateKey,
  createPublicKey,
  createSecretKey,
  diffieHellman,
  hash,
  hkdfSync,
  sign,
  timingSafeEqual,
  verify,
  type KeyObject,
} from 'node:crypto';
import type { Bytes } from '../../../shared/protocol/bytes.ts';

/**
 * WebCrypto that is done before it returns: the same OpenSSL, without its threads. With the real
 * one the order in which two operations finish is the machine's business, and no run could be
 * repeated; it also spends most of its time handing over. `quiet-crypto.test.ts` holds every
 * operation against the real one.
 */
type KeyKind = 'HKDF' | 'HMAC' | 'AES-GCM' | 'X25519' | 'Ed25519';
type Source = ArrayBuffer | ArrayBufferView<ArrayBuffer>;

class QuietKey {
  readonly type: 'secret' | 'private' | 'public';
  readonly algorithm: { readonly name: KeyKind };
  readonly extractable: boolean;
  readonly usages: readonly string[];
  readonly material: KeyObject;

  constructor(
    kind: KeyKind,
    type: QuietKey['type'],
    material: KeyObject,
    extractable: boolean,
    usages: readonly string[],
  ) {
    this.algorithm = { name: kind };
    this.type = type;
    this.material = material;
    this.extractable = extractable;
    this.usages = usages;
  }
}

const TAG_BYTES = 16;
/** What stands before the 32 bytes of a raw key in its DER form (RFC 8410). */
const DER: Readonly<Record<string, Buffer>> = {
  'X25519 private': Buffer.from('302e020100300506032b656e04220420', 'hex'),
  'Ed25519 private': Buffer.from('302e020100300506032b657004220420', 'hex'),
  'X25519 public': Buffer.from('302a300506032b656e032100', 'hex'),
  'Ed25519 public': Buffer.from('302a300506032b6570032100', 'hex'),
};

export function createQuietSubtle(randomBytes: (length: number) => Bytes): SubtleCrypto {
  const subtle = {
    digest: async (name: string, data: Source) => {
      need(name === 'SHA-256', `digest ${name}`);
      return exact(hash('sha256', bytesOf(data), 'buffer'));
    },

    async importKey(
      format: string,
      data: Source,
      algorithm: string | { readonly name: string },
      extractable: boolean,
      usages: readonly string[],
    ) {
      const kind = kindOf(algorithm);
      const raw = Buffer.from(bytesOf(data));
      if (kind !== 'X25519' && kind !== 'Ed25519') {
        need(format === 'raw' || format === 'raw-secret', `import ${format}`);
        return new QuietKey(kind, 'secret', createSecretKey(raw), extractable, usages);
      }
      if (format === 'raw') {
        need(raw.length === 32, 'a public key of 32 bytes');
        return new QuietKey(kind, 'public', publicKey(kind, raw), true, usages);
      }
      need(format === 'pkcs8', `import ${format}`);
      const key = createPrivateKey({ key: raw, format: 'der', type: 'pkcs8' });
      return new QuietKey(kind, 'private', key, extractable, usages);
    },

    async exportKey(format: string, key: QuietKey) {
      need(key.extractable, 'an extractable key');
      if (key.type === 'secret') return exact(key.material.export());
      if (format === 'pkcs8') return exact(key.material.export({ format: 'der', type: 'pkcs8' }));
      need(format === 'raw' && key.type === 'public', `export ${format}`);
      return exact(key.material.export({ format: 'der', type: 'spki' }).subarray(-32));
    },

    async generateKey(
      algorithm: string | { readonly name: string },
      extractable: boolean,
      usages: readonly string[],
    ) {
      const kind = kindOf(algorithm);
      if (kind !== 'X25519' && kind !== 'Ed25519') {
        return new QuietKey(kind, 'secret', createSecretKey(randomBytes(32)), extractable, usages);
      }
      const der = Buffer.concat([derPrefix(kind, 'private'), randomBytes(32)]);
      const privateKey = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
      return {
        privateKey: new QuietKey(kind, 'private', privateKey, extractable, usages),
        publicKey: new QuietKey(kind, 'public', createPublicKey(privateKey), true, usages),
      };
    },

    deriveBits: async (algorithm: Derivation, key: QuietKey, bits: number) =>
      exact(derive(algorithm, key, bits / 8)),

    async deriveKey(
      algorithm: Derivation,
      key: QuietKey,
      derived: { readonly name: string; readonly length?: number },
      extractable: boolean,
      usages: readonly string[],
    ) {
      const material = derive(algorithm, key, (derived.length ?? 256) / 8);
      return new QuietKey(
        kindOf(derived),
        'secret',
        createSecretKey(material),
        extractable,
        usages,
      );
    },

    async sign(algorithm: string | { readonly name: string }, key: QuietKey, data: Source) {
      need(
        key.usages.includes('sign') && kindOf(algorithm) === key.algorithm.name,
        'a signing key',
      );
      if (key.type === 'secret') return exact(hmac(key.material, data));
      return exact(sign(null, bytesOf(data), key.material));
    },

    async verify(
      algorithm: string | { readonly name: string },
      key: QuietKey,
      signature: Source,
      data: Source,
    ) {
      need(
        key.usages.includes('verify') && kindOf(algorithm) === key.algorithm.name,
        'a verifying key',
      );
      if (key.type !== 'secret') {
        return verify(null, bytesOf(data), key.material, bytesOf(signature));
      }
      const mac = hmac(key.material, data);
      return mac.length === signature.byteLength && timingSafeEqual(mac, bytesOf(signature));
    },

    async encrypt({ iv, additionalData }: Sealing, key: QuietKey, data: Source) {
      const cipher = createCipheriv('aes-256-gcm', secretOf(key, 'encrypt'), bytesOf(iv));
      if (additionalData) cipher.setAAD(bytesOf(additionalData));
      const head = cipher.update(bytesOf(data));
      return exact(Buffer.concat([head, cipher.final(), cipher.getAuthTag()]));
    },

    async decrypt({ iv, additionalData }: Sealing, key: QuietKey, data: Source) {
      const bytes = bytesOf(data);
      need(bytes.length >= TAG_BYTES, 'a ciphertext with its tag');
      const decipher = createDecipheriv('aes-256-gcm', secretOf(key, 'decrypt'), bytesOf(iv));
      if (additionalData) decipher.setAAD(bytesOf(additionalData));
      decipher.setAuthTag(bytes.subarray(-TAG_BYTES));
      const head = decipher.update(bytes.subarray(0, -TAG_BYTES));
      return exact(Buffer.concat([head, decipher.final()]));
    },
  };
  // As much of it as the product uses; anything else throws because it is not there.
  return subtle as unknown as SubtleCrypto;
}

interface Sealing {
  readonly iv: Source;
  readonly additionalData?: Source;
}

interface Derivation {
  readonly name: string;
  readonly salt?: Source;
  readonly info?: Source;
  readonly public?: QuietKey;
}

function derive(algorithm: Derivation, key: QuietKey, length: number): Buffer {
  if (algorithm.name === 'X25519' && algorithm.public) {
    return diffieHellman({ privateKey: key.material, publicKey: algorithm.public.material });
  }
  need(algorithm.name === 'HKDF' && key.type === 'secret', algorithm.name);
  const [salt, info] = [algorithm.salt ?? Buffer.of(), algorithm.info ?? Buffer.of()];
  return Buffer.from(hkdfSync('sha256', key.material, bytesOf(salt), bytesOf(info), length));
}

const hmac = (key: KeyObject, data: Source): Buffer =>
  createHmac('sha256', key).update(bytesOf(data)).digest();

function secretOf(key: QuietKey, usage: string): KeyObject {
  need(key.usages.includes(usage) && key.type === 'secret', `a key to ${usage} with`);
  return key.material;
}

const publicKey = (kind: KeyKind, raw: Buffer): KeyObject =>
  createPublicKey({
    key: Buffer.concat([derPrefix(kind, 'public'), raw]),
    format: 'der',
    type: 'spki',
  });

function derPrefix(kind: KeyKind, type: string): Buffer {
  const prefix = DER[`${kind} ${type}`];
  need(prefix !== undefined, kind);
  return prefix;
}

function kindOf(algorithm: string | { readonly name: string }): KeyKind {
  const name = typeof algorithm === 'string' ? algorithm : algorithm.name;
  switch (name) {
    case 'HKDF':
    case 'HMAC':
    case 'AES-GCM':
    case 'X25519':
    case 'Ed25519':
      return name;
    default:
      throw new Error(`the simulation's crypto does not know ${name}`);
  }
}

const bytesOf = (source: Source): Uint8Array<ArrayBuffer> =>
  source instanceof ArrayBuffer
    ? new Uint8Array(source)
    : new Uint8Array(source.buffer, source.byteOffset, source.byteLength);

/** A buffer of its own: Node's are views into a shared pool. */
const exact = (buffer: Buffer): ArrayBuffer => new Uint8Array(buffer).buffer;

function need(condition: boolean, what: string): asserts condition {
  if (!condition) throw new Error(`the simulation's crypto needs ${what}`);
}
