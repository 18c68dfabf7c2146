import type { Card } from '../features/client-card/messages.ts';
import { sourceOf } from '../features/client-card/model.ts';
import type { LogContext } from '../features/quick-log/model.ts';
import type { OpenThread } from '../sites/snapshot.ts';

/** What a click beside this thread logs, and with whom. */
export function logContext(
  { clientId, name, contactId }: Card,
  thread: OpenThread | null,
): LogContext {
  const from = thread?.lastMessage?.from ?? null;
  return {
    clientId,
    clientName: name,
    contactId,
    subject: thread?.subject.slice(0, 500) ?? '',
    threadUrl: thread?.threadUrl ?? null,
    source: sourceOf(thread),
    lastFrom: from === null ? null : from === thread?.account ? 'us' : 'them',
    ...(thread?.layout === 'event' && { about: 'meeting', day: thread.day }),
  };
}
