import { describe, expect, it } from 'vitest';
import { companyFrom, suggestFor } from '../../../extension/features/client-card/suggestion.ts';

const noFreeMail = (): boolean => false;

describe('what "Add as client" is prefilled with', () => {
  it.each([
    ['levi.example', 'Levi'],
    ['levi-sons.co.il', 'Levi Sons'],
    ['mail.brightwater.com', 'Brightwater'],
    ['acme.com.pl', 'Acme'],
    ['a.b.acme.co.uk', 'Acme'],
    ['münchen_bau.de', 'München Bau'],
    ['co.il', 'Co'],
    ['localhost', 'Localhost'],
  ])('takes the company from %s as %s', (domain, name) => {
    expect(companyFrom(domain)).toBe(name);
  });

  it('names the company after the domain and the person as the page does', () => {
    expect(suggestFor({ address: 'noa@levi-sons.co.il', name: '  Noa Levi ' }, noFreeMail)).toEqual(
      {
        address: 'noa@levi-sons.co.il',
        personName: 'Noa Levi',
        clientName: 'Levi Sons',
        domain: 'levi-sons.co.il',
      },
    );
  });

  it('makes a person of the address when the page shows no name', () => {
    const { personName } = suggestFor(
      { address: 'noa.levi+news@levi.example', name: ' ' },
      noFreeMail,
    );
    expect(personName).toBe('Noa Levi News');
  });

  it('takes the person for the client, and no domain, with a free-mail address', () => {
    const isFreeMail = (domain: string): boolean => domain === 'freemail.example';
    expect(suggestFor({ address: 'noa@freemail.example', name: 'נועה לוי' }, isFreeMail)).toEqual({
      address: 'noa@freemail.example',
      personName: 'נועה לוי',
      clientName: 'נועה לוי',
      domain: null,
    });
  });
});
