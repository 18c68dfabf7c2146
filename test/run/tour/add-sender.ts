import { people } from '../../support/mailbox/mailbox.ts';
import { rowWith, showInbox, timeFromClick } from '../../support/gmail.ts';
import { action, panelOf, part } from '../../support/panel.ts';
import type { TourStop } from './tour-stop.ts';

export const addSender: TourStop = {
  title: `Open an email from ${people.jonas.name}, whom nobody knows yet`,
  async show({ mailbox, say, measured, shoot }) {
    const panel = panelOf(mailbox);
    await showInbox(mailbox);
    const offer = { selector: action('add-client'), inPanel: true } as const;
    const opened = await timeFromClick(
      mailbox,
      { selector: rowWith(people.jonas.address), inPanel: false },
      offer,
    );
    measured('click on the email → offer to add', opened);
    await shoot(mailbox, 'unknown-sender');
    const added = await timeFromClick(mailbox, offer, {
      selector: part('stand'),
      inPanel: true,
    });
    measured('click on “Add” → card painted', added);
    await panel.waitFor(action('undo'));
    say(`Added with name, address and company: “${await panel.text(`${part('toast')} p`)}”`);
    await shoot(mailbox, 'added');
  },
};
