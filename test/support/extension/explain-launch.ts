import { Problem } from '../problem.ts';

/** A browser's own reasons for not starting, in words; what is not known is thrown on. */
export function explainLaunch(error: unknown): never {
  const text = error instanceof Error ? error.message : String(error);
  if (/No usable sandbox|setuid sandbox/i.test(text)) {
    throw new Problem(
      'Chromium found no sandbox on this machine.',
      'Containers often have none. Nothing is wrong with the extension.',
      'Set MAINSTAY_NO_SANDBOX=1 and run again.',
      { cause: error },
    );
  }
  if (/already running for/i.test(text)) {
    throw new Problem(
      'A browser already runs with this profile.',
      'Two browsers cannot share one profile. Its data is safe.',
      'Close the window of the earlier run, then run again.',
      { cause: error },
    );
  }
  if (/Missing X server|cannot open display/i.test(text)) {
    throw new Problem(
      'There is no screen to open a window on.',
      'DISPLAY or WAYLAND_DISPLAY is set, but nothing answers there.',
      'Run `npm start -- --tour` for the same without a window.',
      { cause: error },
    );
  }
  throw error;
}
