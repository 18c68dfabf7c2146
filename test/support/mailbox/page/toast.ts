import { h } from './dom.ts';

const SHOWN_MS = 4000;

export function showToast(text: string): void {
  document.querySelector('.b8')?.remove();
  const toast = h('div', { class: 'b8', role: 'alert' }, text);
  document.body.append(toast);
  setTimeout(() => toast.remove(), SHOWN_MS);
}
