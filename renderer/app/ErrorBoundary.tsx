// Catches a fault of a screen: the frame stays, the officer is told in three parts and goes on.
import { Component, type ReactNode } from 'react';
import { useText } from '../text/TextProvider.tsx';
import { Button } from '../ui/Button.tsx';
import { ErrorPanel } from '../ui/Notice.tsx';
import styles from './Opening.module.css';

interface ErrorBoundaryProps {
  children: ReactNode;
}

export class ErrorBoundary extends Component<ErrorBoundaryProps, { failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError(): { failed: boolean } {
    return { failed: true };
  }

  override render(): ReactNode {
    if (!this.state.failed) return this.props.children;
    return <Failed onGoOn={() => this.setState({ failed: false })} />;
  }
}

function Failed({ onGoOn }: { onGoOn: () => void }) {
  const text = useText();
  return (
    <div className={styles.middle}>
      <ErrorPanel code="window" actions={<Button onPress={onGoOn}>{text('app.go-on')}</Button>} />
    </div>
  );
}
