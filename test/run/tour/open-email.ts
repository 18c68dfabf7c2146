import { people } from '../../support/mailbox/mailbox.ts';
import { rowWith, timeFromClick } from '../../support/gmail.ts';
import { panelOf, part } from '../../support/panel.ts';
import type { TourStop } from './tour-stop.ts';

export const openEmail: TourStop = {
  title: `Open an email from ${people.noa.name}`,
  async show({ mailbox, say, measured, shoot }) {
    const ms = await timeFromClick(
      mailbox,
      { selector: rowWith(people.noa.address), inPanel: false },
      { selector: part('stand'), inPanel: true },
    );
    measured('click on the email → card painted', ms);
    say(`The card stands beside it: “${await panelOf(mailbox).text(part('stand'))}”`);
    await shoot(mailbox, 'card');
  },
};
