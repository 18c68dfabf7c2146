/** What can be done with words on a page; also the ids of the lines in the context menu. */
export const clipActions = ['note', 'promise', 'person', 'share'] as const;
export type ClipAction = (typeof clipActions)[number];

/** From whoever was asked to clip to the page that does it. All of it is the page's own word. */
export interface ClipRequest {
  readonly action: ClipAction;
  /** The tab to read, as far as the user's gesture allows. */
  readonly tabId: number | null;
  /** Empty where the page is to be asked. */
  readonly selection: string;
  readonly title: string;
  readonly url: string;
}

/** In the browser's memory: it is never written to the disk, and never part of an address. */
export const CLIP_KEY = 'clip';
