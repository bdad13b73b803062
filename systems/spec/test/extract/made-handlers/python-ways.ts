import { pythonClasses } from './ways/python-classes.ts'
import { pythonErrors } from './ways/python-errors.ts'
import { pythonLater } from './ways/python-later.ts'
import { pythonValues } from './ways/python-values.ts'
import type { Ways } from './steps.ts'

export const pythonWays: readonly Ways[] = [pythonClasses, pythonErrors, pythonLater, pythonValues]
