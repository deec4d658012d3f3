// The name of a key under layouts that print another script or another letter.
import { describe, expect, it } from 'vitest';
import { keyName } from '../../renderer/lib/hotkeys.ts';

describe('keyName', () => {
  it.each([
    ['c', 'KeyC', 'c'],
    ['C', 'KeyC', 'c'],
    [' ', 'Space', 'Space'],
    ['Escape', 'Escape', 'Escape'],
    ['F3', 'F3', 'F3'],
    ['?', 'Slash', '?'],
    // Thai Kedmanee: the key of C prints a vowel sign or แ; the officer means the key with C on it.
    ['แ', 'KeyC', 'c'],
    ['ู', 'Digit6', '6'],
    // A Latin layout decides for itself: on AZERTY the key in the place of Q is A.
    ['a', 'KeyQ', 'a'],
    ['é', 'Digit2', '2'],
    ['€', 'BracketLeft', '€'],
  ])('%s on %s is %s', (key, code, name) => {
    expect(keyName({ key, code })).toBe(name);
  });
});
