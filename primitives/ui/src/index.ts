// What system pages build on. A new export here becomes part of every system's console; named exports only.
export { ApiError, getEvents, getJson, query, send, sendJson } from './api/client.ts'
export { createClient } from './api/create-client.ts'
export type { Client, EventsPath, TypedEvent } from './api/create-client.ts'
export { useEvents, useLive } from './api/live.ts'
export type { LiveState } from './api/live.ts'
export { useSnapshot } from './api/use-snapshot.ts'
export type { StreamedEvent } from './api/event-stream.ts'
export { Copy } from './kit/copy.tsx'
export { DataTable } from './kit/data-table.tsx'
export type { Column } from './kit/data-table.tsx'
export * as format from './kit/format.ts'
export {
  formatAgo,
  formatCost,
  formatCount,
  formatDay,
  formatDuration,
  formatNumber,
  formatPercent,
  formatTime,
} from './kit/format.ts'
export { Icon } from './kit/icons.tsx'
export { Bar, Chip, Page, Panel, Stat, Stats } from './kit/page.tsx'
export { LiveMark } from './kit/live-mark.tsx'
export { PlotFigure } from './kit/plot-figure.tsx'
export type { PlotFigureProps } from './kit/plot-figure.tsx'
export { Empty, ErrorState, Loaded, Skeleton, StaleBanner, StateMark } from './kit/states.tsx'
export type { StateName } from './kit/states.tsx'
export { ExperimentView } from './kit/experiment.tsx'
export { useUrlState } from './kit/url-state.ts'
export type { ConsoleSystem, ConsoleRoute, MiniatureProps, SearchHit } from './console-system.ts'
export { Canvas } from './kit/canvas.tsx'
export type { CanvasFrame } from './kit/canvas.tsx'
