import { javascriptClasses } from './ways/javascript-classes.ts'
import { javascriptErrors } from './ways/javascript-errors.ts'
import { javascriptLater } from './ways/javascript-later.ts'
import { javascriptValues } from './ways/javascript-values.ts'
import type { Ways } from './steps.ts'

export const javascriptWays: readonly Ways[] = [
  javascriptClasses,
  javascriptErrors,
  javascriptLater,
  javascriptValues,
]
