import { simulate } from './world/simulate.ts';
const n = Number(process.argv[2] ?? 20);
await simulate(1);
const cpu0 = process.cpuUsage(); const t0 = performance.now();
for (let s = 1; s <= n; s += 1) { const v = await simulate(s); if (v.failures.length) console.log(s, v.failures[0]?.slice(0,100)); }
const c = process.cpuUsage(cpu0);
console.log(n, 'seeds', ((performance.now()-t0)/n).toFixed(0), 'ms wall', ((c.user+c.system)/1000/n).toFixed(0), 'ms cpu');
