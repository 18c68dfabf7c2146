import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { parseArgs } from 'node:util';
import {
  bytesToHex,
  concatBytes,
  hexToBytes,
  u32ToBytes,
  type Bytes,
} from '../../shared/protocol/bytes.ts';
import { decodeFrame } from '../../shared/protocol/frame.ts';
import { createChildren } from '../support/children.ts';
import { runMain } from '../support/problem.ts';
import { createDevice, pushFrameOf, type WorkerDevice } from '../support/worker-device.ts';
import { startWorker } from '../support/worker.ts';
import { randomBytes } from '../unit/protocol/support/random.ts';
import { spreadOf } from './statistics.ts';

/**
 * How long the worker takes for a push when it already holds a million rows. The rows are written
 * straight into the object's database, so that a run takes seconds; the pushes go through the real
 * worker, over an open socket, next to a push that changes nothing: the difference is the writing.
 *
 *     node test/bench/worker-push.ts --rows 1000000
 */
const { values: options } = parseArgs({
  options: {
    rows: { type: 'string', default: '1000000' },
    samples: { type: 'string', default: '60' },
  },
});

/** The smallest size a row can have, and that of most interactions. */
const SEALED_BYTES = 297;
/** The kernel counts in hundredths of a second. */
const MS_IN_TICK = 10;
const children = createChildren();
const rowCount = Number(options.rows);
const samples = Number(options.samples);

await runMain(async () => {
  const folder = await mkdtemp(join(tmpdir(), 'mainstay-worker-push-'));
  try {
    const first = await startWorker({ children, persistTo: folder });
    const device = await createDevice(first.url);
    await first.stop();
    await fill(folder, device);
    const worker = await startWorker({ children, persistTo: folder });
    await measure(worker.url.replace('http', 'ws'), device);
    await worker.stop();
    return 0;
  } finally {
    await children.stopAll();
    await rm(folder, { recursive: true, force: true });
  }
});

/** An envelope as the worker sees it: a header it can read, and what looks like noise. */
function envelopeOf({ owner }: WorkerDevice): Bytes {
  const noise = randomBytes(SEALED_BYTES - 13);
  return concatBytes(Uint8Array.of(1), u32ToBytes(1), hexToBytes(owner.device.id), noise);
}

/** Row `n` has a key that is spread as a hash is, and can be said again. */
function rowKeyOf(n: number): Bytes {
  const key = new Uint8Array(16);
  const view = new DataView(key.buffer);
  view.setUint32(0, Math.imul(n + 1, 0x9e37_79b1));
  view.setUint32(12, n);
  return key;
}

async function fill(folder: string, device: WorkerDevice): Promise<void> {
  const objects = join(folder, 'v3', 'do', 'mainstay-sync-Workspace');
  const name = (await readdir(objects)).find((each) => /^[0-9a-f]{64}\.sqlite$/.test(each));
  if (name === undefined) throw new Error('the object has no database');
  const database = new DatabaseSync(join(objects, name));
  const sealed = envelopeOf(device);
  database.exec('BEGIN');
  const insert = database.prepare(
    `INSERT INTO rows (seq, rkey, lane, epoch, dead, written_at, device, hash, sealed)
     VALUES (?, ?, 1, 1, 0, 0, ?, ?, ?)`,
  );
  for (let n = 0; n < rowCount; n += 1) {
    insert.run(n + 1, rowKeyOf(n), device.owner.device.id, '0'.repeat(32), sealed);
  }
  database.exec(
    `UPDATE workspace SET head = ${rowCount}, row_count = ${rowCount}, byte_count = ${rowCount * SEALED_BYTES}`,
  );
  database.exec('COMMIT');
  database.close();
}

async function measure(url: string, device: WorkerDevice): Promise<void> {
  const socket = new WebSocket(`${url}/v1/workspaces/${device.workspace}/socket`, [
    'mainstay.v1',
    device.credentials,
    'client.1',
  ]);
  socket.binaryType = 'arraybuffer';
  await hear(socket);
  const sealed = envelopeOf(device);
  const seqs = new Map<number, number>();
  let batch = 0;
  let head = rowCount;

  async function push(rows: readonly number[], hash: string): Promise<number> {
    batch += 1;
    const frame = pushFrameOf(
      device,
      batch,
      head,
      rows.map((n) => ({
        rkey: rowKeyOf(n),
        seq: n < rowCount ? (seqs.get(n) ?? n + 1) : null,
        hash,
        sealed,
      })),
    );
    const startedAt = performance.now();
    socket.send(frame);
    const answer = await hear(socket);
    const took = performance.now() - startedAt;
    const result = decodeFrame(new Uint8Array(answer));
    if (!result.ok) throw new Error(new TextDecoder().decode(answer));
    const results = resultsOf(result.value.header);
    results.forEach(({ status, seq }, index) => {
      if (status !== 'accepted' && hash !== '0'.repeat(32)) throw new Error(status);
      seqs.set(rows[index] ?? 0, seq);
      head = Math.max(head, seq);
    });
    return took;
  }

  let unused = rowCount;
  const some = (count: number): number[] => {
    const chosen = new Set<number>();
    while (chosen.size < count) chosen.add(Math.floor(Math.random() * rowCount));
    return [...chosen];
  };
  const fresh = (count: number): number[] => Array.from({ length: count }, () => (unused += 1));
  const kinds = [
    { name: 'a push that changes nothing (100 rows)', rows: () => some(100), isSame: true },
    { name: '100 changes to existing rows', rows: () => some(100), isSame: false },
    { name: '100 new rows', rows: () => fresh(100), isSame: false },
    { name: '1 change', rows: () => some(1), isSame: false },
  ];
  console.log(
    `${rowCount} rows stored, ${samples} pushes each, over an open socket, milliseconds:`,
  );
  console.log(`${''.padEnd(40)}  median     p95  processor time of the worker`);
  for (const { name, rows, isSame } of kinds) {
    const times: number[] = [];
    let cpuBefore = 0;
    for (let n = 0; n < samples + 5; n += 1) {
      const hash = isSame ? '0'.repeat(32) : bytesToHex(randomBytes(16));
      const took = await push(rows(), hash);
      if (isSame) seqs.clear();
      if (n === 4) cpuBefore = await cpuOfWorkerMs();
      if (n >= 5) times.push(took);
    }
    const { median, p95 } = spreadOf(times);
    const cpu = ((await cpuOfWorkerMs()) - cpuBefore) / samples;
    const figures = [median, p95, cpu].map((ms) => ms.toFixed(1).padStart(7));
    console.log(`${name.padEnd(40)} ${figures.join(' ')}`);
  }
  socket.close();
}

/** Of all workerd processes under this one: what a busy machine does not stretch. Linux only. */
async function cpuOfWorkerMs(): Promise<number> {
  let ticks = 0;
  for (const pid of await descendantsOf(process.pid)) {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
    if (!stat.includes('(workerd)')) continue;
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    ticks += Number(fields[11]) + Number(fields[12]);
  }
  return ticks * MS_IN_TICK;
}

async function descendantsOf(pid: number): Promise<readonly number[]> {
  const tasks = await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8').catch(() => '');
  const children = tasks.split(' ').filter(Boolean).map(Number);
  const further = await Promise.all(children.map(descendantsOf));
  return [...children, ...further.flat()];
}

function hear(socket: WebSocket): Promise<ArrayBuffer> {
  return new Promise((resolve, reject) => {
    const onMessage = ({ data }: MessageEvent): void => {
      socket.removeEventListener('close', onClose);
      resolve(data instanceof ArrayBuffer ? data : new TextEncoder().encode(String(data)).buffer);
    };
    const onClose = ({ code }: CloseEvent): void => reject(new Error(`closed: ${code}`));
    socket.addEventListener('message', onMessage, { once: true });
    socket.addEventListener('close', onClose, { once: true });
  });
}

interface Result {
  readonly status: string;
  readonly seq: number;
}

function resultsOf(header: unknown): readonly Result[] {
  if (typeof header !== 'object' || header === null || !('results' in header)) return [];
  return header.results as readonly Result[];
}
