// A new export here becomes public API; named exports, not wildcards.
export { HeavyliftError, InvalidInputError, NotFoundError, ConflictError, TryLaterError } from './errors.ts'
export { away, diskFull, findOutage } from './outage.ts'
export { systemClock } from './clock.ts'
export type { Clock } from './clock.ts'
export { createIds } from './ids.ts'
export type { Ids } from './ids.ts'
export { createRandom } from './math/random.ts'
export type { Random } from './math/random.ts'
export type { ProgressUpdate, ReportProgress } from './progress.ts'
export { silentLogger } from './log.ts'
export type { Logger } from './log.ts'
export { noTelemetry } from './telemetry.ts'
export type { Telemetry, FinishedSpan, MetricFamily } from './telemetry.ts'
export { route, uploadRoute, EventStream, RawResponse, scopes } from './route.ts'
export type {
  AnyRoute,
  Caller,
  KeyLimits,
  Route,
  RouteInput,
  RouteResult,
  RouteShape,
  RoutesOf,
  Scope,
  ServerEvent,
  TypedRoute,
} from './route.ts'
export { defineSystem } from './system.ts'
export type {
  Processes,
  System,
  RunningSystem,
  CoreServices,
  Migration,
  Measure,
  MeasureInput,
  MeasuredResult,
  Check,
  CheckInput,
  Command,
  CompleteWord,
  CompleteInput,
  Verdict,
  CommandInput,
  Tile,
  ConsolePage,
  StaticFiles,
  RawMount,
  IdentifyRaw,
} from './system.ts'
