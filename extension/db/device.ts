import { isDeviceId, isHlc, isTooFarAhead, type DeviceId, type Hlc } from '../../shared/clock.ts';
import type { MainstayDatabase } from './database.ts';

const DEVICE_KEY = 'device';
const CLOCK_KEY = 'clock';
/** Milliseconds to add to this device's clock to get the worker's; the sync client measures it. */
export const CLOCK_OFFSET_KEY = 'clock-offset-ms';
/** The highest clock value among what was exchanged with others: the clock never goes back behind it. */
const BELIEVED_KEY = 'clock-believed';
/** By how much the offset was lowered while the last stamp lay too far ahead; 0 or less. */
const SHIFT_KEY = 'clock-shift-ms';

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
    const known = await readDeviceId(db);
    if (known !== null) return { id: known, isNew: false };
    const device = Array.from(randomBytes(8), (byte) => byte.toString(16).padStart(2, '0')).join(
      '',
    );
    await db.kv.put({ key: DEVICE_KEY, value: device });
    return { id: device as DeviceId, isNew: true };
  });
}

/** This device's id, once it has one. */
export async function readDeviceId(db: MainstayDatabase): Promise<DeviceId | null> {
  const value = (await db.kv.get(DEVICE_KEY))?.value;
  return isDeviceId(value) ? value : null;
}

/** The last clock value given out here; kept so that a restart cannot repeat one. */
export async function readClock(db: MainstayDatabase): Promise<Hlc | null> {
  const value = (await db.kv.get(CLOCK_KEY))?.value;
  return isHlc(value) ? value : null;
}

export async function writeClock(db: MainstayDatabase, hlc: Hlc): Promise<void> {
  await db.kv.put({ key: CLOCK_KEY, value: hlc });
}

export const readClockOffset = (db: MainstayDatabase): Promise<number> =>
  readNumber(db, CLOCK_OFFSET_KEY);

/**
 * Stamps made before lie ahead by what the offset is lowered; `takeShift` hands that on. Where none
 * is too far ahead of `nowMs`, none will have to go back by it: those made later are by this offset.
 */
export async function writeClockOffset(
  db: MainstayDatabase,
  offsetMs: number,
  nowMs: number,
): Promise<void> {
  await db.transaction('rw', db.kv, async () => {
    const clock = await readClock(db);
    const isAhead = clock !== null && isTooFarAhead(clock, nowMs);
    const loweredMs = Math.min(0, offsetMs - (await readClockOffset(db)));
    await db.kv.bulkPut([
      { key: CLOCK_OFFSET_KEY, value: offsetMs },
      { key: SHIFT_KEY, value: isAhead ? (await readNumber(db, SHIFT_KEY)) + loweredMs : 0 },
    ]);
  });
}

/** Reads and forgets it. */
export async function takeShift(db: MainstayDatabase): Promise<number> {
  const shiftMs = await readNumber(db, SHIFT_KEY);
  if (shiftMs !== 0) await db.kv.delete(SHIFT_KEY);
  return shiftMs;
}

export async function readBelieved(db: MainstayDatabase): Promise<Hlc | null> {
  const value = (await db.kv.get(BELIEVED_KEY))?.value;
  return isHlc(value) ? value : null;
}

export async function noteBelieved(db: MainstayDatabase, hlc: Hlc): Promise<void> {
  const known = await readBelieved(db);
  if (known === null || hlc > known) await db.kv.put({ key: BELIEVED_KEY, value: hlc });
}

async function readNumber(db: MainstayDatabase, key: string): Promise<number> {
  const value = (await db.kv.get(key))?.value;
  return typeof value === 'number' && Number.isFinite(value) ? value : 0;
}
