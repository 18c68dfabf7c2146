import * as v from 'valibot';
import { clipActions, type ClipRequest } from './actions.ts';

export { CLIP_KEY } from './actions.ts';

const requestSchema: v.GenericSchema<unknown, ClipRequest> = v.object({
  action: v.picklist(clipActions),
  tabId: v.nullable(v.number()),
  selection: v.string(),
  title: v.string(),
  url: v.string(),
});

export const parseRequest = (stored: unknown): ClipRequest | null => {
  const parsed = v.safeParse(requestSchema, stored);
  return parsed.success ? parsed.output : null;
};
