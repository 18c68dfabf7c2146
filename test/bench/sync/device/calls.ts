import type { DeviceCall } from '../contract.ts';
import type { Answered } from '../page/serve-device.ts';

type Name = DeviceCall | 'start';

export interface Calls {
  call<Result>(name: Name, args: readonly unknown[]): Promise<Result>;
  answered(answer: Answered): void;
  failAll(why: string): void;
}

/** Questions and answers that can be minutes apart. */
export function createCalls(
  send: (call: number, name: Name, args: readonly unknown[]) => Promise<unknown>,
): Calls {
  const waiting = new Map<number, PromiseWithResolvers<unknown>>();
  let last = 0;
  return {
    async call<Result>(name: Name, args: readonly unknown[]) {
      const number = (last += 1);
      const answer = Promise.withResolvers<unknown>();
      waiting.set(number, answer);
      await send(number, name, args);
      return (await answer.promise) as Result;
    },
    answered(answer) {
      const asked = waiting.get(answer.call);
      waiting.delete(answer.call);
      if (answer.ok) asked?.resolve(answer.value);
      else asked?.reject(new Error(answer.error));
    },
    failAll(why) {
      for (const { reject } of waiting.values()) reject(new Error(why));
      waiting.clear();
    },
  };
}
