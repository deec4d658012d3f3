// Which kind of message it is: asked by the window too, which holds no shapes.
import type { FullWireReport, WireReport } from './report.ts';

/** Whether it is a report with content, not one that takes something back or goes beside one. */
export const isFull = (message: WireReport): message is FullWireReport =>
  message.kind === 'report' || message.kind === 'correction';
