import type { ReadyConfig } from './config.ts'
import type { LimitSearches } from './limit/limit-searches.ts'
import type { GameDays } from './game-day/game-days.ts'
import type { LoadRuns } from './load/runs.ts'
import type { Reviews } from './review/reviews.ts'
import type { ReadyServices } from './services.ts'

/** What a group of routes gets. */
export interface ReadyContext extends ReadyServices {
  config: ReadyConfig
  loads: LoadRuns
  limits: LimitSearches
  gameDays: GameDays
  reviews: Reviews
}
