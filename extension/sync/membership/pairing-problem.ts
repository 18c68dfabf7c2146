import type { StepProblem } from '../session.ts';
import type { PairingProblem } from './pairing-state.ts';

export function toPairingProblem({ code }: { readonly code: StepProblem['code'] }): PairingProblem {
  switch (code) {
    case 'offline':
    case 'too-many-devices':
      return code;
    case 'slot-gone':
      return 'expired';
    case 'slot-used':
      return 'code-used';
    default:
      return 'worker-failed';
  }
}

/** The next step may succeed: the two minutes are the limit, not one lost request. */
export const isWorthRepeating = ({ code }: { readonly code: StepProblem['code'] }): boolean =>
  code === 'offline' || code === 'too-many-requests' || code === 'internal';
