import type { Device, DeviceCall, DeviceSetup } from '../contract.ts';

export type CreateDevice = (setup: DeviceSetup, tools: DeviceTools) => Promise<Device> | Device;

export interface DeviceTools {
  /** The longest task of this thread since the last call; 0 when none was long enough to be seen. */
  longestTaskMs(): number;
}

/** An answer travels as text, so that nothing of the page is kept alive by the driver. */
export type Answered =
  | { readonly call: number; readonly ok: true; readonly value: unknown }
  | { readonly call: number; readonly ok: false; readonly error: string };

declare global {
  interface Window {
    /** Put there by the driver; takes an `Answered` as JSON. */
    benchAnswered(answered: string): void;
    /** Called by the driver. Returns at once: the driver gives up on an answer that takes minutes. */
    benchCall(call: number, name: DeviceCall | 'start', args: readonly unknown[]): void;
  }
}

/** Lets the driver outside call this page's device. */
export function serveDevice(create: CreateDevice): void {
  const tools = { longestTaskMs: watchTasks() };
  let device: Device | null = null;

  async function answer(name: DeviceCall | 'start', args: readonly unknown[]): Promise<unknown> {
    if (name === 'start') {
      device = await create(args[0] as DeviceSetup, tools);
      return null;
    }
    if (!device) throw new Error('the device has not been started');
    const method = device[name] as (...given: readonly unknown[]) => Promise<unknown>;
    return method(...args);
  }

  window.benchCall = (call, name, args) => {
    void answer(name, args).then(
      (value) => send({ call, ok: true, value: value ?? null }),
      (error: unknown) => send({ call, ok: false, error: errorText(error) }),
    );
  };
}

const send = (answered: Answered): void => window.benchAnswered(JSON.stringify(answered));

const errorText = (error: unknown): string =>
  error instanceof Error ? `${error.name}: ${error.message}` : JSON.stringify(error);

/** Chromium reports tasks of 50 ms and more. */
function watchTasks(): () => number {
  let longest = 0;
  const observer = new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) longest = Math.max(longest, duration);
  });
  observer.observe({ type: 'longtask' });
  return () => {
    for (const { duration } of observer.takeRecords()) longest = Math.max(longest, duration);
    const taken = longest;
    longest = 0;
    return taken;
  };
}
