import { isRegistryLabel } from '../../../shared/rules/domains.ts';
import type { Suggestion } from './messages.ts';

/** What "Add as client" is prefilled with. Without a company's domain the person is the client. */
export function suggestFor(
  person: { readonly address: string; readonly name: string },
  isFreeMail: (domain: string) => boolean,
): Suggestion {
  const at = person.address.lastIndexOf('@');
  const domain = person.address.slice(at + 1);
  const personName = person.name.trim() || nameFrom(person.address.slice(0, at));
  if (isFreeMail(domain)) {
    return { address: person.address, personName, clientName: personName, domain: null };
  }
  return { address: person.address, personName, clientName: companyFrom(domain), domain };
}

/** `levi-sons.co.il` → "Levi Sons". */
export function companyFrom(domain: string): string {
  const labels = domain.split('.');
  const last = labels.length - 1;
  const isRegistry = last >= 2 && isRegistryLabel(labels[last - 1]);
  return nameFrom(labels[isRegistry ? last - 2 : Math.max(0, last - 1)] ?? domain);
}

function nameFrom(label: string): string {
  const words = label.split(/[-_.+]+/).filter(Boolean);
  return words.map((word) => word.charAt(0).toLocaleUpperCase() + word.slice(1)).join(' ');
}
