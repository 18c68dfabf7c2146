import type { Rests } from '../../rest.ts';
import type { Contents, FieldEdit } from '../contract.ts';
import type { RunningDevice } from '../device/running-device.ts';
import { contentsOf } from '../records/contents.ts';
import { bookOf, editsOf } from '../records/records.ts';
import type { Check } from '../report/report.ts';
import type { Scene } from '../scene.ts';

/** What the workloads of one peer share: its scene, and what every device must hold by now. */
export interface Stage {
  readonly scene: Scene;
  readonly rows: number;
  readonly rests: Rests;
  /** Edits that nobody has made yet; from now on every device must come to hold them. */
  newEdits(count: number): readonly FieldEdit[];
  /** Asks a device's storage, and not the device. */
  check(what: string, device: RunningDevice): Promise<Check>;
}

export function createStage(scene: Scene, rows: number, rests: Rests): Stage {
  const made: FieldEdit[] = [];
  let rounds = 0;
  let expected: Contents | null = null;
  return {
    scene,
    rows,
    rests,
    newEdits(count) {
      rounds += 1;
      const edits = editsOf(rows, count, `round ${rounds}`);
      made.push(...edits);
      expected = null;
      return edits;
    },
    async check(what, device) {
      expected ??= contentsOf(bookOf(rows).records(), made);
      return { what, expected, found: await device.read() };
    },
  };
}
