import { beforeEach, inject } from 'vitest';
import { differences } from './differences.ts';

beforeEach(({ task, skip }) => {
  const reason = differences[inject('browser')][task.name];
  if (reason !== undefined) skip(reason);
});
