import { isDeviceId, isHlc, type DeviceId, type Hlc } from '../../shared/clock.ts';
import type { MainstayDatabase } from './database.ts';

const DEVICE_KEY = 'device';
const CLOCK_KEY = 'clock';
/** Milliseconds to add to this device's clock to get the worker's; the sync client measures it. */
export const CLOCK_OFFSET_KEY = 'clock-offset-ms';

export interface Device {
  readonly id: DeviceId;
  /** The database held no device yet: it is new, or the browser deleted the one before. */
  readonly isNew: boolean;
}

/** This device's id: 64 random bits, made once and kept. */
export async function readDevice(
  db: MainstayDatabase,
  randomBytes: (length: number) => Uint8Array,
): Promise<Device> {
  return db.transaction('rw', db.kv, async () => {
    const known = (await db.kv.get(DEVICE_KEY))?.value;
    if (isDeviceId(known)) return { id: known, isNew: false };
    const device = Array.from(randomBytes(8), (byte) => byte.toString(16).padStart(2, '0')).join(
      '',
    );
    await db.kv.put({ key: DEVICE_KEY, value: device });
    return { id: device as DeviceId, isNew: true };
  });
}

/** The last clock value given out here; kept so that a restart cannot repeat one. */
export async function readClock(db: MainstayDatabase): Promise<Hlc | null> {
  const value = (await db.kv.get(CLOCK_KEY))?.value;
  return isHlc(value) ? value : null;
}

export async function writeClock(db: MainstayDatabase, hlc: Hlc): Promise<void> {
  await db.kv.put({ key: CLOCK_KEY, value: hlc });
}

export async function readClockOffset(db: MainstayDatabase): Promise<number> {
  const value = (await db.kv.get(CLOCK_OFFSET_KEY))?.value;
  return typeof value === 'number' && Number.isFinite(value) ? value : 0;
}
