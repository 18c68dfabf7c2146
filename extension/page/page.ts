import { browser } from 'wxt/browser';
import { createSend, type Send } from '../messaging/send.ts';
import { createTranslator, type Language, type Translator } from '../ui/translate.ts';
import type { AllMessages } from './all-messages.ts';

/** What every page of the extension starts with. It writes through the background. */
export interface Page {
  readonly t: Translator;
  readonly send: Send<AllMessages>;
  readonly now: () => number;
}

export function translatedPage(document: Document, language: Language): Page {
  document.documentElement.lang = language.locale;
  document.documentElement.dir = language.direction;
  document.body.classList.add('m');
  return {
    t: createTranslator(language),
    send: createSend<AllMessages>(browser.runtime),
    now: Date.now,
  };
}
