// A picture whose bytes are at hand as an address of data, with places marked on it where there are any.
import { useEffect, useRef } from 'react';
import styles from './DataPicture.module.css';

/** A place in parts of the picture's width and height, and what is seen there. */
export interface PictureMark {
  x: number;
  y: number;
  width: number;
  height: number;
  label: string;
}

interface DataPictureProps {
  /** `data:<mime>;base64,…` */
  source: string;
  label: string;
  marks?: readonly PictureMark[];
}

const NO_MARKS: readonly PictureMark[] = [];
const percent = (part: number): string => `${part * 100}%`;

/** The policy of the page takes no `data:` picture, so its bytes become one of the window's own. */
export function DataPicture({ source, label, marks = NO_MARKS }: DataPictureProps) {
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
  return (
    <div className={styles.frame}>
      <img ref={picture} className={styles.picture} alt={label} />
      {marks.length === 0 ? null : (
        <svg className={styles.marks} aria-hidden="true">
          {marks.map(({ x, y, width, height }, at) => (
            // Marks have no names of their own.
            // oxlint-disable-next-line react/no-array-index-key
            <g key={at}>
              {(['below', 'above'] as const).map((name) => (
                <rect
                  key={name}
                  className={styles[name]}
                  x={percent(x)}
                  y={percent(y)}
                  width={percent(width)}
                  height={percent(height)}
                />
              ))}
              <text className={styles.number} x={percent(x)} y={percent(y)} dx={3} dy={y < 0.08 ? 18 : -5}>
                {at + 1}
              </text>
            </g>
          ))}
        </svg>
      )}
    </div>
  );
}
