import { h } from './dom.ts';

const TICK_MS = 10;

/**
 * `?mutations=5000&seconds=10`: a page that never rests. Rows with addresses come and go, texts,
 * classes and styles change, evenly spread; `data-noise` on the root says `running` or `done`.
 */
export function startNoise(parent: HTMLElement): void {
  const query = new URLSearchParams(location.search);
  const total = Number(query.get('mutations') ?? 0);
  if (!(total > 0)) return;
  const durationMs = Number(query.get('seconds') ?? 10) * 1000;
  const root = document.documentElement;
  const box = h('div', { class: 'noise', 'aria-hidden': 'true' });
  parent.append(box);
  root.dataset['noise'] = 'running';
  let done = 0;
  const startedAt = performance.now();
  const timer = setInterval(() => {
    const due = Math.min(total, ((performance.now() - startedAt) / durationMs) * total);
    for (; done < due; done += 1) mutate(box, done);
    if (done < total) return;
    clearInterval(timer);
    box.remove();
    root.dataset['noise'] = 'done';
  }, TICK_MS);
}

function mutate(box: HTMLElement, step: number): void {
  const last = box.lastElementChild;
  switch (step % 5) {
    case 0:
      box.append(noiseRow(step));
      break;
    case 1:
      last?.setAttribute('class', `zA yO x${step % 7}`);
      break;
    case 2:
      last?.setAttribute('style', `opacity:${(step % 10) / 10}`);
      break;
    case 3:
      if (last?.firstElementChild) last.firstElementChild.textContent = String(step);
      break;
    default:
      if (box.childElementCount > 20) box.firstElementChild?.remove();
  }
}

const noiseRow = (step: number): HTMLElement =>
  h(
    'div',
    { class: 'zA yO', role: 'row' },
    h('span', { class: 'yP', email: `noise${step % 50}@noise.example`, name: 'Noise' }, 'Noise'),
    h('div', { class: 'y6' }, h('span', { 'data-legacy-thread-id': '19a0ffffffffffff' }, '…')),
    h('span', { class: 'xW' }, String(step)),
  );
