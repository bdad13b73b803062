import type { Requirement } from './requirement.ts'

export const models: Requirement[] = []
