/** How a value may be written; what each becomes is said in the README. */
export const readings = [
  'text',
  'lower',
  'number',
  'boolean',
  'clock',
  'iso-time',
  'day-first-time',
  'month-first-time',
  'epoch-s',
  'epoch-ms',
  'epoch-us',
  'side',
  'other-side',
] as const
