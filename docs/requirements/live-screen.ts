import type { Requirement } from './requirement.ts'

export const liveScreen: Requirement[] = []
