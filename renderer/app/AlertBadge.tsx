// How many alerts in force here whoever sits here has not opened: a calm line, and nothing while there is none.
import { BellRing } from 'lucide-react';
import { useEffect } from 'react';
import { useStill } from '../lib/stillness.ts';
import { followAlerts, unreadOf, useAlerts } from '../lib/store-alerts.ts';
import { showDetections } from '../lib/store-detections.ts';
import { useText } from '../text/TextProvider.tsx';
import { Button } from '../ui/Button.tsx';

export function AlertBadge() {
  const text = useText();
  const unread = useAlerts(unreadOf);
  // While a face is looked at nothing comes up.
  const isStill = useStill();
  useEffect(followAlerts, []);
  return (
    <div aria-live="polite">
      {unread === 0 || isStill ? null : (
        <Button tone="quiet" icon={<BellRing size={20} />} onPress={() => showDetections('alerts')}>
          {text('alerts.badge', { count: unread })}
        </Button>
      )}
    </div>
  );
}
