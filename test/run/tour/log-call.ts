import { timeFromClick } from '../../support/gmail.ts';
import { action, panelOf, part } from '../../support/panel.ts';
import type { TourStop } from './tour-stop.ts';

const toast = { selector: part('toast'), inPanel: true } as const;
const undo = { selector: action('undo'), inPanel: true } as const;

export const logCall: TourStop = {
  title: 'Log a call, take it back, log it again',
  async show({ mailbox, say, measured, shoot }) {
    const panel = panelOf(mailbox);
    measured(
      'click on “Call” → saved and shown',
      await timeFromClick(mailbox, { selector: action('log-call'), inPanel: true }, undo),
    );
    say(`It says: “${await panel.text(`${part('toast')} p`)}”`);
    await shoot(mailbox, 'logged');

    const logged = await panel.text(part('toast'));
    await panel.click(action('undo'));
    await mailbox.waitForFunction(
      (selector: string, before: string) => {
        const shown = document.querySelector('mainstay-panel')?.shadowRoot?.querySelector(selector);
        return (shown?.textContent ?? '').replaceAll(/\s+/gu, ' ').trim() !== before;
      },
      { timeout: 5000 },
      toast.selector,
      logged,
    );
    say('Undone: the card shows what it showed before.');
    await panel.click(action('log-call'));
    await panel.waitFor(action('undo'));
    say('And logged once more; this one stays.');
  },
};
