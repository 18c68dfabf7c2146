import type { Bytes } from '../../../shared/protocol/bytes.ts';
import type { Socket, SocketEvents } from '../../../extension/sync/deps.ts';
import type { Cloud, CloudAnswer, CloudSocket } from './cloud.ts';
import { weighted, type Random } from './random.ts';
import type { Timeline } from './timeline.ts';
import type { Tell } from './trace.ts';

/** How likely each fate of a request is. */
export type Weather = Readonly<Record<Fate, number>>;
export type Fate = keyof typeof calm;

const calm = {
  arrives: 1,
  /** Nobody heard it. */
  lost: 0,
  /** The worker acted on it, and the device does not know. */
  'answer lost': 0,
  /** The connection broke in the middle of the answer. */
  'answer cut': 0,
  /** Sent twice by something on the way; the device sees one of the answers. */
  repeated: 0,
  /** Arrives long after the device has given up and sent others. */
  late: 0,
  /** Both directions take seconds. */
  slow: 0,
  /** Something in front of the worker answers in its place. */
  'gateway error': 0,
};

export const WEATHERS = {
  calm,
  rough: {
    ...calm,
    arrives: 30,
    lost: 3,
    'answer lost': 3,
    'answer cut': 1,
    repeated: 2,
    late: 1,
    slow: 4,
    'gateway error': 1,
  },
  storm: {
    ...calm,
    arrives: 10,
    lost: 4,
    'answer lost': 5,
    'answer cut': 3,
    repeated: 4,
    late: 4,
    slow: 4,
    'gateway error': 2,
  },
} as const satisfies Readonly<Record<string, Weather>>;

/** One device's line. It belongs to a run of the background: a new one gets a new line. */
export interface Line {
  fetch(url: string, init: RequestInit): Promise<Response>;
  openSocket(url: string, protocols: readonly string[], events: SocketEvents): Socket;
  /** The background has ended: nothing arrives there any more. */
  cut(): void;
}

export interface LineDeps {
  readonly timeline: Timeline;
  readonly cloud: Pick<Cloud, 'handle' | 'socketOf'>;
  readonly random: Random;
  readonly weather: () => Weather;
  readonly isOnline: () => boolean;
  readonly tell: Tell;
}

const lineBroke = new TypeError('the line broke');

export function createLine(deps: LineDeps): Line {
  const { timeline, cloud, random, weather, isOnline, tell } = deps;
  const sockets = new Set<() => void>();
  let isCut = false;

  const briefMs = (): number => 10 + random.below(100);
  const tripMs = (fate: Fate): number =>
    fate === 'slow'
      ? 2000 + random.below(12_000)
      : fate === 'late'
        ? 31_000 + random.below(120_000)
        : briefMs();

  function fetch(url: string, init: RequestInit): Promise<Response> {
    const fate = isOnline() ? weighted(random, weather()) : 'lost';
    const { promise, resolve, reject } = Promise.withResolvers<Response>();
    const name = `${init.method ?? 'GET'} ${url.slice(url.indexOf('/v1/') + 4)}`;
    const fail = (): void => {
      if (!isCut) reject(lineBroke);
    };
    const answer = (got: CloudAnswer | null): void => {
      if (isCut) return;
      tell(`${name} → ${got === null ? 'broke off' : String(got.status)} (${fate})`);
      if (got === null || !isOnline()) fail();
      else resolve(fate === 'answer cut' ? cutResponse(got) : toResponse(got));
    };
    init.signal?.addEventListener('abort', fail);
    if (fate === 'lost') {
      tell(`${name} lost`);
      timeline.after(briefMs(), fail);
    } else if (fate === 'gateway error') {
      timeline.after(briefMs(), () => answer({ status: 502, bytes: gatewayPage }));
    } else {
      timeline.after(tripMs(fate), async () => {
        const got = await cloud.handle(url, init);
        if (fate === 'answer lost') {
          tell(`${name} → ${String(got?.status)} lost`);
          timeline.after(briefMs(), fail);
        } else timeline.after(tripMs(fate), () => answer(got));
      });
      if (fate === 'repeated') {
        timeline.after(briefMs() * (1 + random.below(40)), async () => {
          const again = await cloud.handle(url, init);
          timeline.after(briefMs(), () => answer(again));
        });
      }
    }
    return promise;
  }

  /** Opened by the worker's own route. What goes over it arrives in order, or the line is broken. */
  function openSocket(url: string, protocols: readonly string[], events: SocketEvents): Socket {
    let there: CloudSocket | null = null;
    let isEnded = false;
    const end = (): void => {
      if (isEnded) return;
      isEnded = true;
      sockets.delete(end);
      there?.close();
      if (!isCut) events.onClose();
    };
    /** Deliveries stay in order: each takes at least as long as the one before. */
    let arrivesAt = 0;
    const deliver = (task: () => unknown): void => {
      arrivesAt = Math.max(arrivesAt, timeline.now() + briefMs());
      timeline.after(arrivesAt - timeline.now(), () => {
        if (isEnded || isCut) return undefined;
        if (isOnline() && !(weather().lost > 0 && random.chance(0.03))) return task();
        tell('the socket breaks');
        return end();
      });
    };
    sockets.add(end);
    const asked = fetch(url.replace(/^wss/, 'https'), {
      headers: { Upgrade: 'websocket', 'Sec-WebSocket-Protocol': protocols.join(', ') },
    });
    asked
      .then(async (response) => {
        const bytes = new Uint8Array(await response.arrayBuffer());
        there = cloud.socketOf({ status: response.status, bytes });
        if (!there || isEnded || isCut) return end();
        const { onOpen, onMessage } = events;
        onOpen();
        there.onClose = () => deliver(end);
        there.onMessage = (message) =>
          deliver(() => {
            tell(`hears ${typeof message === 'string' ? message : 'news or an answer'}`);
            onMessage(typeof message === 'string' ? message : message.slice().buffer);
          });
      })
      .catch(end);
    return {
      send(data) {
        deliver(() =>
          data === 'ping' ? deliver(() => events.onMessage('pong')) : there?.send(data).catch(end),
        );
      },
      close: end,
    };
  }

  return {
    fetch,
    openSocket,
    cut() {
      isCut = true;
      for (const end of sockets) end();
    },
  };
}

const gatewayPage = new Uint8Array(Buffer.from('<html>Bad gateway</html>'));

/** A response as far as the client looks at one: a real one costs more than all the rest of a request. */
function toResponse({ status, bytes, isEndless = false }: CloudAnswer): Response {
  if (isEndless) return endlessResponse(bytes);
  let isRead = false;
  const read = async () => {
    const isDone = isRead;
    isRead = true;
    return isDone ? { done: true, value: undefined } : { done: false, value: bytes.slice() };
  };
  const response = {
    status,
    ok: status >= 200 && status < 300,
    arrayBuffer: async () => bytes.slice().buffer,
    text: async () => new TextDecoder().decode(bytes),
    body: { getReader: () => ({ read, cancel: async () => {} }) },
  };
  return response as unknown as Response;
}

/** Whoever reads it to its end never gets there. */
const endlessResponse = (bytes: Bytes): Response =>
  new Response(
    new ReadableStream<Uint8Array>({
      pull(controller) {
        controller.enqueue(bytes);
      },
    }),
  );

function cutResponse({ status, bytes }: CloudAnswer): Response {
  const half = bytes.slice(0, Math.floor(bytes.length / 2));
  const stream = new ReadableStream<Uint8Array>({
    start(controller) {
      controller.enqueue(half);
    },
    pull(controller) {
      controller.error(lineBroke);
    },
  });
  return new Response(stream, { status });
}
