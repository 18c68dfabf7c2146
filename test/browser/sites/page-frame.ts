import { onTestFinished } from 'vitest';

export interface Frame {
  readonly document: Document;
  readonly window: Window & typeof globalThis;
}

/** As Gmail and Outlook do: a string that is put where HTML or a script is parsed throws. */
const TRUSTED_TYPES =
  '<meta http-equiv="Content-Security-Policy" content="require-trusted-types-for \'script\'">';

/** Shows a page in a frame: only a page that is laid out knows which of its views is visible. */
export async function openPage(html: string): Promise<Frame> {
  const frame = document.createElement('iframe');
  frame.style.cssText = 'inline-size: 800px; block-size: 600px';
  onTestFinished(() => frame.remove());
  const loaded = new Promise((resolve) => frame.addEventListener('load', resolve, { once: true }));
  frame.srcdoc = html.replace('<meta charset', `${TRUSTED_TYPES}<meta charset`);
  document.body.append(frame);
  await loaded;
  const { contentDocument, contentWindow } = frame;
  if (!contentDocument || !contentWindow) throw new Error('the frame has no document');
  return { document: contentDocument, window: contentWindow as Window & typeof globalThis };
}
