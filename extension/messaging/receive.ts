import * as v from 'valibot';
import { failed, type Answer, type MessageMap } from './messages.ts';

/** Who asked: a page in a tab is untrusted input, a page of the extension is ours. */
export interface Asker {
  readonly isExtensionPage: boolean;
  readonly tabId: number | null;
}

export interface Handler<Input, Output> {
  readonly schema: v.GenericSchema<unknown, Input>;
  /** Only the extension's own pages may ask. */
  readonly isPrivate: boolean;
  run(input: Input, asker: Asker): Promise<Answer<Output>>;
}

export type Handlers<Messages extends MessageMap> = {
  readonly [Name in keyof Messages]: Handler<Messages[Name][0], Messages[Name][1]>;
};

/** Any page of ours may ask, the panel in a host page included. */
export const open = <Input, Output>(
  schema: v.GenericSchema<unknown, Input>,
  run: Handler<Input, Output>['run'],
): Handler<Input, Output> => ({ schema, isPrivate: false, run });

/** Only pages of the extension itself may ask. */
export const internal = <Input, Output>(
  schema: v.GenericSchema<unknown, Input>,
  run: Handler<Input, Output>['run'],
): Handler<Input, Output> => ({ schema, isPrivate: true, run });

const envelope = v.object({ name: v.string(), input: v.unknown() });

/** Checks the form, the right to ask and the input, then runs the handler; a throw becomes an answer. */
export function createReceiver<Messages extends MessageMap>(
  handlers: Handlers<Messages>,
  onThrow: (name: string, error: unknown) => Answer<never>,
): (message: unknown, asker: Asker) => Promise<Answer<unknown>> {
  const byName = new Map(Object.entries(handlers));
  return async (message, asker) => {
    const asked = v.safeParse(envelope, message);
    if (!asked.success) return failed('bad-request');
    const handler = byName.get(asked.output.name);
    if (!handler || (handler.isPrivate && !asker.isExtensionPage)) return failed('bad-request');
    const input = v.safeParse(handler.schema, asked.output.input);
    if (!input.success) {
      return failed('bad-request', v.getDotPath(input.issues[0]) ?? undefined);
    }
    try {
      return await handler.run(input.output, asker);
    } catch (error) {
      return onThrow(asked.output.name, error);
    }
  };
}
