import { useEffect, useRef, useState } from 'preact/hooks';

interface Props {
  /** Draws into an empty element, now or once what draws has been fetched; again to draw it anew. */
  readonly draw: (container: Element) => unknown;
  /** Drawn again when this is another one. */
  readonly version?: unknown;
}

/** A part of the page that another script draws, because it is seldom needed. */
export function Drawn({ draw, version }: Props) {
  const container = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (container.current) draw(container.current);
  }, [version]);
  return <div ref={container} />;
}

interface DetailsProps extends Props {
  readonly part: string;
  readonly summary: string;
}

/** Drawn when it is opened for the first time. */
export function DrawnDetails({ part, summary, ...drawn }: DetailsProps) {
  const [wasOpened, setOpened] = useState(false);
  return (
    <details data-part={part} onToggle={() => setOpened(true)}>
      <summary>{summary}</summary>
      {wasOpened && <Drawn {...drawn} />}
    </details>
  );
}
