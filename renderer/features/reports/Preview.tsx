// A report as its recipient reads it: groups of rows, words instead of codes, pictures where they are.
import { useEffect, useRef, useState } from 'react';
import type { Cell, PreviewGroup } from '../../../shared/sharing/preview.ts';
import { call } from '../../lib/bridge.ts';
import { printedDate } from '../../lib/time.ts';
import { useProcedureText } from '../../lib/store-procedure.ts';
import { type TextOf, useHasText } from '../../text/TextProvider.tsx';
import styles from './Preview.module.css';

/** Pictures that are not in the station's store yet, or come from others: address by digest. */
export type PictureOf = (sha256: string) => string | null;

interface PreviewProps {
  groups: readonly PreviewGroup[];
  pictureOf: PictureOf;
}

export function Preview({ groups, pictureOf }: PreviewProps) {
  const text = useProcedureText();
  return (
    <div className={styles.groups}>
      {groups.map(({ group, label, rows }) => (
        <section key={group} className={group === 'personal' ? styles.personal : undefined}>
          <h3 className={styles.title}>{text(label)}</h3>
          <dl className={styles.rows}>
            {rows.map((row) => (
              <div key={row.label} className={styles.row}>
                <dt>{text(row.label)}</dt>
                <dd>
                  {row.lines.map((cells, at) => (
                    // Lines have no names of their own and never change places.
                    // oxlint-disable-next-line react/no-array-index-key
                    <p key={at} className={styles.line}>
                      {cells.map((cell, place) => (
                        // Nor have its cells.
                        // oxlint-disable-next-line react/no-array-index-key
                        <Shown key={place} cell={cell} pictureOf={pictureOf} />
                      ))}
                    </p>
                  ))}
                </dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
    </div>
  );
}

function Shown({ cell, pictureOf }: { cell: Cell; pictureOf: PictureOf }) {
  const text = useProcedureText();
  const has = useHasText();
  if ('image' in cell) {
    const source = cell.image.startsWith('data:') ? cell.image : pictureOf(cell.image);
    return source === null ? null : <DataPicture source={source} label={text('reports.picture')} />;
  }
  return <span>{cellWords(text, has, cell)}</span>;
}

/** The policy of the page takes no `data:` picture, so its bytes become one of the window's own. */
export function DataPicture({ source, label }: { source: string; label: string }) {
  const picture = useRef<HTMLImageElement>(null);
  useEffect(() => {
    const [head = '', base64 = ''] = source.split(',');
    const bytes = Uint8Array.from(atob(base64), (each) => each.charCodeAt(0));
    const made = URL.createObjectURL(
      new Blob([bytes], { type: head.slice('data:'.length, head.indexOf(';')) }),
    );
    if (picture.current !== null) picture.current.src = made;
    return () => URL.revokeObjectURL(made);
  }, [source]);
  return <img ref={picture} className={styles.picture} alt={label} />;
}

function cellWords(
  text: TextOf,
  has: (id: string) => boolean,
  cell: Exclude<Cell, { image: string }>,
): string {
  if ('word' in cell) return text(cell.word);
  if ('day' in cell) return printedDate(cell.day);
  if ('text' in cell) return cell.text;
  return has(`state.${cell.state}`) ? text(`state.${cell.state}`) : cell.state;
}

/** Pictures of a stored report, each asked for once, as addresses that a picture takes. */
export function usePictures(sha256s: readonly string[]): PictureOf {
  const [known, setKnown] = useState<Readonly<Record<string, string>>>({});
  const wanted = sha256s.join(' ');
  useEffect(() => {
    let isOver = false;
    const ask = async (sha256: string) => {
      try {
        const { mime, base64 } = await call('report.image', { sha256 });
        if (!isOver) setKnown((old) => ({ ...old, [sha256]: `data:${mime};base64,${base64}` }));
      } catch {
        // It did not come yet: its place stays empty.
      }
    };
    for (const sha256 of wanted.split(' ').filter(Boolean)) void ask(sha256);
    return () => {
      isOver = true;
    };
  }, [wanted]);
  return (sha256) => known[sha256] ?? null;
}
