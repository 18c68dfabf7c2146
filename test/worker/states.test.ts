import { evictDurableObject, runInDurableObject } from 'cloudflare:test';
import { describe, expect, it } from 'vitest';
import type { StorageEpoch } from '../../shared/protocol/ids.ts';
import { beginKeyEpoch } from '../../shared/protocol/key-epoch.ts';
import { nextState, signState } from '../../shared/protocol/workspace-state.ts';
import { begin, withChange } from '../unit/protocol/support/people.ts';
import { codeOf, errorOf, postJson, randomBytes } from './support/ask.ts';
import {
  addDevice,
  changeState,
  createWorkspace,
  creationOf,
  fetchStates,
  hasNewestKey,
  objectOf,
  packagesFor,
  putState,
  refreshed,
  revoke,
  statusOf,
  toDevice,
  type Device,
} from './support/device.ts';
import { outcomes, pull, push } from './support/rows.ts';

const signedBy = ({ team, id, hand }: Device, changes: Parameters<typeof nextState>[1]) =>
  signState(nextState(team.newest, changes), id, hand.keys.sign.privateKey);

describe('a signed state', () => {
  it('is taken once: of two rivals the second is told the version it lost to', async () => {
    const owner = await createWorkspace();
    const [one, other] = [
      await signedBy(owner, { floor: 1 }),
      await signedBy(owner, { floor: 0, movedTo: 'https://elsewhere.example' }),
    ];
    const answers = await Promise.all([putState(owner, one, []), putState(owner, other, [])]);
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    const lost = answers.find(({ status }) => status === 409);
    expect(lost && (await errorOf(lost))).toEqual({ code: 'state-conflict', version: 2 });
  });

  it('sent again, because its answer was lost, is answered as before', async () => {
    const owner = await createWorkspace();
    const signed = await signedBy(owner, { floor: 1 });
    expect((await putState(owner, signed, [])).status).toBe(200);
    expect((await putState(owner, signed, [])).status).toBe(200);
    expect((await statusOf(owner)).stateVersion).toBe(2);
  });

  it('that its signer may not make is refused, with the reason', async () => {
    const owner = await createWorkspace();
    const editor = await addDevice(owner, 'editor');
    expect(await errorOf(await changeState(editor, { floor: 1 }))).toEqual({
      code: 'state-refused',
      problem: 'not-allowed',
    });
    const forged = { ...(await signedBy(editor, { floor: 1 })), signer: owner.id };
    expect(await errorOf(await putState(editor, forged, []))).toEqual({
      code: 'state-refused',
      problem: 'bad-signature',
    });
    const signed = await signedBy(editor, {});
    const deep = `{"deep":${'['.repeat(50_000)}${']'.repeat(50_000)},`;
    const bottomless = { ...signed, state: signed.state.replace('{', deep) };
    expect(await errorOf(await putState(editor, bottomless, []))).toEqual({
      code: 'state-refused',
      problem: 'malformed',
    });
  });

  it('brings a key package for everyone who needs one, or is refused', async () => {
    const owner = await createWorkspace();
    const second = await addDevice(owner);
    expect(await hasNewestKey(second)).toBe(true);
    const { keyring, fields } = await beginKeyEpoch(
      owner.workspace,
      owner.team.keyring,
      randomBytes,
    );
    const packagesMissing = { code: 'state-refused', problem: 'packages' };
    const refused = await changeState(owner, fields, 'none', keyring);
    expect(await errorOf(refused)).toEqual(packagesMissing);
    const stranger = await begin();
    const foreign = await packagesFor(owner.workspace, owner.team.keyring, [stranger.owner.device]);
    const signed = await signedBy(owner, { floor: 1 });
    expect(await errorOf(await putState(owner, signed, foreign))).toEqual(packagesMissing);
    expect((await changeState(owner, fields, 'right', keyring)).status).toBe(200);
    expect(await hasNewestKey(second)).toBe(true);
    expect(await hasNewestKey(owner)).toBe(true);
  });

  it('is given out in order, from any version on, also after the object was evicted', async () => {
    const owner = await createWorkspace();
    for (const floor of [1, 0, 1]) await changeState(owner, { floor });
    await evictDurableObject(objectOf(owner));
    const { chain } = owner.team;
    expect((await fetchStates(owner, 0)).states).toEqual(chain);
    expect((await fetchStates(owner, 2)).states).toEqual(chain.slice(2));
    expect(await fetchStates(owner, 4)).toMatchObject({ states: [], isComplete: true });
  });

  it('of a member who is no owner can be changed often, and not endlessly', async () => {
    const owner = await createWorkspace();
    const editor = await addDevice(owner, 'editor');
    const rename = (label: string) => {
      const { members } = owner.team.newest.state;
      return changeState(editor, {
        members: withChange(members, editor.hand.member.id, { label }),
      });
    };
    for (let round = 0; round < 50; round += 1) {
      expect((await rename(`bmFtZ${String(round)}`)).status).toBe(200);
    }
    expect(await codeOf(await rename('b25lTW9yZQ'))).toBe('too-many-requests');
    expect((await changeState(owner, { floor: 1 })).status).toBe(200);
  });
});

describe('revoking a device', () => {
  it('in the middle of its push leaves it outside and the batches before it whole', async () => {
    const owner = await createWorkspace();
    const editor = await addDevice(owner, 'editor');
    await push(editor, 1, [{ id: 'before', text: 'x', seq: null }]);
    const [pushed] = await Promise.allSettled([
      push(editor, 2, [
        { id: 'a', text: 'x', seq: null },
        { id: 'b', text: 'x', seq: null },
      ]),
      revoke(owner, [editor]),
    ]);
    await expect(push(editor, 3, [{ id: 'c', text: 'x', seq: null }])).rejects.toThrow('401');
    const rest = await refreshed(owner);
    const rows = (await pull(rest, 0)).header.rows.length;
    // Whole or not at all, whichever came first.
    expect(rows).toBe(pushed.status === 'fulfilled' ? 3 : 1);
  });

  it('lets nobody seal under the old key any more', async () => {
    const owner = await createWorkspace();
    const second = await addDevice(owner);
    const gone = await addDevice(owner);
    const edit = [{ id: 'row', text: 'x', seq: null }];
    await push(second, 1, edit);
    await revoke(owner, [gone]);
    const current = await refreshed(second);
    // Admitted with the newest proof, but sealed before it heard of the new epoch.
    const late = { ...second, authorization: current.authorization };
    expect(await outcomes(late, 2, edit)).toEqual(['same']);
    expect(await outcomes(late, 3, [{ id: 'row', text: 'y', seq: 1 }])).toEqual(['old-key-epoch']);
    expect(await outcomes(current, 4, [{ id: 'row', text: 'y', seq: 1 }])).toEqual(['accepted']);
  });
});

describe('rows of an earlier key epoch', () => {
  it('are found, and sealed anew in place: nobody has to fetch them again', async () => {
    const owner = await createWorkspace();
    const gone = await addDevice(owner);
    const edits = ['a', 'b', 'c'].map((id) => ({ id, text: id, seq: null }));
    await push(owner, 1, edits);
    await revoke(owner, [gone]);
    const now = await refreshed(owner);
    await push(now, 2, [{ id: 'd', text: 'd', seq: null }]);
    expect((await pull(now, 0, { below: 2 })).header.rows.map(({ seq }) => seq)).toEqual([1, 2, 3]);
    expect(await outcomes(now, 3, edits.slice(0, 2))).toEqual(['same', 'same']);
    const left = await pull(now, 0, { below: 2 });
    expect(left.header).toMatchObject({ head: 4, isComplete: true, rows: [{ seq: 3 }] });
    const { header } = await pull(now, 0);
    expect(header.rows.map(({ seq }) => seq)).toEqual([1, 2, 3, 4]);
  });
});

describe('a chain that is brought along', () => {
  it('puts back a workspace that the worker has lost, with all its states', async () => {
    const owner = await createWorkspace();
    const editor = await addDevice(owner, 'editor');
    await runInDurableObject(objectOf(owner), (_object, { storage }) => storage.deleteAll());
    await evictDurableObject(objectOf(owner));
    const { team } = owner;
    const packages = await packagesFor(team.workspace, team.keyring, team.newest.state.devices);
    const body = { type: 'create', states: team.chain, packages };
    expect((await postJson('/v1/workspaces', body)).status).toBe(201);
    expect((await fetchStates(editor, 0)).states).toEqual(team.chain);
    expect(await hasNewestKey(editor)).toBe(true);
  });

  it('brings a worker forward that went back to a backup, and never backward', async () => {
    const begun = await begin();
    const first = await creationOf(begun);
    await postJson('/v1/workspaces', first);
    const { first: state, owner, workspace, keyring } = begun;
    const later = await signState(
      nextState(state, { floor: 1 }),
      owner.device.id,
      owner.keys.sign.privateKey,
    );
    const both = { ...first, states: [state.signed, later] };
    expect((await postJson('/v1/workspaces', both)).status).toBe(201);
    const rival = await signState(
      nextState(state, { floor: 0, movedTo: 'https://a.example' }),
      owner.device.id,
      owner.keys.sign.privateKey,
    );
    const fork = { ...first, states: [state.signed, rival] };
    expect(await codeOf(await postJson('/v1/workspaces', fork))).toBe('workspace-exists');
    const epoch = 'f'.repeat(32) as StorageEpoch;
    const team = { workspace, keyring, newest: state, chain: [], epoch };
    expect((await statusOf(await toDevice(team, owner))).stateVersion).toBe(2);
  });

  it('that is broken in the middle begins nothing', async () => {
    const owner = await createWorkspace();
    await changeState(owner, { floor: 1 });
    await changeState(owner, { floor: 0 });
    const { team } = owner;
    const packages = await packagesFor(team.workspace, team.keyring, team.newest.state.devices);
    const states = team.chain.toSpliced(1, 1);
    const body = { type: 'create', states, packages };
    expect(await errorOf(await postJson('/v1/workspaces', body))).toEqual({
      code: 'state-refused',
      problem: 'not-next',
    });
  });
});
