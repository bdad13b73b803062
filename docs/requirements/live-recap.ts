import type { Requirement } from './requirement.ts'

export const liveRecap: Requirement[] = []
