import type { DeviceId } from '../shared/clock.ts';
import type { SlotId } from '../shared/protocol/ids.ts';
import {
  INVITATION_LIFETIME_MS,
  MAX_INVITATIONS,
  PROTOCOL_VERSION,
} from '../shared/protocol/limits.ts';
import { fail, succeed } from '../shared/protocol/outcome.ts';
import type { Invitations, Invite } from '../shared/protocol/workspace-messages.ts';
import { done, type Done } from '../shared/protocol/messages.ts';
import type { Caller } from './access.ts';
import { firstRow, numberOf, textOf, type Sql } from './sql.ts';
import type { Reply } from './workspace-api.ts';

/** Which slots stand open in this workspace's name; what lies in them is the slots' business. */
export function addInvitation(
  sql: Sql,
  { role, device }: Caller,
  { slot, label }: Pick<Invite, 'slot' | 'label'>,
  nowMs: number,
): Reply<Done> {
  if (role !== 'owner') return fail({ code: 'not-allowed' });
  sql.run('DELETE FROM invitations WHERE expires_at <= ?', nowMs);
  const open = firstRow(sql, 'SELECT count(*) AS open FROM invitations WHERE slot <> ?', slot);
  if (open && numberOf(open, 'open') >= MAX_INVITATIONS) {
    return fail({ code: 'too-many-invitations' });
  }
  sql.run(
    `INSERT INTO invitations (slot, device, label, created_at, expires_at) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (slot) DO NOTHING`,
    slot,
    device,
    label,
    nowMs,
    nowMs + INVITATION_LIFETIME_MS,
  );
  return succeed(done);
}

export function listInvitations(sql: Sql, { role }: Caller, nowMs: number): Reply<Invitations> {
  if (role !== 'owner') return fail({ code: 'not-allowed' });
  const rows = sql.rows(
    'SELECT * FROM invitations WHERE expires_at > ? ORDER BY created_at, slot',
    nowMs,
  );
  return succeed({
    v: PROTOCOL_VERSION,
    type: 'invitations',
    invitations: Array.from(rows, (row) => ({
      slot: textOf(row, 'slot') as SlotId,
      device: textOf(row, 'device') as DeviceId,
      label: textOf(row, 'label'),
      createdAt: numberOf(row, 'created_at'),
      expiresInMs: numberOf(row, 'expires_at') - nowMs,
    })),
  });
}

/** Fails for a slot that this workspace has not opened: nobody closes another's. */
export function removeInvitation(sql: Sql, { role }: Caller, slot: SlotId): Reply<Done> {
  if (role !== 'owner') return fail({ code: 'not-allowed' });
  if (!firstRow(sql, 'SELECT slot FROM invitations WHERE slot = ?', slot)) {
    return fail({ code: 'slot-gone' });
  }
  sql.run('DELETE FROM invitations WHERE slot = ?', slot);
  return succeed(done);
}
