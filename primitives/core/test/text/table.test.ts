import { expect, it } from 'vitest'
import { formatTable } from '../../src/text/index.ts'

it('sets rows under their titles, numbers to the right, and leaves no blanks at the end of a line', () => {
  const text = formatTable(
    ['Name', 'Runs', 'Note'],
    [
      ['a', '7', ''],
      ['longer', '1,204', 'slow'],
    ],
    ['Runs'],
  )
  expect(text.split('\n')).toEqual([
    'Name     Runs  Note',
    '──────  ─────  ────',
    'a           7',
    'longer  1,204  slow',
  ])
})
