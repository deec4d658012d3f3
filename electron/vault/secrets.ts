// Refuses secrets that are too easy, whatever the window let through.
import { secretFault } from '../../shared/contract/secret-rule.ts';
import { StationFailure } from '../failure.ts';

/** @throws {StationFailure} `secret-weak` */
export function checkSecret(secret: string, signInName: string): void {
  if (secretFault(secret, signInName) !== null) throw new StationFailure('secret-weak', ['secret']);
}
