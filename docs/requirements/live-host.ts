import type { Requirement } from './requirement.ts'

export const liveHost: Requirement[] = []
