// Pictures of a case report, each with the places that officers marked, drawn over it and numbered.
import { type CaseReportInput, type ReportMark, standingAnswers } from './case-data.ts';
import { itemTitle, type ReportWords } from './case-parts.ts';
import { type Html, html } from './html.ts';

/** Every mark of an answer that stands by `<entry id> <place>`, numbered from 1 over the whole report. */
export function numberedMarks(entries: CaseReportInput['entries']): ReadonlyMap<string, number> {
  const numbers = new Map<string, number>();
  for (const { id, marks } of standingAnswers(entries).values()) {
    for (const at of marks.keys()) numbers.set(`${id} ${at}`, numbers.size + 1);
  }
  return numbers;
}

interface Numbered extends ReportMark {
  number: number;
  itemId: string;
}

/** All pictures in the order of the documents, those added at the second line behind the document’s own. */
export function pictureParts(input: CaseReportInput, words: ReportWords): Html[] {
  const { say } = words;
  const numbers = numberedMarks(input.entries);
  const marks = [...standingAnswers(input.entries).values()].flatMap((answer) =>
    answer.marks.map(
      (mark, at): Numbered => ({
        ...mark,
        itemId: answer.itemId,
        number: numbers.get(`${answer.id} ${at}`) ?? 0,
      }),
    ),
  );
  return input.record.documents.flatMap((document, at) => {
    const added = input.entries.flatMap((entry) =>
      entry.kind === 'image' && entry.documentId === document.id ? [entry.image] : [],
    );
    return [...document.images, ...added].map(({ id, light }, place) => {
      const caption = say('case-report.picture', {
        document: String(at + 1),
        number: String(place + 1),
        light: say(`light.${light}`),
      });
      const own = marks.filter(({ imageId }) => imageId === id);
      return html`<figure>${picture(input, id, own, words)}<figcaption>${caption}</figcaption>${
        own.length === 0 ? null : legend(own, words)
      }</figure>`;
    });
  });
}

function legend(marks: readonly Numbered[], words: ReportWords): Html {
  return html`<ol class="legend">${marks.map(
    ({ number, itemId, note }) =>
      html`<li><b>${number}</b> ${itemTitle(itemId, words)}${note === '' ? null : html` <q>${note}</q>`}</li>`,
  )}</ol>`;
}

function picture(input: CaseReportInput, id: string, marks: readonly Numbered[], { say }: ReportWords): Html {
  const known = input.pictures.get(id);
  if (known === undefined || known.url === null) {
    return html`<p class="gone">${say('case-report.picture-gone')}</p>`;
  }
  const { url, width, height } = known;
  // Lines and numbers keep their size on paper, whatever the picture has of pixels.
  const unit = Math.max(width, height) / 400;
  const drawn = marks.map((mark) => html`<g>${shape(mark, unit)}${label(mark, unit)}</g>`);
  return html`<div class="picture"><img src="${url}" alt=""><svg viewBox="0 0 ${width} ${height}">${drawn}</svg></div>`;
}

const fixed = (value: number): string => value.toFixed(1);

/** Twice, light below dark, so that it is seen on any picture. */
function twice(path: string, unit: number): Html {
  return html`<path class="below" d="${path}" stroke-width="${fixed(unit * 3)}"/><path class="above" d="${path}" stroke-width="${fixed(unit * 1.2)}"/>`;
}

function shape({ shape: kind, points }: ReportMark, unit: number): Html {
  const [from, to = from] = points;
  if (from === undefined || to === undefined) return html``;
  if (kind === 'box') {
    return twice(`M${fixed(from.x)} ${fixed(from.y)}H${fixed(to.x)}V${fixed(to.y)}H${fixed(from.x)}Z`, unit);
  }
  if (kind === 'arrow') {
    const angle = Math.atan2(to.y - from.y, to.x - from.x);
    const barb = (turn: number): string =>
      `M${fixed(to.x)} ${fixed(to.y)}L${fixed(to.x - unit * 12 * Math.cos(angle + turn))} ${fixed(
        to.y - unit * 12 * Math.sin(angle + turn),
      )}`;
    const line = `M${fixed(from.x)} ${fixed(from.y)}L${fixed(to.x)} ${fixed(to.y)}`;
    return twice(`${line}${barb(0.5)}${barb(-0.5)}`, unit);
  }
  const arm = unit * 8;
  return twice(
    `M${fixed(from.x - arm)} ${fixed(from.y)}h${fixed(arm * 2)}M${fixed(from.x)} ${fixed(from.y - arm)}v${fixed(arm * 2)}`,
    unit,
  );
}

function label({ points, number }: Numbered, unit: number): Html {
  const [first] = points;
  if (first === undefined) return html``;
  const [x, y] = [first.x + unit * 4, first.y - unit * 4];
  return html`<text x="${fixed(x)}" y="${fixed(Math.max(y, unit * 14))}" font-size="${fixed(unit * 14)}" stroke-width="${fixed(
    unit * 3,
  )}">${number}</text>`;
}
