import { expect, it } from 'vitest';
import { guessPerson } from '../../../shared/rules/guess-person.ts';

it.each([
  ['Noa Levi <Noa@Levi.example>', 'Noa Levi', 'noa@levi.example'],
  ['"Levi, Noa" <noa@levi.example>', 'Levi, Noa', 'noa@levi.example'],
  ['Contact: Tom Finch (tom@finch.example), sales', 'Tom Finch', 'tom@finch.example'],
  [
    'Ada Quarry\nHead of Design\nQuarry Ltd\nE-mail: ada@quarry.example',
    'Ada Quarry',
    'ada@quarry.example',
  ],
  ['ada@quarry.example – Ada Quarry', 'Ada Quarry', 'ada@quarry.example'],
  ['Write to us at hello@firm.example.', '', 'hello@firm.example'],
  ['Sähköposti: aino.mäki@yritys.example', '', 'aino.mäki@yritys.example'],
  ['Żaneta Łoś\nzaneta@los.example', 'Żaneta Łoś', 'zaneta@los.example'],
  ['נועה לוי\nדוא"ל: noa@levi.example', 'נועה לוי', 'noa@levi.example'],
  ['مریم احمدی\nایمیل: maryam@firm.example', 'مریم احمدی', 'maryam@firm.example'],
  ['王小明\n邮箱：xiaoming@firm.example', '王小明', 'xiaoming@firm.example'],
  ['Tom Finch', 'Tom Finch', ''],
  ['a sentence that somebody selected in passing', '', ''],
  ['Order 4711 of 12 May', '', ''],
  ['', '', ''],
])('from %j comes %j at %j', (selected, name, address) => {
  expect(guessPerson(selected)).toEqual({ name, address });
});

it('is done at once with a very long text without an address', () => {
  expect(guessPerson('a.'.repeat(500_000))).toEqual({ name: '', address: '' });
});
