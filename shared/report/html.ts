// Text as HTML, nothing of it taken for markup.

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Marks text that is HTML already. */
export interface Html {
  readonly html: string;
}

type Part = string | number | Html | readonly Html[] | null;

const written = (part: Part): string => {
  if (part === null) return '';
  if (typeof part === 'string' || typeof part === 'number') {
    return String(part).replaceAll(/[&<>"']/gu, (each) => ESCAPES[each] ?? each);
  }
  return 'html' in part ? part.html : part.map(({ html }) => html).join('');
};

/** A template whose values are text unless they were made by it; null is nothing. */
export function html(strings: TemplateStringsArray, ...parts: Part[]): Html {
  return {
    html: strings
      .map((string, at) => string + (at < parts.length ? written(parts[at] ?? null) : ''))
      .join(''),
  };
}
