import { isShown } from '../dom.ts';
import type { Draft } from '../draft.ts';
import { anyOf } from '../rules.ts';
import type { Person } from '../snapshot.ts';
import { plainText, readPersona } from './read-persona.ts';
import { draftRules, type DraftRules } from './selectors.ts';

/** Every editor that can be seen. */
export function readDrafts(document: Document, rules = draftRules): readonly Draft[] {
  for (const { selector, name } of rules.composers) {
    const roots = [...document.querySelectorAll(selector)].filter(
      (root) => isShown(root) && root.closest(anyOf(rules.bodies)) === null,
    );
    if (roots.length > 0) return roots.map((root) => readDraft(root, name, rules));
  }
  return [];
}

function readDraft(root: Element, draft: string, rules: DraftRules): Draft {
  const { people, via } = readRecipients(root, rules);
  const subject = rules.draftSubjects
    .map(({ selector }) => root.querySelector<HTMLInputElement>(selector))
    .find((field) => field !== null);
  return {
    root,
    dialog: root.closest('[role=dialog]'),
    subject: plainText(subject?.value ?? ''),
    people,
    via: { draft, ...via },
  };
}

/** A pill without an address is nobody yet: nobody is asked about in the middle of a sentence. */
function readRecipients(
  root: Element,
  { fields, pills, written }: DraftRules,
): { readonly people: readonly Person[]; readonly via: Readonly<Record<string, string>> } {
  for (const field of fields) {
    for (const pill of pills) {
      const people = new Map<string, Person>();
      for (const [index, element] of [...root.querySelectorAll(field.selector)].entries()) {
        const isTo = field.isNamed ? element.id.endsWith('_TO') : index === 0;
        for (const each of element.querySelectorAll(pill.selector)) {
          const { address, name } = readPersona(each, written);
          if (address === null || people.has(address)) continue;
          people.set(address, { address, name, role: isTo ? 'recipient' : 'cc' });
        }
      }
      if (people.size > 0) {
        return { people: [...people.values()], via: { fields: field.name, chips: pill.name } };
      }
    }
  }
  return { people: [], via: {} };
}
