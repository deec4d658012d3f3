// Whether an address is this computer itself.
import { isIP } from 'node:net';

/** True of `localhost`, 127.0.0.0/8 and ::1, also as IPv4 inside IPv6. */
export function isLoopback(host: string): boolean {
  if (host === 'localhost') return true;
  const address = host.replace(/^::ffff:/iu, '');
  return (isIP(address) === 4 && address.startsWith('127.')) || address === '::1';
}
