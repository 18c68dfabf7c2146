import { createServer } from 'node:http';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import * as v from 'valibot';
import type { Device, DeviceSetup } from '../contract.ts';
import type { DeviceTools } from '../page/serve-device.ts';

/** A device that can also fill the server. */
export interface SourceDevice extends Device {
  /** Writes the whole book and sends it. */
  seed(rows: number): Promise<void>;
}

export type NodeCall = keyof SourceDevice | 'start' | 'processId';

const callSchema = v.object({ name: v.string(), args: v.array(v.unknown()) });
const LOOP_RESOLUTION_MS = 10;

/**
 * Lets the driver call a device that has this process to itself.
 *
 * @public by the peers' own scripts
 */
export function serveNodeDevice(
  create: (setup: DeviceSetup, tools: DeviceTools) => Promise<SourceDevice>,
): void {
  const delays = monitorEventLoopDelay({ resolution: LOOP_RESOLUTION_MS });
  delays.enable();
  const tools: DeviceTools = {
    longestTaskMs() {
      const longest = delays.max / 1e6;
      delays.reset();
      return longest;
    },
  };
  let device: SourceDevice | null = null;

  async function answer(name: string, args: readonly unknown[]): Promise<unknown> {
    if (name === 'processId') return process.pid;
    if (name === 'start') {
      device = await create(args[0] as DeviceSetup, tools);
      return null;
    }
    if (!device || !(name in device)) throw new Error(`no such call: ${name}`);
    const method = device[name as keyof SourceDevice] as (
      ...given: readonly unknown[]
    ) => Promise<unknown>;
    return (await method(...args)) ?? null;
  }

  const server = createServer((request, response) => {
    void (async () => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      const { name, args } = v.parse(callSchema, JSON.parse(Buffer.concat(chunks).toString()));
      return answer(name, args);
    })().then(
      (value) => response.end(JSON.stringify(value)),
      (error: unknown) =>
        response.writeHead(500).end(error instanceof Error ? error.message : String(error)),
    );
  });
  server.requestTimeout = 0;
  server.listen(0, '127.0.0.1', () => {
    const address = server.address();
    if (typeof address === 'object' && address) console.log(`listening on ${address.port}`);
  });
}
