import type { DeviceId } from '../../../shared/clock.ts';
import { fail, succeed, type Outcome } from '../../../shared/protocol/outcome.ts';
import type { Fields } from '../../../shared/row.ts';
import { openRow } from '../row-codec.ts';
import { openDesk, type MembershipDeps } from './desk.ts';
import { openName } from './labels.ts';
import { toMembershipProblem, type MembershipProblem } from './problem.ts';

/** How a row was before it was written over. */
export interface VersionLine {
  readonly seq: number;
  /** Null: the device has been removed since, or its name cannot be read. */
  readonly deviceName: string | null;
  readonly writtenAt: number;
  readonly replacedAt: number;
  readonly fields: Fields;
}

/** Newest first; what cannot be opened here is left out. The worker keeps them for 30 days. */
export async function listVersions(
  deps: MembershipDeps,
  { table, id }: { readonly table: string; readonly id: string },
): Promise<Outcome<readonly VersionLine[], MembershipProblem>> {
  const desk = await openDesk(deps);
  if (!desk.ok) return desk;
  const { api, member } = desk.value;
  const { keys, pin } = member;
  const rkey = await keys.rowKey(table, id);
  const writers = new Set(pin.writers);
  const names = new Map<DeviceId, string | null>();
  for (const device of pin.newest.state.devices) {
    names.set(device.id, await openName(keys, '#device', device.id, device.label));
  }
  const lines: VersionLine[] = [];
  for (let before: number | null = null; ;) {
    const page = await api.versions(rkey, before);
    if (!page.ok) return fail(toMembershipProblem(page.error));
    const { header, blobs } = page.value;
    for (const [index, { seq, device, writtenAt, replacedAt }] of header.rows.entries()) {
      const sealed = blobs[index];
      // Of earlier versions the worker keeps no hash.
      const row = sealed && (await openRow(keys, writers, { rkey, seq, hash: '', sealed }, false));
      if (!row?.ok) continue;
      const deviceName = names.get(device) ?? null;
      lines.push({ seq, deviceName, writtenAt, replacedAt, fields: row.value.row.fields });
    }
    const last = header.rows.at(-1);
    if (header.isComplete || !last) return succeed(lines);
    before = last.seq;
  }
}
