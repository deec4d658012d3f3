// What is shown over the live picture: the zone outlined, and one calm sentence.
import type { Look } from '../../lib/live/live.ts';
import { useText } from '../../text/TextProvider.tsx';
import styles from './CameraStage.module.css';
import { svgPoints } from './geometry.ts';

/** The zone where it stands in the newest frame. */
export function LiveOutline({ look }: { look: Look | null }) {
  if (look === null || look.zone === null) return null;
  return (
    <svg
      className={styles.overlay}
      viewBox={`0 0 ${look.width} ${look.height}`}
      preserveAspectRatio="xMidYMid meet"
      aria-hidden="true"
    >
      <polygon className={styles.halo} points={svgPoints(look.zone.outline)} />
      <polygon
        className={styles.zone}
        data-good={look.advice === 'reading'}
        points={svgPoints(look.zone.outline)}
      />
    </svg>
  );
}

/** The sentence; read aloud politely when it changes. Its place stays when it is empty. */
export function LiveGuide({ look }: { look: Look | null }) {
  const text = useText();
  return (
    <p className={styles.guide} role="status">
      {look === null ? null : text(`camera.guide.${look.advice}`)}
    </p>
  );
}
