import { describe, expect, it } from 'vitest';
import { bytesToBase64Url } from '../../../shared/protocol/bytes.ts';
import { openKeyPackage, sealKeyPackage } from '../../../shared/protocol/key-package.ts';
import { newestEpochKey } from '../../../shared/protocol/keyring.ts';
import {
  openRecoveryPointer,
  recoveryDeviceFrom,
  sealRecoveryPointer,
} from '../../../shared/protocol/recovery.ts';
import { nextState } from '../../../shared/protocol/workspace-state.ts';
import { begin, mustFollow, problemOf, type Hand } from './support/people.ts';
import { randomBytes } from './support/random.ts';

describe('a device made of words', () => {
  it('is the same each time and shares nothing with other words', async () => {
    const seed = randomBytes(32);
    const [once, again, other] = [
      await recoveryDeviceFrom(seed),
      await recoveryDeviceFrom(seed),
      await recoveryDeviceFrom(randomBytes(32)),
    ];
    expect([again.id, again.find, again.tokenHash]).toEqual([once.id, once.find, once.tokenHash]);
    expect(again.keys.sign.publicKey).toEqual(once.keys.sign.publicKey);
    expect(again.keys.box.publicKey).toEqual(once.keys.box.publicKey);
    expect(other.id).not.toBe(once.id);
    expect(other.keys.sign.publicKey).not.toEqual(once.keys.sign.publicKey);
  });

  it('has private keys that cannot be exported', async () => {
    const { keys, pointerKey } = await recoveryDeviceFrom(randomBytes(32));
    const all = [keys.sign.privateKey, keys.box.privateKey, pointerKey];
    expect(all.map(({ extractable }) => extractable)).toEqual([false, false, false]);
  });

  it('opens its key package and signs the state that lets a new device in', async () => {
    const { workspace, keyring, first, owner } = await begin();
    const words = await recoveryDeviceFrom(randomBytes(32));
    const hand: Hand = {
      member: owner.member,
      device: {
        ...owner.device,
        id: words.id,
        signKey: bytesToBase64Url(words.keys.sign.publicKey),
        boxKey: bytesToBase64Url(words.keys.box.publicKey),
        tokenHash: words.tokenHash,
        kind: 'recovery',
      },
      keys: words.keys,
      token: words.token,
    };
    const listed = nextState(first, { devices: [owner.device, hand.device] });
    const second = await mustFollow(first, listed, owner);
    const address = { workspaceId: workspace, keyEpoch: 1, device: words.id };
    const { publicKey } = words.keys.box;
    const sealed = await sealKeyPackage(address, publicKey, keyring, randomBytes);
    const opened = sealed && (await openKeyPackage(address, words.keys.box, sealed));
    expect(opened && newestEpochKey(opened)).toEqual(newestEpochKey(keyring));
    const replaced = { ...owner.device, id: 'a'.repeat(16) as typeof owner.device.id };
    const devices = [...second.state.devices, replaced];
    expect(await problemOf(second, { devices }, hand)).toBeNull();
  });

  it('finds its workspace by a pointer that only the words can open or make', async () => {
    const words = await recoveryDeviceFrom(randomBytes(32));
    const { workspace, first } = await begin();
    const pointer = { workspace, version: first.state.version, hash: first.hash };
    const sealed = await sealRecoveryPointer(words, pointer, randomBytes);
    expect(sealed.length).toBeLessThanOrEqual(400);
    expect(await openRecoveryPointer(words, sealed)).toEqual(pointer);
    const other = await recoveryDeviceFrom(randomBytes(32));
    expect(await openRecoveryPointer(other, sealed)).toBeNull();
  });
});
