import type { Bytes } from '../../shared/protocol/bytes.ts';
import { newsSchema, type News } from '../../shared/protocol/messages.ts';
import { areNumbered, findHeaderProblem, rowsOf } from './pull.ts';
import type { Session } from './session.ts';
import { keepRows, openRows } from './take-in.ts';
import { readFrame, type FrameForm } from './worker-request.ts';

const newsForm: FrameForm<News> = {
  schema: newsSchema,
  sizesOf: ({ rows }) => rows.map(({ size }) => size),
};

/**
 * Takes in what another device has just written, when it is exactly what comes next here. False:
 * something else is missing, so it is pulled with the rest.
 */
export async function takeNews(session: Session, frame: Bytes): Promise<boolean> {
  const { memory } = session;
  const news = readFrame(frame, newsForm);
  if (!news.ok) return false;
  const { header } = news.value;
  const isNext =
    header.epoch === (await memory.read('sync-epoch')) &&
    header.before === (await memory.read('sync-cursor')) &&
    (await memory.read('sync-reconcile')) === undefined &&
    findHeaderProblem(session, header) === null &&
    areNumbered(header.rows, header.before, header.head);
  if (!isNext) return false;
  const opened = await openRows(session, rowsOf(news.value));
  // Maybe it is this device's clock that was set back: a pull measures it before it looks.
  if ([...opened.fates.values()].includes('too-far-ahead')) return false;
  await keepRows(session, opened, { cursor: header.head });
  return true;
}
