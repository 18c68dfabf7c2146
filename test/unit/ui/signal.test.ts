import { describe, expect, it } from 'vitest';
import { computed, effect, signal } from '../../../extension/ui/signal.ts';

describe('a signal', () => {
  it('tells an effect that has read it, and nobody who only peeked', () => {
    const [a, b] = [signal(1), signal(10)];
    const seen: number[] = [];
    effect(() => void seen.push(a.value + b.peek()));
    b.value = 20;
    a.value = 2;
    expect(seen).toEqual([11, 22]);
  });

  it('is silent when it is set to what it was', () => {
    const a = signal(1);
    let runs = 0;
    effect(() => {
      runs += a.value;
    });
    a.value = 1;
    expect(runs).toBe(1);
  });

  it('tells an effect no more once the effect has ended', () => {
    const a = signal(1);
    const seen: number[] = [];
    const end = effect(() => void seen.push(a.value));
    end();
    a.value = 2;
    expect(seen).toEqual([1]);
  });

  it('tells an effect only of what its last run has read', () => {
    const [which, a, b] = [signal('a'), signal(1), signal(1)];
    const seen: string[] = [];
    effect(() => {
      seen.push(which.value === 'a' ? `a${a.value}` : `b${b.value}`);
    });
    which.value = 'b';
    a.value = 2;
    b.value = 2;
    expect(seen).toEqual(['a1', 'b1', 'b2']);
  });

  it('does not tell an effect that another effect has ended meanwhile', () => {
    const a = signal(1);
    const seen: number[] = [];
    let endOther = (): void => undefined;
    effect(() => {
      if (a.value === 2) endOther();
    });
    endOther = effect(() => void seen.push(a.value));
    a.value = 2;
    expect(seen).toEqual([1]);
  });

  it('may be set by an effect that reads it', () => {
    const a = signal(0);
    effect(() => {
      if (a.value < 3) a.value += 1;
    });
    expect(a.value).toBe(3);
  });
});

describe('a computed signal', () => {
  it('is worked out when it is read, once, and again after what it read has changed', () => {
    const a = signal(2);
    let works = 0;
    const square = computed(() => {
      works += 1;
      return a.value ** 2;
    });
    expect(works).toBe(0);
    expect([square.value, square.peek(), works]).toEqual([4, 4, 1]);
    a.value = 3;
    expect(works).toBe(1);
    expect([square.value, works]).toEqual([9, 2]);
  });

  it('tells an effect, also through another one', () => {
    const a = signal(1);
    const double = computed(() => a.value * 2);
    const words = computed(() => `${double.value}!`);
    const seen: string[] = [];
    effect(() => void seen.push(words.value));
    a.value = 2;
    expect(seen).toEqual(['2!', '4!']);
  });
});
