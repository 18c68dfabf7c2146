import type { Bytes } from '../../../shared/protocol/bytes.ts';
import { ERROR_STATUS } from '../../../shared/protocol/errors.ts';
import type { CloudAnswer } from './cloud.ts';
import { readPage, writePage, type Page, type SealedRow } from './page.ts';
import type { Random } from './random.ts';

export interface Sealed extends SealedRow {
  readonly sealed: Bytes;
}

export interface Question {
  readonly kind: 'pull' | 'push' | 'states' | 'status' | 'digest' | 'socket' | 'news' | 'other';
  readonly url: string;
  /** What was pushed. */
  readonly body: Bytes | null;
  /** The truth; asking for it has the effects it has. */
  readonly honest: () => Promise<CloudAnswer | null>;
  readonly random: Random;
  readonly randomBytes: (length: number) => Bytes;
  readonly memory: {
    readonly seen: readonly Sealed[];
    readonly answers: ReadonlyMap<string, CloudAnswer>;
  };
}

export interface Lie {
  readonly name: string;
  readonly about: readonly Question['kind'][];
  readonly tell: (question: Question) => Promise<CloudAnswer | null>;
}

type Row = Sealed;
type Change = (rows: Row[], page: Page, question: Question) => readonly Row[];

/** Changes the rows of a page; sizes follow. */
const onRows = (name: string, change: Change): Lie => ({
  name,
  about: ['pull', 'news'],
  async tell(question) {
    const given = await question.honest();
    const page = given && readPage(given.bytes);
    if (!page?.header.rows) return given;
    const rows = page.header.rows.map((row, index): Row => ({
      ...row,
      sealed: page.blobs[index] ?? new Uint8Array(0),
    }));
    const changed = change(rows, page, question);
    return writePage({
      header: {
        ...page.header,
        rows: changed.map(({ sealed, ...row }) => ({ ...row, size: sealed.length })),
      },
      blobs: changed.map(({ sealed }) => sealed),
    });
  },
});

/** Changes the members of a header, or of a JSON answer. */
const onMembers = (
  name: string,
  about: Lie['about'],
  change: (members: Record<string, unknown>, question: Question) => object,
): Lie => ({
  name,
  about,
  async tell(question) {
    const given = await question.honest();
    if (!given || given.status >= 300) return given;
    const page = readPage(given.bytes);
    if (page) {
      const header = { ...page.header, ...change(page.header, question) };
      return writePage({ header, blobs: page.blobs });
    }
    const members = parse(given.bytes);
    return members ? json({ ...members, ...change(members, question) }) : given;
  },
});

/** An answer that owes nothing to the truth. */
const instead = (
  name: string,
  about: Lie['about'],
  tell: (question: Question) => CloudAnswer,
): Lie => ({ name, about, tell: async (question) => tell(question) });

const EVERYTHING = ['pull', 'push', 'states', 'status', 'digest', 'socket', 'other'] as const;
const COUNTED = ['pull', 'push', 'status', 'news'] as const;

export const lies: readonly Lie[] = [
  onRows('it puts rows under each other’s names', (rows) =>
    rows.map((row, index) => ({ ...row, sealed: rows.at(index - 1)?.sealed ?? row.sealed })),
  ),
  onRows('it gives old versions for new', (rows, _, { memory, random }) =>
    rows.map((row) => {
      const versions = memory.seen.filter(({ rkey }) => rkey === row.rkey);
      return { ...row, sealed: versions[random.below(versions.length)]?.sealed ?? row.sealed };
    }),
  ),
  onRows('it gives old versions with their own hashes', (rows, _, { memory, random }) =>
    rows.map((row) => {
      const versions = memory.seen.filter(({ rkey }) => rkey === row.rkey);
      return { ...(versions[random.below(versions.length)] ?? row), seq: row.seq };
    }),
  ),
  onRows('it gives rows that were not asked for', (rows, _, { memory, random }) => [
    ...rows,
    ...memory.seen.filter(() => random.chance(0.1)),
  ]),
  onRows('it leaves the end of a page out', (rows) => rows.slice(0, Math.floor(rows.length / 2))),
  onRows('it withholds rows', (rows, _, { random }) => rows.filter(() => random.chance(0.5))),
  onRows('it turns a page round', (rows) => rows.toReversed()),
  onRows('it says everything twice', (rows) => [...rows, ...rows]),
  onRows('it cuts rows off', (rows, _, { random }) =>
    rows.map((row) => ({ ...row, sealed: row.sealed.slice(0, random.below(row.sealed.length)) })),
  ),
  onRows('it changes a bit', (rows, _, { random }) =>
    rows.map((row) => {
      const sealed = row.sealed.slice();
      const at = random.below(sealed.length);
      sealed[at] = (sealed[at] ?? 0) ^ (1 << random.below(8));
      return { ...row, sealed };
    }),
  ),
  onRows('it makes rows up', (rows, _, { randomBytes }) =>
    rows.map((row) => ({
      ...row,
      // The header of a real envelope, and nothing behind it.
      sealed: Uint8Array.from([...row.sealed.slice(0, 25), ...randomBytes(256)]),
    })),
  ),
  onRows('it gives rows other hashes', (rows, _, { randomBytes }) =>
    rows.map((row) => ({ ...row, hash: Buffer.from(randomBytes(16)).toString('hex') })),
  ),
  onRows('it gives rows other numbers', (rows, _, { random }) =>
    rows.map((row) => ({ ...row, seq: random.below(2 ** 40) })),
  ),
  onMembers('it turns the head back', COUNTED, ({ head, next, before }, { random }) => {
    const lower = (number: unknown) => random.below(Number(number) + 1);
    return {
      head: lower(head),
      ...(next !== undefined && { next: lower(next) }),
      ...(before !== undefined && { before: lower(before) }),
    };
  }),
  onMembers('it moves the head far on', COUNTED, ({ head, next }, { random }) => {
    const far = Number(head) + 1 + random.below(2 ** random.below(45));
    return { head: far, ...(next !== undefined && { next: far }) };
  }),
  onMembers('it never comes to an end', ['pull'], ({ next }) => ({
    isComplete: false,
    next: Number(next) + 1,
    rows: [],
  })),
  onMembers('it is always complete', ['pull'], () => ({ isComplete: true })),
  onMembers('it claims another key', COUNTED, (_, { randomBytes }) => ({
    keyCheck: Buffer.from(randomBytes(16)).toString('hex'),
  })),
  onMembers('it claims another state', COUNTED, ({ stateVersion }, { random }) => ({
    stateVersion: Number(stateVersion) + random.pick([-1, 1, 7]),
  })),
  onMembers('it claims another time', COUNTED, ({ serverTimeMs }, { random }) => ({
    serverTimeMs: Number(serverTimeMs) + Math.round(random.jitter() * 20 * 60_000),
  })),
  onMembers('it shows states without their signatures', ['states'], ({ states }) => ({
    states: stateList(states).map((state) => ({ ...state, signature: 'A'.repeat(86) })),
  })),
  onMembers('it changes what is signed', ['states'], ({ states }, { random }) => ({
    states: stateList(states).map((state) => ({
      ...state,
      state: state.state.replace(/"(?:viewer|editor)"/, random.pick(['"owner"', '"viewer"'])),
    })),
  })),
  onMembers('it leaves a state out', ['states'], ({ states }) => ({
    states: stateList(states).slice(1),
  })),
  onMembers('it shows the last state again', ['states'], ({ states }) => ({
    states: [...stateList(states), ...stateList(states).slice(-1)],
  })),
  onMembers('it never has all the states', ['states'], () => ({ states: [], isComplete: false })),
  onMembers('it gives another device’s key package', ['states'], (_, { randomBytes }) => ({
    keyPackage: Buffer.from(randomBytes(80)).toString('base64url'),
  })),
  onMembers('it counts wrong', ['digest'], ({ count }, { randomBytes, random }) => ({
    count: Number(count) + random.below(3),
    xor: Buffer.from(randomBytes(16)).toString('hex'),
    buckets: Buffer.from(randomBytes(5120)).toString('base64url'),
    rows: [],
  })),
  {
    name: 'it acknowledges without storing',
    about: ['push'],
    async tell({ body, honest }) {
      const page = body && readPage(body);
      const rows = page?.header.rows;
      if (!rows) return honest();
      const before = 1_000_000;
      return frame({
        v: 1,
        type: 'push-result',
        batch: page.header['batch'],
        before,
        head: before + rows.length,
        stateVersion: 1,
        serverTimeMs: 0,
        results: rows.map((_, index) => ({ status: 'accepted', seq: before + 1 + index })),
      });
    },
  },
  {
    name: 'it acknowledges without storing, and nobody could tell',
    about: ['push'],
    async tell({ body, honest, memory }) {
      const page = body && readPage(body);
      const like = memory.answers.get('push');
      const known = like && readPage(like.bytes);
      const rows = page?.header.rows;
      if (!rows || !known) return honest();
      const head = Number(known.header['head']);
      return frame({
        ...known.header,
        batch: page.header['batch'],
        before: head,
        head: head + rows.length,
        results: rows.map((_, index) => ({ status: 'accepted', seq: head + 1 + index })),
      });
    },
  },
  onMembers('it refuses rows', ['push'], ({ results }, { random }) => ({
    results: list(results).map(() => ({
      status: 'refused',
      reason: random.pick(['not-yours', 'too-large', 'quota-rows', 'read-only', 'old-key-epoch']),
    })),
  })),
  onMembers('it gives fewer results than rows', ['push'], ({ results }) => ({
    results: list(results).slice(1),
  })),
  {
    name: 'it finds a conflict with whatever it likes',
    about: ['push'],
    async tell({ body, honest, memory, random }) {
      const given = await honest();
      const page = given && readPage(given.bytes);
      const sent = body && readPage(body)?.header.rows;
      if (!page || !sent || memory.seen.length === 0) return given;
      const winners = sent.map(() => memory.seen[random.below(memory.seen.length)]);
      return writePage({
        header: {
          ...page.header,
          results: winners.map((winner) => ({
            status: 'conflict',
            seq: winner?.seq ?? 1,
            hash: winner?.hash ?? '0'.repeat(32),
            size: winner?.sealed.length ?? 0,
          })),
        },
        blobs: winners.map((winner) => winner?.sealed ?? new Uint8Array(0)),
      });
    },
  },
  instead('it says that the storage is another one', ['pull', 'push'], ({ randomBytes }) =>
    failure({ code: 'epoch-changed', epoch: Buffer.from(randomBytes(16)).toString('hex') }),
  ),
  onMembers('it says each time that the storage is another one', ['status'], (_, question) => ({
    epoch: Buffer.from(question.randomBytes(16)).toString('hex'),
  })),
  {
    name: 'it says that what is here was deleted long ago',
    about: ['pull'],
    async tell({ honest, random }) {
      if (random.chance(0.3)) return failure({ code: 'behind-horizon', horizon: 2 ** 40 });
      const given = await honest();
      const page = given && readPage(given.bytes);
      if (!page?.header.rows) return given;
      const { head } = page.header;
      const header = { ...page.header, rows: [], isComplete: true, next: head };
      return writePage({ header, blobs: [] });
    },
  },
  instead('it says that the number of a batch was used', ['push'], ({ random }) =>
    failure({ code: 'batch-number-used', last: random.pick([0, 3, 2 ** 52, -1]) }),
  ),
  instead('it answers with every error there is', [...EVERYTHING], ({ random }) => {
    const codes = Object.keys(ERROR_STATUS) as [
      keyof typeof ERROR_STATUS,
      ...(keyof typeof ERROR_STATUS)[],
    ];
    return failure({ code: random.pick(codes), epoch: 'f'.repeat(32), last: 5, horizon: 9 });
  }),
  {
    name: 'it answers with an old answer',
    about: ['pull', 'push', 'states', 'status', 'digest', 'news'],
    tell: async ({ kind, honest, memory }) => memory.answers.get(kind) ?? honest(),
  },
  instead('it answers with garbage', [...EVERYTHING, 'news'], ({ random, randomBytes }) => ({
    status: random.pick([200, 200, 200, 201, 404, 500]),
    bytes: garbage(random, randomBytes),
  })),
  // A browser does not read what comes instead of a socket.
  instead(
    'it answers with far too much',
    EVERYTHING.filter((kind) => kind !== 'socket'),
    () => ({
      status: 200,
      bytes: new Uint8Array(3_000_000),
      isEndless: true,
    }),
  ),
];

function garbage(random: Random, randomBytes: Question['randomBytes']): Bytes {
  const text = (value: string): Bytes => new Uint8Array(new TextEncoder().encode(value));
  const framed = (header: object): Bytes => frame(header).bytes;
  return random.pick<() => Bytes>([
    () => new Uint8Array(0),
    () => randomBytes(1 + random.below(600)),
    () => text('<!doctype html><p>Welcome'),
    () => text('null'),
    () => text('[]'),
    () => text('{"v":1,"type":"pull-result","rows":{}}'),
    () => text('['.repeat(20_000)),
    () => framed({}),
    () =>
      framed({ v: 1, type: 'pull-result', rows: [{ rkey: '__proto__', seq: -1, size: 1e308 }] }),
    () => framed({ v: 2, type: 'pull-result' }),
    () => Uint8Array.from([0xff, 0xff, 0xff, 0xff, ...randomBytes(40)]),
  ])();
}

const frame = (header: object): CloudAnswer => writePage({ header: { ...header }, blobs: [] });

const json = (members: object): CloudAnswer => ({
  status: 200,
  bytes: new Uint8Array(new TextEncoder().encode(JSON.stringify(members))),
});

interface AnyError {
  readonly code: keyof typeof ERROR_STATUS;
  readonly [more: string]: unknown;
}

const failure = (error: AnyError): CloudAnswer => ({
  ...json({ error }),
  status: ERROR_STATUS[error.code],
});

function parse(bytes: Bytes): Record<string, unknown> | null {
  try {
    const parsed: unknown = JSON.parse(new TextDecoder().decode(bytes));
    return typeof parsed === 'object' && parsed !== null
      ? (parsed as Record<string, unknown>)
      : null;
  } catch {
    return null;
  }
}

const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
const stateList = (value: unknown) =>
  list(value) as readonly { readonly state: string; readonly signature: string }[];
