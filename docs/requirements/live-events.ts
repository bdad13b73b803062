import type { Requirement } from './requirement.ts'

export const liveEvents: Requirement[] = []
