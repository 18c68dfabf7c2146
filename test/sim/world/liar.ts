import type { Bytes } from '../../../shared/protocol/bytes.ts';
import type { CloudAnswer, CloudSocket, Cloud } from './cloud.ts';
import { lies, type Lie, type Question, type Sealed } from './lies.ts';
import { readPage } from './page.ts';
import { bytesFrom, type Random } from './random.ts';
import type { Tell } from './trace.ts';

/** The worker in the hands of somebody who wants the devices to lose, to take or to believe something. */
export interface LiarDeps {
  readonly cloud: Cloud;
  readonly random: Random;
  readonly tell: Tell;
  /** The names of the lies it tells. */
  readonly names: readonly string[];
  /** How often, while it lies at all. */
  readonly share: () => number;
  readonly onLie: () => void;
}

export function createLiar({ cloud, random, tell, names, share, onLie }: LiarDeps): Cloud {
  const told = lies.filter(({ name }) => names.includes(name));
  /** Everything sealed that ever went through its hands, oldest first. */
  const seen: Sealed[] = [];
  const memory = { seen, answers: new Map<string, CloudAnswer>() };

  function pick(kind: Question['kind']): Lie | null {
    const fitting = told.filter(({ about }) => about.includes(kind));
    if (fitting.length === 0 || !random.chance(share())) return null;
    return fitting[random.below(fitting.length)] ?? null;
  }

  async function answer(question: Question): Promise<CloudAnswer | null> {
    const lie = pick(question.kind);
    if (!lie) return question.honest();
    tell(`lies: ${lie.name}`);
    onLie();
    return lie.tell(question);
  }

  function remember(kind: Question['kind'], given: CloudAnswer | null): void {
    if (!given || given.status >= 300) return;
    if (!memory.answers.has(kind) || random.chance(0.1)) memory.answers.set(kind, given);
    const page = readPage(given.bytes);
    page?.header.rows?.forEach((row, index) => {
      const sealed = page.blobs[index];
      if (sealed) seen.push({ ...row, sealed });
    });
  }

  return {
    ...cloud,
    async handle(url, init) {
      const kind = kindOf(url, init.method ?? 'GET');
      const body = init.body instanceof Uint8Array ? (init.body as Bytes) : null;
      const honest = async (): Promise<CloudAnswer | null> => {
        const given = await cloud.handle(url, init);
        remember(kind, given);
        return given;
      };
      return answer({ kind, url, body, honest, random, randomBytes: bytesFrom(random), memory });
    },
    /** What comes over a socket unasked is read like a page, and spoilt like one. */
    socketOf(given) {
      const socket = cloud.socketOf(given);
      return socket && spoilt(socket);
    },
  };

  function spoilt(socket: CloudSocket): CloudSocket {
    return {
      send: socket.send,
      close: socket.close,
      set onClose(end: CloudSocket['onClose']) {
        socket.onClose = end;
      },
      set onMessage(hear: CloudSocket['onMessage']) {
        socket.onMessage = (message) => {
          if (typeof message === 'string') return hear(message);
          const honest = async (): Promise<CloudAnswer> => ({ status: 200, bytes: message });
          void answer({
            kind: 'news',
            url: '',
            body: null,
            honest,
            random,
            randomBytes: bytesFrom(random),
            memory,
          }).then((given) => given && hear(given.bytes));
        };
      },
    };
  }
}

function kindOf(url: string, method: string): Question['kind'] {
  const path = new URL(url).pathname;
  if (path.endsWith('/pull')) return 'pull';
  if (path.endsWith('/push')) return 'push';
  if (path.endsWith('/state')) return method === 'GET' ? 'states' : 'other';
  if (path.endsWith('/digest')) return 'digest';
  if (path.endsWith('/socket')) return 'socket';
  return /\/workspaces\/[0-9a-f]{32}$/.test(path) && method === 'GET' ? 'status' : 'other';
}
