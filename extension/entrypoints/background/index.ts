import { browser } from 'wxt/browser';
import { defineBackground } from 'wxt/utils/define-background';
import { PLANNER_ALARM } from '../../features/today/planner.ts';
import { openClip } from '../../clip/open-clip.ts';
import { PANEL_STARTED } from '../../messaging/events.ts';
import { noteMailbox } from '../../page/last-mailbox.ts';
import { createBackground, isNamed } from './background.ts';
import { askerOf } from './asker.ts';
import { createPageSites } from './page-sites.ts';
import { runCommand } from './commands.ts';
import { watchIdle } from './idle.ts';
import { answerMenu, menuTitle } from './menu.ts';
import { answerOmnibox, openInTab } from './omnibox.ts';

/** Listeners are set before anything is awaited: an event that wakes the worker must find them. */
export default defineBackground(() => {
  const background = createBackground();
  browser.runtime.onMessage.addListener((message: unknown, sender, respond) => {
    void background.answer(message, askerOf(sender)).then(respond);
    if (isNamed(message, PANEL_STARTED) && isMailbox(sender.url)) {
      void noteMailbox(browser.storage.local, sender.url);
    }
    return true;
  });
  browser.alarms.onAlarm.addListener(({ name }) => {
    if (name === PLANNER_ALARM) void background.wake();
  });
  browser.commands.onCommand.addListener((command, tab) => runCommand(command, tab));
  answerOmnibox(browser.omnibox, {
    search: background.find,
    open: openInTab,
    isXml: !import.meta.env.FIREFOX,
  });
  answerMenu(browser, menuTitle, (clip, windowId) => void openClip(clip, windowId));
  watchIdle((idleMs) => void background.away(idleMs));
  const sites = createPageSites(browser);
  browser.permissions.onAdded.addListener((change) => void sites.onAdded(change));
  browser.permissions.onRemoved.addListener((change) => void sites.onRemoved(change));
  // An update of the extension takes away what was registered.
  const start = (): void => {
    void background.plan();
    void sites.settle();
  };
  browser.runtime.onStartup.addListener(start);
  browser.runtime.onInstalled.addListener(start);
});

/** The sites that are ours from the start are the mailboxes. */
function isMailbox(url: string | undefined): url is string {
  const sites: readonly string[] = browser.runtime.getManifest().host_permissions ?? [];
  return sites.some((site) => url?.startsWith(site.slice(0, -1)));
}
