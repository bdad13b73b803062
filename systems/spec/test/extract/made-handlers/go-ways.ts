import { goClasses } from './ways/go-classes.ts'
import { goErrors } from './ways/go-errors.ts'
import { goLater } from './ways/go-later.ts'
import { goValues } from './ways/go-values.ts'
import type { Ways } from './steps.ts'

export const goWays: readonly Ways[] = [goClasses, goErrors, goLater, goValues]
