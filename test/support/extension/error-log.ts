export interface SeenError {
  readonly kind: 'thrown' | 'console' | 'background';
  /** The page's address. */
  readonly where: string;
  readonly text: string;
}

export interface ErrorLog {
  add(error: SeenError): void;
  all(): readonly SeenError[];
  /** Forgets them: after a test that provokes one. */
  clear(): void;
}

export function createErrorLog(): ErrorLog {
  const seen: SeenError[] = [];
  return {
    add(error) {
      seen.push(error);
    },
    all: () => [...seen],
    clear() {
      seen.length = 0;
    },
  };
}
