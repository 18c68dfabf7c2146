import { Drawn } from '../ui/Drawn.tsx';
import { useValue } from '../ui/use-value.ts';
import { recordedWords } from '../ui/words.ts';
import type { BodyProps, TimeDesk } from './body-props.ts';

interface Props extends Pick<BodyProps, 't' | 'quickLog' | 'drawPart'> {
  readonly time: TimeDesk;
  readonly clientId: string;
}

/** Time spent here, to be recorded with one click. */
export function CardTime({ t, quickLog, drawPart, time, clientId }: Props) {
  const minutes = useValue(time.minutes);
  if (minutes === 0) return null;
  const record = async (recorded: number): Promise<void> => {
    const done = await time.send('time.record', { clientId, day: null, minutes: recorded });
    if (done.ok) quickLog.announce(recordedWords(t, recorded), done.value.undoToken);
    else quickLog.report(done.error);
    time.onRecorded();
  };
  return (
    <Drawn
      version={minutes}
      draw={(container) =>
        drawPart('time', container, {
          t,
          words: t.text('timeHere', { n: minutes }),
          minutes,
          onRecord: (recorded) => void record(recorded),
        })
      }
    />
  );
}
