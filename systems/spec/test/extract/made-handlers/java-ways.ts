import { javaClasses } from './ways/java-classes.ts'
import { javaErrors } from './ways/java-errors.ts'
import { javaLater } from './ways/java-later.ts'
import { javaValues } from './ways/java-values.ts'
import type { Ways } from './steps.ts'

export const javaWays: readonly Ways[] = [javaClasses, javaErrors, javaLater, javaValues]
