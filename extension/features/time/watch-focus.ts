import type { Send } from '../../messaging/send.ts';
import type { TimeMessages } from './messages.ts';

export interface FocusWatch {
  /** Whose thread is shown now; null for nobody's. */
  show(clientId: string | null): void;
  /** The user has just recorded time, or taken it back: what is left to suggest? */
  ask(): void;
}

interface Deps {
  readonly window: Window;
  readonly send: Send<TimeMessages>;
  readonly signal: AbortSignal;
  /** The minutes to suggest for the client shown, whenever they were told. */
  readonly onMinutes: (minutes: number) => void;
}

const MINUTE_MS = 60_000;
/** What shows that someone is at work here. */
const ACTIVE = ['pointermove', 'keydown', 'wheel'] as const;

/**
 * Says "here" when a client's thread is in front and used, once a minute at most, and "gone" when it
 * is not. All reckoning is the background's. The page pays for one event of each kind a minute: a
 * listener leaves with the first of them, and comes back when the minute is over.
 */
export function watchFocus({ window, send, signal, onMinutes }: Deps): FocusWatch {
  let shown: string | null = null;
  let told: string | null = null;
  let isActive = true;

  async function tell(isGone = false): Promise<void> {
    const here = window.document.hasFocus() && !isGone ? shown : null;
    // Nobody touches the page: the background hears nothing, and stops counting after a while.
    if (here === told && (here === null || !isActive)) return;
    told = here;
    isActive = false;
    for (const type of ACTIVE) {
      window.addEventListener(type, mark, { once: true, capture: true, passive: true, signal });
    }
    const answer = await send('time.here', { clientId: here });
    if (answer.ok && here !== null && here === shown) onMinutes(answer.value.minutes);
  }

  function mark(): void {
    isActive = true;
  }

  // By then the focus has gone where it goes: into a frame of the same page, for example.
  const later = (): unknown => setTimeout(() => void tell());
  for (const type of ['focus', 'blur']) window.addEventListener(type, later, { signal });
  window.addEventListener('pagehide', () => void tell(true), { signal });
  const timer = setInterval(() => void tell(), MINUTE_MS);
  signal.addEventListener('abort', () => clearInterval(timer));
  return {
    show(clientId) {
      if (clientId === shown) return;
      shown = clientId;
      onMinutes(0);
      void tell();
    },
    ask() {
      isActive = true;
      void tell();
    },
  };
}
