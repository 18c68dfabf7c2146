import type { WorkspaceId } from '../shared/protocol/ids.ts';
import { PROTOCOL_VERSION } from '../shared/protocol/limits.ts';
import { done, type Done } from '../shared/protocol/messages.ts';
import { fail, succeed } from '../shared/protocol/outcome.ts';
import type { RecoveryFound } from '../shared/protocol/workspace-messages.ts';
import { isMigrated, migratePointer } from './migrations.ts';
import { firstRow, textOf, type Sql } from './sql.ts';
import type { Reply } from './workspace-api.ts';

/** A sealed pointer that recovery words lead to. It belongs to the workspace that set it first. */
export interface PointerStore {
  set(workspace: WorkspaceId, pointer: string): Reply<Done>;
  find(): Reply<RecoveryFound>;
  isOf(workspace: WorkspaceId): boolean;
}

export function createPointerStore(sql: Sql): PointerStore {
  const read = () => (isMigrated(sql) ? firstRow(sql, 'SELECT * FROM pointer') : null);
  return {
    set(workspace, pointer) {
      migratePointer(sql);
      const row = read();
      if (row && textOf(row, 'workspace') !== workspace) return fail({ code: 'not-allowed' });
      sql.run(
        'INSERT OR REPLACE INTO pointer (one, workspace, pointer) VALUES (1, ?, ?)',
        workspace,
        pointer,
      );
      return succeed(done);
    },
    find() {
      const row = read();
      return row
        ? succeed({ v: PROTOCOL_VERSION, type: 'recovery', pointer: textOf(row, 'pointer') })
        : fail({ code: 'recovery-unknown' });
    },
    isOf(workspace) {
      const row = read();
      return row !== null && textOf(row, 'workspace') === workspace;
    },
  };
}
