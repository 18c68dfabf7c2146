import { expect, it } from 'vitest';
import { interestChange, interestsFrom } from '../../../shared/model/interests.ts';

it.each([
  ['golf, modern  art', ['golf', 'modern art']],
  [' Golf ,golf,, GOLF ', ['Golf']],
  ['高尔夫，人工智能、茶', ['高尔夫', '人工智能', '茶']],
  ['گلف، هنر؛ چای', ['گلف', 'هنر', 'چای']],
  ['יין\nגולף; אמנות', ['יין', 'גולף', 'אמנות']],
  [' , ;\n', []],
])('what is typed as %j is read as %j', (typed, expected) => {
  expect(interestsFrom(typed)).toEqual(expected);
});

it('one interest is never longer than the row allows', () => {
  expect(interestsFrom('x'.repeat(500))).toEqual(['x'.repeat(60)]);
});

it('only what was added and taken out is written', () => {
  expect(interestChange(['golf', 'wine'], 'wine, sailing')).toEqual({
    sailing: true,
    golf: false,
  });
});

it('another case of the same word is no change', () => {
  expect(interestChange(['Golf'], 'golf')).toEqual({});
});
