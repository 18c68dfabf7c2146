import { describe, expect, it } from 'vitest';
import type { DeviceId } from '../../../shared/clock.ts';
import { base64UrlToBytes, bytesToBase64Url, textToBytes } from '../../../shared/protocol/bytes.ts';
import { newBoxPair } from '../../../shared/protocol/device-keys.ts';
import {
  beginKeyEpoch,
  completeKeyring,
  firstEpochFields,
  sealKeyPackages,
} from '../../../shared/protocol/key-epoch.ts';
import { openKeyPackage } from '../../../shared/protocol/key-package.ts';
import {
  bytesToKeyring,
  keyringToBytes,
  newKeyring,
  withNextEpoch,
} from '../../../shared/protocol/keyring.ts';
import { createWorkspaceKeys } from '../../../shared/protocol/keys.ts';
import {
  nextState,
  type VerifiedState,
  type WorkspaceState,
} from '../../../shared/protocol/workspace-state.ts';
import { open, seal } from '../../../shared/seal.ts';
import { begin, mustFollow } from './support/people.ts';
import { randomBytes } from './support/random.ts';

const device = '0011223344556677' as DeviceId;

describe('a keyring', () => {
  it('is the same after it was written and read, and nothing else is taken for one', () => {
    const keyring = withNextEpoch(withNextEpoch(newKeyring(randomBytes), randomBytes), randomBytes);
    const bytes = keyringToBytes(keyring);
    expect(bytesToKeyring(bytes)).toEqual(keyring);
    for (const length of [0, 31, 32, 67, 69, bytes.length - 1]) {
      expect(bytesToKeyring(bytes.slice(0, length))).toBeNull();
    }
    const gap = bytes.slice();
    gap[71] = 3;
    expect(bytesToKeyring(gap)).toBeNull();
  });
});

describe('the keys of later epochs', () => {
  it('seal anew and still open what was sealed before', async () => {
    const { workspace, keyring } = await begin();
    const before = await createWorkspaceKeys(workspace, keyring);
    const after = await createWorkspaceKeys(workspace, withNextEpoch(keyring, randomBytes));
    const rkey = await before.rowKey('clients', 'client-1');
    const sealed = await seal(before, device, rkey, textToBytes('{}'), randomBytes);
    expect((await open(after, rkey, sealed)).ok).toBe(true);
    const anew = await seal(after, device, rkey, textToBytes('{}'), randomBytes);
    expect(await open(before, rkey, anew)).toEqual({ ok: false, error: 'unknown-key-epoch' });
  });

  it('never change the name of a row or the hash of its content', async () => {
    const { workspace, keyring } = await begin();
    const before = await createWorkspaceKeys(workspace, keyring);
    const after = await createWorkspaceKeys(workspace, withNextEpoch(keyring, randomBytes));
    const rkey = await before.rowKey('clients', 'client-1');
    expect(await after.rowKey('clients', 'client-1')).toBe(rkey);
    expect(await after.contentHash(rkey, textToBytes('{}'))).toBe(
      await before.contentHash(rkey, textToBytes('{}')),
    );
    expect(after.proof).not.toEqual(before.proof);
    expect(after.keyCheck).not.toBe(before.keyCheck);
  });

  it('are vouched for by a check that covers the id key as well', async () => {
    const { workspace, keyring } = await begin();
    const other = { ...keyring, idKey: randomBytes(32) };
    const [a, b] = [
      await firstEpochFields(workspace, keyring),
      await firstEpochFields(workspace, other),
    ];
    expect(a.keyCheck).not.toBe(b.keyCheck);
  });
});

describe('a key package', () => {
  it('is opened by the device it is for and by no other', async () => {
    const { workspace, keyring } = await begin();
    const [box, stranger] = [await newBoxPair(), await newBoxPair()];
    const packages = await sealKeyPackages(
      workspace,
      withNextEpoch(keyring, randomBytes),
      [{ id: device, boxKey: bytesToBase64Url(box.publicKey) }],
      randomBytes,
    );
    const sealed = base64UrlToBytes(packages?.[0]?.sealed ?? '');
    if (!sealed) throw new Error('no package');
    expect(sealed.length).toBeLessThanOrEqual(150);
    const address = { workspaceId: workspace, keyEpoch: 2, device };
    const opened = await openKeyPackage(address, box, sealed);
    expect(opened?.idKey).toEqual(keyring.idKey);
    expect(opened?.epochKeys.map(({ epoch }) => epoch)).toEqual([2]);
    expect(await openKeyPackage(address, stranger, sealed)).toBeNull();
    expect(await openKeyPackage({ ...address, keyEpoch: 1 }, box, sealed)).toBeNull();
    const elsewhere = { ...address, device: 'f'.repeat(16) as DeviceId };
    expect(await openKeyPackage(elsewhere, box, sealed)).toBeNull();
    expect(await openKeyPackage(address, box, sealed.slice(0, 20))).toBeNull();
  });

  it('cannot be made for a public key that is none', async () => {
    const { workspace, keyring } = await begin();
    const broken = [{ id: device, boxKey: bytesToBase64Url(new Uint8Array(32)) }];
    expect(await sealKeyPackages(workspace, keyring, broken, randomBytes)).toBeNull();
  });
});

const withoutChain = (state: WorkspaceState): WorkspaceState => ({ ...state, chain: '' });

describe('the key chain', () => {
  async function threeEpochs() {
    const begun = await begin();
    let { keyring } = begun;
    const states: VerifiedState[] = [begun.first];
    for (let round = 0; round < 2; round += 1) {
      const last = states.at(-1) ?? begun.first;
      const next = await beginKeyEpoch(begun.workspace, keyring, randomBytes);
      keyring = next.keyring;
      states.push(await mustFollow(last, nextState(last, next.fields), begun.owner));
      const began = states.at(-1) ?? begun.first;
      states.push(await mustFollow(began, nextState(began, { floor: round }), begun.owner));
    }
    const [newest] = keyring.epochKeys.slice(-1);
    if (!newest) throw new Error('a keyring is never empty');
    return {
      ...begun,
      keyring,
      received: { idKey: keyring.idKey, epochKeys: [newest] as [typeof newest] },
      states: states.map(({ state }) => state),
    };
  }

  it('leads from the newest key back to the first', async () => {
    const { workspace, received, states, keyring } = await threeEpochs();
    expect(await completeKeyring(workspace, received, states)).toEqual({
      ok: true,
      value: keyring,
    });
  });

  it('is refused where a key is not the one that the signed state vouches for', async () => {
    const { workspace, received, states } = await threeEpochs();
    const wrong = { ok: false, error: 'wrong-key' };
    const slipped = { ...received, idKey: randomBytes(32) };
    expect(await completeKeyring(workspace, slipped, states)).toEqual(wrong);
    const swapped = states.map((state) =>
      state.keyEpoch === 2 ? { ...state, keyCheck: '0'.repeat(32) } : state,
    );
    expect(await completeKeyring(workspace, received, swapped)).toEqual(wrong);
    const cut = states.map(withoutChain);
    expect(await completeKeyring(workspace, received, cut)).toEqual(wrong);
  });
});
