import { Fragment, h, type ComponentType, type VNode } from 'preact';

/** What JSX is compiled to, by Preact's own `h`: its runtime for this is three times as long. */
export const jsx = (
  type: string | ComponentType<object>,
  props: object,
  key?: string | number,
): VNode => h(type as ComponentType<object>, key === undefined ? props : { ...props, key });

export { Fragment, jsx as jsxs };
