import { describe, expect, it } from 'vitest';
import type { SocketEvents } from '../../../extension/sync/deps.ts';
import { createLiveSocket } from '../../../extension/sync/live-socket.ts';
import { encodeFrame } from '../../../shared/protocol/frame.ts';
import { MAX_LIVE_BYTES } from '../../../shared/protocol/limits.ts';

/** A clock, its timers and the sockets opened on it, moved by hand. */
function rig() {
  let nowMs = 0;
  let tasks: { readonly at: number; readonly task: () => void }[] = [];
  const sockets: {
    readonly events: SocketEvents;
    readonly sent: (string | Uint8Array)[];
    isClosed: boolean;
  }[] = [];
  const heads: number[] = [];
  const news: Uint8Array[] = [];
  let removals = 0;
  const socket = createLiveSocket({
    now: () => nowMs,
    randomBytes: (length) => new Uint8Array(length).fill(128),
    schedule(delayMs, task) {
      const entry = { at: nowMs + delayMs, task };
      tasks.push(entry);
      return () => {
        tasks = tasks.filter((other) => other !== entry);
      };
    },
    openSocket(_url, _protocols, events) {
      const opened = { events, sent: [] as (string | Uint8Array)[], isClosed: false };
      sockets.push(opened);
      return {
        send: (text) => opened.sent.push(text),
        close: () => {
          opened.isClosed = true;
        },
      };
    },
    address: async () => ({ url: 'wss://sync.example', protocols: [] }),
    onHead: (head) => heads.push(head),
    onNews: (frame) => news.push(frame),
    onRemoved: () => {
      removals += 1;
    },
  });
  const settle = () => new Promise((resolve) => setTimeout(resolve, 0));
  async function pass(ms: number): Promise<void> {
    const until = nowMs + ms;
    for (;;) {
      const next = tasks.toSorted((a, b) => a.at - b.at)[0];
      if (!next || next.at > until) break;
      nowMs = next.at;
      tasks = tasks.filter((task) => task !== next);
      next.task();
      await settle();
    }
    nowMs = until;
  }
  const touch = async (): Promise<void> => {
    socket.touch();
    await settle();
  };
  return {
    socket,
    sockets,
    heads,
    news,
    pass,
    touch,
    settle,
    timers: () => tasks.length,
    removals: () => removals,
  };
}

describe('the socket of the background', () => {
  it('opens when touched, hears heads and ignores everything else', async () => {
    const { sockets, heads, touch } = rig();
    expect(sockets).toHaveLength(0);
    await touch();
    await touch();
    expect(sockets).toHaveLength(1);
    for (const data of ['{"head":7}', 'pong', '{"head":-1}', '{', 5])
      sockets[0]?.events.onMessage(data);
    expect(heads).toEqual([7]);
  });

  it('tells at once when the worker says that this device is out, and not of a lost line', async () => {
    const { sockets, pass, touch, removals } = rig();
    await touch();
    sockets[0]?.events.onOpen();
    sockets[0]?.events.onClose(1006);
    expect(removals()).toBe(0);
    await pass(5000);
    sockets[1]?.events.onOpen();
    sockets[1]?.events.onClose(4001);
    expect(removals()).toBe(1);
  });

  it('pings every 20 seconds while wanted, then closes and leaves no timer', async () => {
    const { sockets, pass, touch, timers } = rig();
    await touch();
    sockets[0]?.events.onOpen();
    for (let n = 0; n < 5; n += 1) {
      await pass(20_000);
      sockets[0]?.events.onMessage('pong');
    }
    expect(sockets[0]?.sent).toEqual(Array.from({ length: 5 }, () => 'ping'));
    await pass(60_000);
    expect(sockets[0]?.isClosed).toBe(true);
    expect(timers()).toBe(0);
    expect(sockets).toHaveLength(1);
  });

  it('takes silence after a ping for a dead line and connects anew', async () => {
    const { sockets, pass, touch } = rig();
    await touch();
    sockets[0]?.events.onOpen();
    await pass(45_000);
    expect(sockets[0]?.isClosed).toBe(true);
    expect(sockets).toHaveLength(2);
  });

  it('waits longer after each failure, and does not try on each touch', async () => {
    const { sockets, pass, touch } = rig();
    await touch();
    sockets[0]?.events.onClose();
    await touch();
    expect(sockets).toHaveLength(1);
    await pass(1100);
    expect(sockets).toHaveLength(2);
    sockets[1]?.events.onClose();
    await pass(1100);
    expect(sockets).toHaveLength(2);
    await pass(1100);
    expect(sockets).toHaveLength(3);
  });

  const frame = (header: object): Uint8Array<ArrayBuffer> =>
    encodeFrame({ v: 1, ...header }, [Uint8Array.of(1, 2)]);

  it('carries a small frame there and its answer back, and tells news from answers', async () => {
    const { socket, sockets, news, touch } = rig();
    expect(await socket.ask(frame({ type: 'push' }))).toBeNull();
    await touch();
    expect(await socket.ask(frame({ type: 'push' }))).toBeNull();
    const [line] = sockets;
    line?.events.onOpen();
    const asked = socket.ask(frame({ type: 'push' }));
    expect(line?.sent).toEqual([frame({ type: 'push' })]);
    // One at a time: what would overlap goes another way.
    expect(await socket.ask(frame({ type: 'push' }))).toBeNull();
    line?.events.onMessage(frame({ type: 'news' }).buffer);
    line?.events.onMessage(frame({ type: 'push-result' }).buffer);
    expect(await asked).toEqual({ ok: true, value: frame({ type: 'push-result' }) });
    expect(news).toEqual([frame({ type: 'news' })]);
    const refused = socket.ask(frame({ type: 'push' }));
    line?.events.onMessage('{"error":{"code":"unauthorised"}}');
    expect(await refused).toEqual({ ok: false, error: { code: 'unauthorised' } });
    expect(await socket.ask(new Uint8Array(MAX_LIVE_BYTES + 1))).toBeNull();
  });

  it('gives up on an answer that does not come, and never takes a late one for the next', async () => {
    const { socket, sockets, pass, touch } = rig();
    await touch();
    sockets[0]?.events.onOpen();
    const asked = socket.ask(frame({ type: 'push' }));
    await pass(3000);
    expect(await asked).toBeNull();
    expect(sockets[0]?.isClosed).toBe(true);
    sockets[0]?.events.onMessage(frame({ type: 'push-result' }).buffer);
    await pass(1100);
    sockets[1]?.events.onOpen();
    const again = socket.ask(frame({ type: 'push' }));
    sockets[1]?.events.onClose();
    expect(await again).toBeNull();
  });
});
