import { spreadOf } from '../../statistics.ts';
import type { Goal, Measure, PeerReport, WorkloadName } from './report.ts';

/** One table for each workload: a line for each peer, and beside it what is not comparable. */
export function workloadTable(
  title: string,
  name: WorkloadName,
  reports: readonly PeerReport[],
): string {
  const asked = reports.filter(({ workloads }) => workloads[name] !== undefined);
  const columns = [...new Set(asked.flatMap((report) => namesOf(report, name)))];
  const lines = asked.map((report): readonly string[] => {
    const workload = report.workloads[name];
    if (workload?.status !== 'measured') {
      const why = workload?.status === 'not-measured' ? workload.why : failedChecks(report, name);
      return [report.peer, ...columns.map(() => '—'), why];
    }
    const cells = columns.map((column) => {
      const measure = workload.measures.find((each) => each.name === column);
      return measure ? measureText(measure) : '—';
    });
    return [report.peer, ...cells, report.notes.join('; ')];
  });
  const goals = goalLine(asked, name, columns);
  const table = aligned([['', ...columns, ''], ...(goals ? [goals] : []), ...lines]);
  return [title, table, ...verifiedLines(asked, name)].join('\n');
}

/** What a peer has missed of the goals, in words. */
export const missedGoals = ({ workloads }: PeerReport): readonly string[] =>
  Object.entries(workloads).flatMap(([name, result]) =>
    result.status === 'measured'
      ? result.measures.flatMap((measure) => missedOf(measure).map((words) => `${name}, ${words}`))
      : [`${name}: ${result.status}`],
  );

const missedOf = (measure: Measure): readonly string[] =>
  measure.goals
    .filter(({ of, limit }) => valueOf(measure, of) > limit)
    .map(({ of, limit }) => {
      const { name, unit } = measure;
      return `${name}: ${text(valueOf(measure, of), unit)} instead of ${text(limit, unit)}`;
    });

function namesOf(report: PeerReport, name: WorkloadName): readonly string[] {
  const workload = report.workloads[name];
  return workload?.status === 'measured' ? workload.measures.map((measure) => measure.name) : [];
}

function failedChecks(report: PeerReport, name: WorkloadName): string {
  const workload = report.workloads[name];
  if (workload?.status !== 'not-verified') return '';
  const wrong = workload.checks
    .filter(({ expected, found }) => expected.checksum !== found.checksum)
    .map(
      ({ what, expected, found }) =>
        `${what} has ${totalOf(found.counts)} rows (${found.checksum}) instead of ${totalOf(expected.counts)} (${expected.checksum})`,
    );
  return `not verified, so not shown: ${wrong.join('; ')}`;
}

/** What the storages held, by the word of who read them; the same for every peer. */
function verifiedLines(reports: readonly PeerReport[], name: WorkloadName): readonly string[] {
  const texts = reports.flatMap(({ workloads }) => {
    const workload = workloads[name];
    if (workload?.status !== 'measured') return [];
    const [first] = workload.checks;
    return first
      ? [`${totalOf(first.found.counts).toLocaleString('en')} rows, ${first.found.checksum}`]
      : [];
  });
  return [...new Set(texts)].map((text) => `verified in the storages: ${text}`);
}

const totalOf = (counts: Readonly<Record<string, number>>): number =>
  Object.values(counts).reduce((sum, count) => sum + count, 0);

function goalLine(
  reports: readonly PeerReport[],
  name: WorkloadName,
  columns: readonly string[],
): readonly string[] | null {
  const measures = reports.flatMap((report) => {
    const workload = report.workloads[name];
    return workload?.status === 'measured' ? workload.measures : [];
  });
  const goals = columns.map((column) => {
    const measure = measures.find((each) => each.name === column);
    return (measure?.goals ?? [])
      .map(
        ({ of, limit }) => `≤ ${text(limit, measure?.unit ?? 'ms')}${of === 'p95' ? ' p95' : ''}`,
      )
      .join(', ');
  });
  return goals.some((goal) => goal !== '') ? ['(the product’s goals)', ...goals, ''] : null;
}

function valueOf({ samples }: Measure, of: Goal['of']): number {
  return of === 'worst' ? Math.max(...samples) : spreadOf(samples)[of];
}

function measureText(measure: Measure): string {
  if (measure.as === 'worst') return text(valueOf(measure, 'worst'), measure.unit);
  const [median, p95] = [valueOf(measure, 'median'), valueOf(measure, 'p95')];
  return `${text(median, measure.unit)} (p95 ${text(p95, measure.unit)})`;
}

function text(value: number, unit: Measure['unit']): string {
  switch (unit) {
    case 'requests':
      return String(value);
    case 'bytes':
      return value < 10_000 ? `${value} B` : `${(value / 1e6).toFixed(value < 1e6 ? 3 : 1)} MB`;
    case 'ms':
      if (value >= 1000) return `${(value / 1000).toFixed(2)} s`;
      return `${value.toFixed(value < 10 ? 1 : 0)} ms`;
  }
}

/** Names to the left, figures to the right, and what is beside them as it comes. */
function aligned(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => row[column]?.length ?? 0)),
  );
  const cell = (text: string, column: number): string => {
    const width = widths[column] ?? 0;
    if (column === 0) return text.padEnd(width);
    return column === widths.length - 1 ? text : text.padStart(width);
  };
  return rows.map((row) => row.map(cell).join('  ').trimEnd()).join('\n');
}
