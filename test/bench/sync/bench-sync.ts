import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createChildren } from '../../support/children.ts';
import { keptFolder } from '../../support/paths.ts';
import { runMain } from '../../support/problem.ts';
import { describeMachine } from '../machine.ts';
import { createRests } from '../rest.ts';
import { readOptions, type Options } from './options.ts';
import { peers } from './peers.ts';
import type { PeerReport, WorkloadName, WorkloadReport } from './report/report.ts';
import { missedGoals, workloadTable } from './report/tables.ts';
import { runPeer } from './run-peer.ts';

const children = createChildren();

await runMain(async () => {
  const options = readOptions(peers.map(({ name }) => name));
  const machine = await describeMachine();
  const rests = createRests();
  const reports: PeerReport[] = [];
  for (const peer of peers) {
    if (options.only.length > 0 && !options.only.includes(peer.name)) continue;
    console.log(peer.name);
    reports.push(await runPeer(peer, { options, children, rests }));
  }

  const at = new Date().toISOString();
  const folder = join(keptFolder, 'bench');
  const file = join(folder, `sync-${at.slice(0, 19).replaceAll(':', '-')}.json`);
  await mkdir(folder, { recursive: true });
  const result = { at, options, machine, disturbed: rests.disturbed(), peers: reports };
  await writeFile(file, `${JSON.stringify(result, null, 2)}\n`);

  console.log(
    `\n${machine.cpu}, ${machine.cores} cores, ${machine.memoryGb} GB; ${machine.browser}; Node ${machine.node}`,
  );
  console.log(
    `commit ${machine.commit}${machine.hasUncommittedChanges ? ' and uncommitted changes' : ''}; load before: ${machine.loadAtStart.toFixed(2)}`,
  );
  for (const { peer, versions } of reports) {
    const named = Object.entries(versions).map(([name, version]) => `${name} ${version}`);
    console.log(`${peer}: ${named.join(', ') || 'not installed'}`);
  }
  for (const name of options.workloads) {
    console.log(`\n${workloadTable(titleOf(name, options), name, reports)}`);
  }
  if (rests.disturbed() > 0) {
    console.log(`\n${rests.disturbed()} samples were taken while other work ran on this machine.`);
  }
  const product = reports.find(({ peer }) => peer === 'mainstay');
  if (product) {
    const missed = missedGoals(product);
    console.log(missed.length === 0 ? '\nNo goal was missed.' : `\nMissed: ${missed.join('; ')}.`);
  }
  console.log(`Kept in ${file}`);
  // A goal that is missed is a figure; our own result that is wrong is a fault.
  return Object.values(product?.workloads ?? {}).some(isWrong) ? 1 : 0;
});

/** A declaration: the main function above runs before this line is reached. */
function isWrong({ status }: WorkloadReport): boolean {
  return status === 'not-verified';
}

function titleOf(name: WorkloadName, { rows, edits, scaleRows }: Options): string {
  const count = (value: number): string => value.toLocaleString('en');
  switch (name) {
    case 'first-pull':
      return `First pull of ${count(rows)} records (the slower of two devices)`;
    case 'edits':
      return `${count(edits)} one-field edits made offline, sent, and sent again`;
    case 'in-sync':
      return 'Already in sync: one check';
    case 'convergence':
      return 'One edit from one device to the other, both online';
    case 'scale':
      return `At ${count(scaleRows)} records`;
  }
}
