/** Text of the user's own, isolated so that its direction cannot disturb the words around it. */
export function Bidi({ text }: { readonly text: string }) {
  return <bdi>{text}</bdi>;
}
