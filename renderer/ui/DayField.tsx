// A day typed by hand as officers write it, day first; shown with the month as a word, so none is mistaken.
import { useState } from 'react';
import { printedDate, typedDay } from '../lib/time.ts';
import { useText } from '../text/TextProvider.tsx';
import { TextField } from './TextField.tsx';

interface DayFieldProps {
  label: string;
  /** `YYYY-MM-DD` or empty. */
  value: string;
  /** Called with a whole day or empty; never with a part of one. */
  onChange: (day: string) => void;
}

export function DayField({ label, value, onChange }: DayFieldProps) {
  const text = useText();
  const [typed, setTyped] = useState(printedDate(value));
  const [known, setKnown] = useState(value);
  const [isLeft, setLeft] = useState(true);
  // The value was changed from outside (the filter was cleared): what was typed goes with it.
  if (value !== known) {
    setKnown(value);
    setTyped(printedDate(value));
  }
  const take = (words: string) => {
    setTyped(words);
    const day = words.trim() === '' ? '' : typedDay(words);
    if (day === null || day === value) return;
    setKnown(day);
    onChange(day);
  };
  const isFault = isLeft && typed.trim() !== '' && typedDay(typed) === null;
  return (
    <TextField
      label={label}
      value={typed}
      onChange={take}
      onFocus={() => setLeft(false)}
      onBlur={() => {
        setLeft(true);
        const day = typedDay(typed);
        if (day !== null) setTyped(printedDate(day));
      }}
      placeholder={text('ui.day.pattern')}
      fault={isFault ? text('ui.day.fault') : null}
      maxLength={20}
    />
  );
}
