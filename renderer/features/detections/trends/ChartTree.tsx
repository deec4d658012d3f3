// A chart of plain data drawn by React: one part of it is in the Tab order, arrows walk, Enter or a press chooses.
import { createElement, type KeyboardEvent, type ReactNode, useRef, useState } from 'react';
import type { Tree } from '../../../../shared/trends/tree.ts';

interface ChartTreeProps {
  chart: Tree;
  /** Keys of what can be pressed, as the arrows walk them. */
  order: readonly string[];
  /** The one that is chosen: the focus begins there. */
  chosen: string | null;
  className?: string | undefined;
  onChoose: (key: string) => void;
}

const RENAMED: Readonly<Record<string, string>> = { class: 'className', 'text-anchor': 'textAnchor' };
const STEPS: Readonly<Record<string, number>> = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };

export function ChartTree({ chart, order, chosen, className, onChoose }: ChartTreeProps) {
  const box = useRef<HTMLDivElement>(null);
  const [walked, setWalked] = useState<string | null>(null);
  const current = [walked, chosen].find((key) => key !== null && order.includes(key)) ?? order[0];

  const focus = (key: string | undefined) => {
    if (key === undefined) return;
    setWalked(key);
    box.current?.querySelector<SVGElement>(`[data-key="${CSS.escape(key)}"]`)?.focus();
  };

  const onKeyDown = (event: KeyboardEvent) => {
    const key = keyOf(event.target);
    if (key === null) return;
    const at = order.indexOf(key);
    const step = STEPS[event.key];
    if (event.key === 'Enter' || event.key === ' ') onChoose(key);
    else if (step !== undefined) focus(order[Math.min(order.length - 1, Math.max(0, at + step))]);
    else if (event.key === 'Home') focus(order[0]);
    else if (event.key === 'End') focus(order.at(-1));
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  const draw = ({ tag, attributes, children }: Tree, at: number): ReactNode => {
    const props = Object.fromEntries(
      Object.entries(attributes).map(([name, value]) => [RENAMED[name] ?? name, value]),
    );
    const key = attributes['data-key'];
    const pressed =
      key === undefined
        ? {}
        : { role: 'button', 'aria-pressed': key === chosen, tabIndex: key === current ? 0 : -1 };
    const drawn = children.map((child, index) => (typeof child === 'string' ? child : draw(child, index)));
    // A key of React is how the focus stays with a part whose place changes.
    return createElement(tag, { ...props, ...pressed, key: key ?? at }, ...drawn);
  };

  return (
    <div
      ref={box}
      role="presentation"
      className={className}
      onKeyDown={onKeyDown}
      onClick={({ target }) => {
        const key = keyOf(target);
        if (key !== null) onChoose(key);
      }}
    >
      {draw(chart, 0)}
    </div>
  );
}

const keyOf = (target: EventTarget): string | null =>
  target instanceof Element ? (target.closest('[data-key]')?.getAttribute('data-key') ?? null) : null;
