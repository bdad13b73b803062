import type { Requirement } from './requirement.ts'

export const streams: Requirement[] = []
