import { failed, type Answer, type MessageMap } from './messages.ts';

interface Runtime {
  readonly id?: string | undefined;
  sendMessage(message: unknown): Promise<unknown>;
}

export type Send<Messages extends MessageMap> = <Name extends keyof Messages & string>(
  name: Name,
  input: Messages[Name][0],
) => Promise<Answer<Messages[Name][1]>>;

/** Asks the background. Never throws: an orphaned page and a dead background are answers too. */
export function createSend<Messages extends MessageMap>(runtime: Runtime): Send<Messages> {
  return async (name, input) => {
    if (!runtime.id) return failed('orphaned');
    try {
      const answer = (await runtime.sendMessage({ name, input })) as
        | Answer<Messages[typeof name][1]>
        | undefined;
      return answer ?? failed('unexpected', 'the background gave no answer');
    } catch (error) {
      const detail = error instanceof Error ? error.message : 'unknown';
      return failed(
        runtime.id && !/context invalidated/i.test(detail) ? 'unexpected' : 'orphaned',
        detail,
      );
    }
  };
}
