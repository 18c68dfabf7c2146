export type Child = Node | string | null;

/** An element from its tag, attributes and children; never from a string of HTML. */
export function h(
  tag: string,
  attributes: Readonly<Record<string, string>> = {},
  ...children: readonly Child[]
): HTMLElement {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  for (const child of children) if (child !== null) element.append(child);
  return element;
}

export function button(
  label: string,
  className: string,
  onClick: () => void,
  ...children: readonly Child[]
): HTMLElement {
  const shown = children.length > 0 ? children : [label];
  const element = h(
    'div',
    { class: className, role: 'button', tabindex: '0', 'aria-label': label, 'data-tooltip': label },
    ...shown,
  );
  element.addEventListener('click', (event) => {
    event.stopPropagation();
    onClick();
  });
  return element;
}

/** Eight hues that stay readable under white letters, chosen by the address. */
export function avatar(name: string, address: string): HTMLElement {
  let sum = 0;
  for (const letter of address) sum = (sum * 31 + letter.charCodeAt(0)) % 360;
  const letter = String.fromCodePoint((name || address).codePointAt(0) ?? 63);
  const circle = h('div', { class: 'avatar', 'aria-hidden': 'true' }, letter.toUpperCase());
  circle.style.setProperty('--hue', String(Math.round(sum / 45) * 45));
  return circle;
}
