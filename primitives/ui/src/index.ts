// What system pages build on. A new export here becomes part of every system's console; named exports only.
export { ApiError, getEvents, getJson, query, send, sendJson } from './api/client.ts'
export { createClient } from './api/create-client.ts'
export type { Client, EventsPath, TypedEvent } from './api/create-client.ts'
export { useEvents, useLive } from './api/live.ts'
export type { LiveState } from './api/live.ts'
export { useSnapshot } from './api/use-snapshot.ts'
export type { StreamedEvent } from './api/event-stream.ts'
export { ActionButton } from './kit/action-button.tsx'
export { Card, Cards } from './kit/cards.tsx'
export { Bar, Chip } from './kit/chip.tsx'
export { ConfirmDialog } from './kit/confirm-dialog.tsx'
export type { Going } from './kit/confirm-dialog.tsx'
export { Copy, CopyButton } from './kit/copy.tsx'
export { cx } from './kit/cx.ts'
export { DataTable } from './kit/data-table.tsx'
export type { Column } from './kit/data-table-props.ts'
export { EvidenceDrawer, EvidencePart, Json } from './kit/evidence-drawer.tsx'
export { Facts } from './kit/facts.tsx'
export type { Fact } from './kit/facts.tsx'
export { FilterBar, FilterText } from './kit/filter-bar.tsx'
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
export { Icon, systemIcon } from './kit/icons.tsx'
export type { IconName } from './kit/icons.tsx'
export { Page, Panel } from './kit/page.tsx'
export { Stat, Stats } from './kit/stat.tsx'
export { LoadedPages, ShowMore } from './kit/show-more.tsx'
export { useShortcut } from './kit/shortcuts.ts'
export { Skeleton } from './kit/skeleton.tsx'
export { TimeRange, useTimeRange } from './kit/time-range-control.tsx'
export type { UsedTimeRange } from './kit/time-range-control.tsx'
export type { ChosenTime, TimeRangeName } from './kit/time-range.ts'
export { Spans, Timeline } from './kit/timeline.tsx'
export type { Span, TimelineEvent } from './kit/timeline.tsx'
export { LiveMark } from './kit/live-mark.tsx'
export { PlotFigure } from './kit/plot-figure.tsx'
export type { PlotFigureProps } from './kit/plot-figure-props.ts'
export { Empty, ErrorState, Loaded, Notice, StaleBanner, StateMark } from './kit/states.tsx'
export type { StateName } from './kit/states.tsx'
export { ExperimentView } from './kit/experiment.tsx'
export { useUrlState } from './kit/url-state.ts'
export type { ConsoleSystem, ConsoleRoute, MiniatureProps, SearchHit } from './console-system.ts'
export { Canvas } from './kit/canvas.tsx'
export type { CanvasFrame } from './kit/canvas.tsx'
