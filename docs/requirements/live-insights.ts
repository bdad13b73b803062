import type { Requirement } from './requirement.ts'

export const liveInsights: Requirement[] = []
