import { rmSync } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Children } from '../../support/children.ts';
import type { Backend, DeviceSetup } from './contract.ts';
import { buildBenchExtension } from './device/bench-extension.ts';
import { startBrowserDevice } from './device/browser-device.ts';
import { startNodeDevice } from './device/node-device.ts';
import type { RunningDevice } from './device/running-device.ts';
import type { Peer } from './peers.ts';
import { startWireTap, type WireTap } from './wire/wire-tap.ts';

/** One peer's server, the tap before it, and its devices. */
export interface Scene {
  readonly backend: Backend;
  readonly tap: WireTap;
  addDevice(): Promise<RunningDevice>;
  close(): Promise<void>;
}

export async function openScene(peer: Peer, children: Children): Promise<Scene> {
  const folder = await mkdtemp(join(tmpdir(), 'mainstay-sync-bench-'));
  // Also when the run is interrupted: a book of a million records is not to be left behind.
  const removeNow = (): void => rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  process.once('exit', removeNow);
  const devices: RunningDevice[] = [];
  let backend: Backend | null = null;
  let tap: WireTap | null = null;

  async function close(): Promise<void> {
    await Promise.allSettled(devices.map((device) => device.stop()));
    await backend?.stop();
    await tap?.close();
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
    process.removeListener('exit', removeNow);
  }

  try {
    const server = join(folder, 'server');
    await mkdir(server);
    const started = await peer.start({ children, folder: server });
    backend = started;
    tap = await startWireTap(started.port);
    const setup = { url: `http://127.0.0.1:${tap.port}`, ...started.setup };
    const start = await deviceStarter(peer, children, join(folder, 'extension'));
    return {
      backend: started,
      tap,
      async addDevice() {
        const own = join(folder, `device-${devices.length}`);
        const device = await start({ ...setup, folder: own });
        devices.push(device);
        return device;
      },
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

type StartDevice = (setup: DeviceSetup) => Promise<RunningDevice>;

async function deviceStarter(
  { device }: Peer,
  children: Children,
  extensionFolder: string,
): Promise<StartDevice> {
  if (device.where === 'node') {
    const { script, read } = device;
    return (setup) => startNodeDevice({ children, script, setup, read });
  }
  const extension = await buildBenchExtension(extensionFolder, {
    device: device.script,
    reader: device.reader,
  });
  return (setup) => startBrowserDevice({ children, extension, profile: setup.folder, setup });
}
