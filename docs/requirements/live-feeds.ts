import type { Requirement } from './requirement.ts'

export const liveFeeds: Requirement[] = []
