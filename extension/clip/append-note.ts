import { noteSchema } from '../../shared/model/values.ts';
import * as v from 'valibot';

interface Clipped {
  readonly text: string;
  readonly title: string;
  readonly url: string | null;
  /** In the user's words. */
  readonly day: string;
}

/** The notes with the words at their end, and where they are from; null when that is too long. */
export function appended(notes: string, { text, title, url, day }: Clipped): string | null {
  const source = [day, title, url ?? ''].filter((part) => part !== '').join(' · ');
  const clip = [text.trim(), `— ${source}`].filter((part) => part !== '').join('\n');
  const whole = notes.trim() === '' ? clip : `${notes.trimEnd()}\n\n${clip}`;
  return v.is(noteSchema, whole) ? whole : null;
}
