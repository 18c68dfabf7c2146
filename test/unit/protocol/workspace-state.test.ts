import { describe, expect, it } from 'vitest';
import { beginKeyEpoch } from '../../../shared/protocol/key-epoch.ts';
import type { WorkspaceId } from '../../../shared/protocol/ids.ts';
import {
  firstState,
  nextState,
  signState,
  verifyStep,
  verifySteps,
  writersOf,
  type VerifiedState,
} from '../../../shared/protocol/workspace-state.ts';
import {
  begin,
  mustFollow,
  newHand,
  problemOf,
  type Begun,
  type Hand,
  withChange,
} from './support/people.ts';
import { randomBytes } from './support/random.ts';

/** An owner and an editor with a device each. */
async function team(): Promise<Begun & { readonly editor: Hand; readonly both: VerifiedState }> {
  const begun = await begin();
  const editor = await newHand('editor');
  const { state } = begun.first;
  const both = await mustFollow(
    begun.first,
    nextState(begun.first, {
      members: [...state.members, editor.member],
      devices: [...state.devices, editor.device],
    }),
    begun.owner,
  );
  return { ...begun, editor, both };
}

describe('the first state of a workspace', () => {
  it('is signed by its only device, which belongs to an owner', async () => {
    const { first, owner, workspace } = await begin();
    expect(first.state.version).toBe(1);
    const asEditor = { ...first.state, members: [{ ...owner.member, role: 'editor' as const }] };
    const signed = await signState(asEditor, owner.device.id, owner.keys.sign.privateKey);
    expect(await verifyStep(workspace, null, signed)).toEqual({ ok: false, error: 'no-owner' });
  });

  it('cannot bring a second device along', async () => {
    const { first, owner, workspace } = await begin();
    const other = await newHand('owner', owner.member);
    const two = firstState({ ...first.state, devices: [owner.device, other.device] });
    const signed = await signState(two, owner.device.id, owner.keys.sign.privateKey);
    expect(await verifyStep(workspace, null, signed)).toEqual({ ok: false, error: 'not-allowed' });
  });

  it('of another workspace begins nothing here', async () => {
    const { first } = await begin();
    const elsewhere = 'f'.repeat(32) as WorkspaceId;
    expect(await verifyStep(elsewhere, null, first.signed)).toEqual({
      ok: false,
      error: 'other-workspace',
    });
  });
});

describe('a next state', () => {
  it('names the one before: neither skipped, nor built on another, nor repeated', async () => {
    const { workspace, first, both, owner } = await team();
    const third = await mustFollow(both, nextState(both, { floor: 1 }), owner);
    expect(await verifyStep(workspace, first, third.signed)).toMatchObject({ error: 'not-next' });
    expect(await verifyStep(workspace, both, both.signed)).toMatchObject({ error: 'not-next' });
    const rival = await mustFollow(both, nextState(both, { floor: 2 }), owner);
    const onRival = await mustFollow(rival, nextState(rival, { floor: 3 }), owner);
    expect(await verifyStep(workspace, third, onRival.signed)).toMatchObject({ error: 'not-next' });
  });

  it('is nothing without the signature of a device that was listed before', async () => {
    const { workspace, both, owner, editor } = await team();
    const stranger = await newHand('owner', owner.member);
    expect(await problemOf(both, { floor: 1 }, stranger)).toBe('unknown-signer');
    const state = nextState(both, { floor: 1 });
    const forged = await signState(state, owner.device.id, editor.keys.sign.privateKey);
    expect(await verifyStep(workspace, both, forged)).toMatchObject({ error: 'bad-signature' });
    const genuine = await signState(state, owner.device.id, owner.keys.sign.privateKey);
    const changed = { ...genuine, state: genuine.state.replace('"floor":1', '"floor":2') };
    expect(await verifyStep(workspace, both, changed)).toMatchObject({ error: 'bad-signature' });
    const renamed = { ...genuine, signer: editor.device.id };
    expect((await verifyStep(workspace, both, renamed)).ok).toBe(false);
  });

  it('cannot be signed by the device that it adds itself', async () => {
    const { both, owner } = await team();
    const added = await newHand('owner', owner.member);
    const changes = { devices: [...both.state.devices, added.device] };
    expect(await problemOf(both, changes, added)).toBe('unknown-signer');
    expect(await problemOf(both, changes, owner)).toBeNull();
  });

  it('keeps what a newer version has added, in the text and for the next signer', async () => {
    const { both, owner, editor } = await team();
    const newer = { ...nextState(both, {}), colour: 'green' };
    const third = await mustFollow(both, newer, owner);
    expect(nextState(third, {})).toMatchObject({ colour: 'green' });
    const own = await newHand('editor', editor.member);
    const added = { devices: [...third.state.devices, own.device] };
    expect(await problemOf(third, added, editor)).toBeNull();
    const meddled = { ...added, colour: 'red' };
    expect(await problemOf(third, meddled, editor)).toBe('not-allowed');
  });

  it('of any other form is malformed and never thrown on', async () => {
    const { workspace, both } = await team();
    const half = both.signed.state.replace('{', '{"a":"\ud800",');
    expect((await verifyStep(workspace, both, { ...both.signed, state: half })).ok).toBe(false);
    for (const state of ['', '{', 'null', '[]', '{"type":"workspace-state"}']) {
      const step = await verifyStep(workspace, both, { ...both.signed, state });
      expect(step).toEqual({ ok: false, error: 'malformed' });
    }
  });
});

describe('roles', () => {
  it('let an owner change anything except leave nobody in charge', async () => {
    const { both, owner } = await team();
    const { members } = both.state;
    const viewers = withChange(members, null, { role: 'viewer' });
    expect(await problemOf(both, { members: viewers }, owner)).toBe('no-owner');
    const owners = withChange(members, null, { role: 'owner' });
    expect(await problemOf(both, { members: owners }, owner)).toBeNull();
  });

  it('let others change their own devices, their name, and nothing else', async () => {
    const { both, editor, owner } = await team();
    const { members, devices } = both.state;
    const own = await newHand('editor', editor.member);
    const foreign = await newHand('owner', owner.member);
    expect(await problemOf(both, { devices: [...devices, own.device] }, editor)).toBeNull();
    expect(await problemOf(both, { devices: [...devices, foreign.device] }, editor)).toBe(
      'not-allowed',
    );
    const promoted = withChange(members, null, { role: 'owner' });
    expect(await problemOf(both, { members: promoted }, editor)).toBe('not-allowed');
    const renamed = withChange(members, editor.member.id, { label: 'bmV3' });
    expect(await problemOf(both, { members: renamed }, editor)).toBeNull();
    expect(await problemOf(both, { floor: 9 }, editor)).toBe('not-allowed');
    const withoutOwner = devices.filter(({ id }) => id !== owner.device.id);
    expect(await problemOf(both, { devices: withoutOwner }, editor)).toBe('no-owner');
  });

  it('decide whose rows are believed: a device that was a viewer throughout wrote none', async () => {
    const { both, owner, editor } = await team();
    const viewer = await newHand('viewer');
    const words = await newHand('owner', owner.member, 'recovery');
    const third = await mustFollow(
      both,
      nextState(both, {
        members: withChange([...both.state.members, viewer.member], editor.member.id, {
          role: 'viewer',
        }),
        devices: [...both.state.devices, viewer.device, words.device],
      }),
      owner,
    );
    const writers = writersOf([both.state, third.state]);
    expect(writers.has(owner.device.id)).toBe(true);
    expect(writers.has(editor.device.id)).toBe(true);
    expect(writers.has(viewer.device.id)).toBe(false);
    expect(writers.has(words.device.id)).toBe(false);
  });
});

describe('the key epoch in the chain', () => {
  it('goes up by one, with new keys, when a device is removed', async () => {
    const { workspace, keyring, both, owner } = await team();
    const devices = [owner.device];
    expect(await problemOf(both, { devices }, owner)).toBe('key-epoch');
    const { fields } = await beginKeyEpoch(workspace, keyring, randomBytes);
    expect(await problemOf(both, { devices, ...fields }, owner)).toBeNull();
    expect(await problemOf(both, { devices, ...fields, keyEpoch: 3 }, owner)).toBe('key-epoch');
    const { keyCheck } = both.state;
    expect(await problemOf(both, { devices, ...fields, keyCheck }, owner)).toBe('key-epoch');
    const { chain: _, ...unchained } = fields;
    expect(await problemOf(both, { devices, ...unchained }, owner)).toBe('key-epoch');
  });

  it('may stay when a device leaves by itself: it cannot choose a key it will not know', async () => {
    const { both, owner, editor } = await team();
    expect(await problemOf(both, { devices: [owner.device] }, editor)).toBeNull();
    const second = await newHand('owner', owner.member);
    const devices = [...both.state.devices, second.device];
    const three = await mustFollow(both, nextState(both, { devices }), owner);
    const rest = { devices: three.state.devices.filter(({ id }) => id !== second.device.id) };
    expect(await problemOf(three, rest, second)).toBeNull();
    expect(await problemOf(three, rest, owner)).toBe('key-epoch');
  });

  it('is begun by owners alone: the packages of others cannot be checked by anyone else', async () => {
    const { workspace, keyring, both, editor } = await team();
    const { fields } = await beginKeyEpoch(workspace, keyring, randomBytes);
    expect(await problemOf(both, fields, editor)).toBe('not-allowed');
    expect(await problemOf(both, { chain: 'eA' }, editor)).toBe('not-allowed');
    const second = await newHand('editor', editor.member);
    const devices = [...both.state.devices, second.device];
    const three = await mustFollow(both, nextState(both, { devices }), editor);
    const rest = three.state.devices.filter(({ id }) => id !== second.device.id);
    expect(await problemOf(three, { devices: rest }, editor)).toBeNull();
    const { chain: _, ...keys } = fields;
    expect(await problemOf(three, { devices: rest, ...keys }, editor)).toBe('not-allowed');
  });

  it('does not change its keys silently', async () => {
    const { both, owner } = await team();
    expect(await problemOf(both, { keyCheck: '0'.repeat(32) }, owner)).toBe('key-epoch');
    expect(await problemOf(both, { proofHash: '0'.repeat(64) }, owner)).toBe('key-epoch');
  });
});

describe('a chain of states', () => {
  it('is followed from what a device knows to the newest, or not at all', async () => {
    const { workspace, first, both, owner } = await team();
    const third = await mustFollow(both, nextState(both, { floor: 1 }), owner);
    const whole = await verifySteps(workspace, null, [first.signed, both.signed, third.signed]);
    expect(whole.ok && whole.value.map(({ hash }) => hash)).toEqual([
      first.hash,
      both.hash,
      third.hash,
    ]);
    const gap = await verifySteps(workspace, first, [third.signed]);
    expect(gap).toEqual({ ok: false, error: 'not-next' });
  });
});
