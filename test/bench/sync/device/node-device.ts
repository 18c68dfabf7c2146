import { mkdir } from 'node:fs/promises';
import { request } from 'node:http';
import type { Children } from '../../../support/children.ts';
import { startChildServer } from '../backends/child-server.ts';
import type { Contents, DeviceCall, DeviceSetup } from '../contract.ts';
import { watchMemory } from './memory.ts';
import type { RunningDevice } from './running-device.ts';
import type { NodeCall } from './serve-node-device.ts';

export interface NodeDeviceOptions {
  readonly children: Children;
  readonly script: string;
  readonly setup: DeviceSetup;
  readonly read: (folder: string) => Contents;
}

export interface RunningSource extends RunningDevice {
  seed(rows: number): Promise<void>;
}

/** A device of a peer that needs no browser, in a process of its own. */
export async function startNodeDevice(options: NodeDeviceOptions): Promise<RunningSource> {
  const { children, script, setup } = options;
  await mkdir(setup.folder, { recursive: true });
  const child = await startChildServer({ children, script, args: [] });
  const call = <Result>(name: NodeCall, args: readonly unknown[]): Promise<Result> =>
    post(child.port, JSON.stringify({ name, args })) as Promise<Result>;
  await call('start', [setup]);
  const processId = await call<number>('processId', []);
  return {
    call: <Result>(name: DeviceCall, args: readonly unknown[]) => call<Result>(name, args),
    seed: (rows) => call('seed', [rows]),
    read: async () => options.read(setup.folder),
    watchMemory: () => watchMemory(async () => [processId]),
    stop: child.stop,
  };
}

/** Without a time limit: an answer can be minutes away. */
function post(port: number, body: string): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const asked = request({ port, host: '127.0.0.1', method: 'POST' }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => {
        const text = Buffer.concat(chunks).toString();
        if (response.statusCode === 200) resolve(JSON.parse(text));
        else reject(new Error(text));
      });
    });
    asked.on('error', reject);
    asked.end(body);
  });
}
