import { addressIn } from '../address.ts';
import { isShown } from '../dom.ts';
import type { Draft } from '../draft.ts';
import { anyOf } from '../rules.ts';
import type { Person } from '../snapshot.ts';
import { aroundRules, type AroundRules } from './selectors.ts';

/** Every editor that can be seen. Addresses outside an editor's own fields are not its recipients. */
export function readDrafts(document: Document, rules = aroundRules): readonly Draft[] {
  for (const { selector, name } of rules.composers) {
    const roots = [...document.querySelectorAll(selector)].filter(
      (root) => isShown(root) && root.closest(anyOf(rules.bodies)) === null,
    );
    if (roots[0]) return roots.map((root) => readDraft(root, name, rules));
  }
  return [];
}

function readDraft(root: Element, draft: string, rules: AroundRules): Draft {
  const people = new Map<string, Person>();
  const via: Record<string, string> = { draft };
  for (const { selector, attribute, name } of rules.chips) {
    for (const chip of root.querySelectorAll(selector)) {
      const field = chip.closest('[name]')?.getAttribute('name') ?? '';
      if (!/^(?:to|cc|bcc)$/.test(field)) continue;
      const text = 'value' in chip ? String(chip.value) : (chip.getAttribute(attribute) ?? '');
      for (const address of addressesIn(text)) {
        if (people.has(address)) continue;
        people.set(address, { address, name: '', role: field === 'to' ? 'recipient' : 'cc' });
      }
    }
    if (people.size === 0) continue;
    via['chips'] = name;
    break;
  }
  const subject = root.querySelector<HTMLInputElement>(anyOf(rules.draftSubjects));
  return {
    root,
    dialog: root.closest('[role=dialog]'),
    subject: subject?.value.trim() ?? '',
    people: [...people.values()],
    via,
  };
}

/** `Ida <ida@example.com>, otto@example.com`, as the field of 2021 has it, or one address. */
const addressesIn = (text: string): string[] =>
  text.split(/[\s<>,;"]+/).flatMap((part) => addressIn(part) ?? []);
