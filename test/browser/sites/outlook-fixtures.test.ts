import { expect, test } from 'vitest';
import expected from '../../fixtures/outlook/expected.json' with { type: 'json' };
import { fixtureNames, fixture, openPage } from './outlook-frame.ts';
import {
  eachRuleLeftOut,
  outlookRules,
  readAll,
  type OutlookRules,
} from './read-outlook-fixture.ts';

const expectedOf: Readonly<Record<string, unknown>> = expected;

test('every fixture has its reading written down, and every reading its fixture', () => {
  expect(Object.keys(expectedOf).toSorted()).toEqual(fixtureNames.toSorted());
});

test.each(fixtureNames)('%s is read as it is written down', async (name) => {
  const { document } = await openPage(fixture(name));
  expect(readAll(document, outlookRules)).toEqual(expectedOf[name]);
});

test('every rule is needed: without it some fixture is not read as it is written down', async () => {
  const pages = await Promise.all(fixtureNames.map((name) => openPage(fixture(name))));
  const isAsWritten = (rules: OutlookRules): boolean =>
    pages.every(({ document }, index) =>
      isEqual(readAll(document, rules), expectedOf[fixtureNames[index] ?? '']),
    );
  const unneeded = eachRuleLeftOut().filter(({ rules }) => isAsWritten(rules));
  expect(unneeded.map(({ question, name }) => `${question} ${name}`)).toEqual([]);
}, 60_000);

const isEqual = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);
