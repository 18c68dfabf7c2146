interface Props {
  readonly label: string;
  readonly name: string;
  readonly value: string;
  readonly onInput: (value: string) => void;
  readonly dir: 'ltr' | 'auto';
  readonly isSecret?: boolean;
  readonly maxLength?: number;
}

/** A labelled line to type in; nothing of it is remembered by the browser. */
export function Field({
  label,
  name,
  value,
  onInput,
  dir,
  isSecret = false,
  maxLength = 300,
}: Props) {
  return (
    <label>
      <span>{label}</span>
      <input
        {...(isSecret ? { type: 'password' as const } : { type: 'text' as const })}
        dir={dir}
        data-field={name}
        autoComplete="off"
        spellcheck={false}
        maxLength={maxLength}
        value={value}
        onInput={(event) => onInput(event.currentTarget.value)}
      />
    </label>
  );
}
