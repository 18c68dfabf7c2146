import type { Strength } from '../../../shared/rules/cadence.ts';
import { dayNumber, dayNumberOf } from '../../../shared/rules/days.ts';
import type { ClientMark } from '../../features/list-marks/messages.ts';
import type { MarkLook } from '../../sites/gmail/draw-marks.ts';
import { MARK_SHAPES } from '../../ui/mark-shapes.ts';
import { isolate } from '../../ui/isolate.ts';
import type { Translator } from '../../ui/translate.ts';
import { promiseWords } from '../../ui/words.ts';

/**
 * Gmail's theme is the user's, not the system's, and a row has four grounds: these are at least 3:1
 * on the light and on the dark ones, so nobody has to ask which it is.
 */
const COLOURS: Readonly<Record<Strength, string>> = {
  none: '#2e8555',
  due: '#b26a00',
  overdue: '#d0453a',
};

/** The client's name and standing, and the promise that is due first. */
export function markLook(t: Translator, mark: ClientMark, nowMs: number): MarkLook {
  const { name, strength, promise } = mark;
  const stand = t.text('markLabel', {
    name: isolate(name),
    standing: t.text(`strength_${strength}`),
  });
  const isLate = Boolean(promise?.dueOn && dayNumberOf(promise.dueOn) < dayNumber(nowMs));
  return {
    path: MARK_SHAPES[strength],
    colour: COLOURS[strength],
    dot: promise ? COLOURS[isLate ? 'overdue' : 'due'] : null,
    label: promise ? `${stand}. ${promiseWords(t, promise, nowMs)}` : stand,
  };
}
