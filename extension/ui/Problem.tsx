import type { ComponentChildren } from 'preact';

interface Props {
  readonly title: string;
  /** What it means for the data, and what to do. */
  readonly body: string;
  readonly children?: ComponentChildren;
}

export function Problem({ title, body, children }: Props) {
  return (
    <div class="stack problem" role="alert" data-part="problem">
      <h2 class="card-name">{title}</h2>
      <p>{body}</p>
      {children}
    </div>
  );
}
