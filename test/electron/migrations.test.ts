// Steps of the station's store are never changed once they are out: a store that made one must be what a new one becomes.
import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { STATION_MIGRATIONS } from '../../electron/db/migrations/station.ts';

/** SHA-256 of each step, in their order. A new step adds a row; no row changes. */
const STEPS = [
  '749b281741bc06d68053ec0aec60be8bc36b0f006d7a7070a4ddbfd2d9334f89',
  '6523a49488265718203037523ec69353837d72ecf61aeecc293e60f97529ab58',
  '4aa31a7f3c770b1a35d722bc60f6f92f318a73ed3c25047f86c19645009f0c20',
  '158c24f6d4a7d3f416f468c5eeef5bf9897607a6775762d5506e76c44e27f24e',
  '4184b7d03abbd01e32c0d63cac82ae3373e5e6b8c5c56d3a63b06d6e9b1c9c06',
  '3819083eee1b0fe456a9f7800cd1e64d570ef24f656839206546f92e7acb0831',
  'b68be893d94de3c9e9caabe8470c93ba98fd989fcfcc4467b808f5b9f00fe335',
  'e9ccc564ed4f9bd456109166ee94a43b264641369907d51c908dbf79e350ae89',
  'd46e5f98add9259b398009d89aae9c8881f5f1b80b99a232ea4e1eb5c66be17c',
  '8a3da0e58ae2e3b1da029c40e57067ec2e6eb495779ae7e66e9a4a57dde790b3',
  'eb3ab53647fdf7a034cc798bc58e67e1b6926f745b7648ae01b9557a1d928603',
  'ab2da9d69395bc7204784e9bcc10e85c2433c5429d50d2d57717edf7eeb854c9',
  '5834ae5d6f5b4763d45d91c11058b1f27b70bdc8fcbda6f254aa2ce8fe01a770',
  '5c17bece295ae2a03b5643eebfdf0119454ad7fdf78ad2dcfc56662b4c4cfd78',
  'f31360d67e53a8097ceb1ecb43be76089f2e6ff29f04cf05bd85e4c8fa4d2fca',
  'c1a96f417f6aae15da99a97997a0562750fa5335b30277622ac1f40835bb0548',
  'c1cd2ffd914e1bee68cedbe26a6d55fa0a9f920636ee2940cc681148dfb00f2f',
];

it('each step of the store is what it was when it was merged', () => {
  const steps = STATION_MIGRATIONS.map(({ sql }) => createHash('sha256').update(sql).digest('hex'));
  expect(steps).toEqual(STEPS);
});

it('steps are numbered from 1 on without a gap', () => {
  expect(STATION_MIGRATIONS.map(({ version }) => version)).toEqual(STEPS.map((_step, index) => index + 1));
});
