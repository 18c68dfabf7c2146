import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import type { DeviceId } from '../../../shared/clock.ts';
import {
  base64UrlToBytes,
  bytesToBase64Url,
  bytesToHex,
  sha256,
  textToBytes,
  type Bytes,
} from '../../../shared/protocol/bytes.ts';
import { boxPairFromSeed, signingPairFromSeed } from '../../../shared/protocol/device-keys.ts';
import { addToDigest, newDigest, sumOfAll, sumOfBucket } from '../../../shared/protocol/digest.ts';
import type { MemberId, RowKey, WorkspaceId } from '../../../shared/protocol/ids.ts';
import { agree, commitTo, derivePairingSecrets } from '../../../shared/protocol/joining.ts';
import { beginKeyEpoch, firstEpochFields } from '../../../shared/protocol/key-epoch.ts';
import { openKeyPackage } from '../../../shared/protocol/key-package.ts';
import { keyringToBytes, type Keyring } from '../../../shared/protocol/keyring.ts';
import { createWorkspaceKeys } from '../../../shared/protocol/keys.ts';
import { parsePairingCode } from '../../../shared/protocol/pairing-code.ts';
import { recoveryDeviceFrom } from '../../../shared/protocol/recovery.ts';
import { firstState, signState, verifyStep } from '../../../shared/protocol/workspace-state.ts';
import { seal } from '../../../shared/seal.ts';

/** `length` bytes of one value: what the vectors use in place of anything random. */
const all = (value: number, length = 32): Bytes => new Uint8Array(length).fill(value);
const nonces = (length: number): Bytes => all(9, length);

const workspace = '000102030405060708090a0b0c0d0e0f' as WorkspaceId;
const device = '0011223344556677' as DeviceId;
const keyring: Keyring = { idKey: all(7), epochKeys: [{ epoch: 1, key: all(8) }] };

/** The tables of the last section: what is named in the first column → what stands in the second. */
async function documented(): Promise<ReadonlyMap<string, string>> {
  const text = await readFile('docs/protocol.md', 'utf8');
  const section = text.slice(text.indexOf('13. Test vectors'));
  const rows = section.matchAll(/^\| (.+?) +\| `([^`]+)` +\|$/gm);
  return new Map([...rows].map(([, what = '', value = '']) => [what, value]));
}

async function keyVectors() {
  const keys = await createWorkspaceKeys(workspace, keyring);
  const rkey = await keys.rowKey('clients', 'client-1');
  const content = textToBytes('{}');
  const sealed = await seal(keys, device, rkey, content, nonces);
  const second = await beginKeyEpoch(workspace, keyring, (length) =>
    length === 32 ? all(10) : nonces(length),
  );
  const later = await createWorkspaceKeys(workspace, second.keyring);
  return {
    'proof of epoch 1': bytesToHex(keys.proof),
    'key check of epoch 1': keys.keyCheck,
    'rkey of table `clients`, id `client-1`': rkey,
    'hash of the plaintext `{}` in that row': await keys.contentHash(rkey, content),
    'its envelope: first 41 of 297 bytes': bytesToHex(sealed.subarray(0, 41)),
    'SHA-256 of that envelope': bytesToHex(await sha256(sealed)),
    'proof of epoch 2': bytesToHex(later.proof),
    'key check of epoch 2': later.keyCheck,
    '`chain` of epoch 2': second.fields.chain ?? '',
  };
}

async function stateVectors() {
  const sign = await signingPairFromSeed(all(11));
  const box = await boxPairFromSeed(all(12));
  const member = '8899aabbccddeeff' as MemberId;
  const state = firstState({
    workspace,
    members: [{ id: member, role: 'owner', label: 'bmFtZQ' }],
    devices: [
      {
        id: device,
        member,
        signKey: bytesToBase64Url(sign.publicKey),
        boxKey: bytesToBase64Url(box.publicKey),
        tokenHash: bytesToHex(await sha256(all(13))),
        label: 'ZGV2aWNl',
        kind: 'device',
      },
    ],
    floor: 0,
    ...(await firstEpochFields(workspace, keyring)),
  });
  const signed = await signState(state, device, sign.privateKey);
  const step = await verifyStep(workspace, null, signed);
  if (!step.ok) throw new Error(step.error);
  return {
    '`signKey`, from the private key of 32 bytes of `0b`': bytesToBase64Url(sign.publicKey),
    '`boxKey`, from the private key of 32 bytes of `0c`': bytesToBase64Url(box.publicKey),
    'SHA-256 of the text of `state`': bytesToHex(await sha256(textToBytes(signed.state))),
    '`signature`': signed.signature,
    'hash of the signed state': step.value.hash,
  };
}

async function recoveryVectors() {
  const words = await recoveryDeviceFrom(all(14));
  return {
    'device id': words.id,
    'SHA-256 of the token': words.tokenHash,
    find: words.find,
    'Ed25519 public key': bytesToHex(words.keys.sign.publicKey),
    'X25519 public key': bytesToHex(words.keys.box.publicKey),
  };
}

async function joiningVectors() {
  const code = parsePairingCode('0123-4567-89AB-CDEF-GHJK-MNP3');
  const [host, joiner] = [await boxPairFromSeed(all(15)), await boxPairFromSeed(all(16))];
  const agreement = await agree(host.privateKey, joiner.publicKey, ['offer', 'answer', 'reveal']);
  return {
    'slot of the code `0123-4567-89AB-CDEF-GHJK-MNP3`': code
      ? (await derivePairingSecrets(code)).slot
      : '',
    'commitment to the host’s public key with a nonce of 32 bytes of `09`': bytesToBase64Url(
      await commitTo(host.publicKey, nonces(32)),
    ),
    'check for the texts `offer`, `answer`, `reveal`': agreement?.check ?? '',
  };
}

function digestVectors() {
  const digest = newDigest();
  const row = (first: string, hash: string) => ({
    rkey: `${first}${'0'.repeat(30)}` as RowKey,
    hash: hash.repeat(16),
  });
  for (const each of [row('ab', '11'), row('ab', '22'), row('cd', '44')]) addToDigest(digest, each);
  return {
    '`xor` of all three': sumOfAll(digest).xor,
    '`xor` of bucket `ab`': sumOfBucket(digest, 0xab).xor,
  };
}

describe('the vectors of docs/protocol.md', () => {
  it('are what this software computes, each of them', async () => {
    const { 'a key package for this device': sealed, ...expected } = Object.fromEntries(
      await documented(),
    );
    expect({
      ...(await keyVectors()),
      ...(await stateVectors()),
      ...(await recoveryVectors()),
      ...(await joiningVectors()),
      ...digestVectors(),
    }).toEqual(expected);
    expect(sealed).toBeDefined();
  });

  it('include a key package, sealed once and opened here', async () => {
    const sealed = base64UrlToBytes(
      (await documented()).get('a key package for this device') ?? '',
    );
    const box = await boxPairFromSeed(all(12));
    const address = { workspaceId: workspace, keyEpoch: 1, device };
    const opened = sealed && (await openKeyPackage(address, box, sealed));
    expect(opened && bytesToHex(keyringToBytes(opened))).toBe(bytesToHex(keyringToBytes(keyring)));
  });
});
