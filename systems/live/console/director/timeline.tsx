import { SegmentedControl } from '@mantine/core'
import { memo, useLayoutEffect, useMemo, useRef, useState } from 'react'
import type { PointerEvent } from 'react'
import { format, Panel } from '@heavylift/ui'
import type { Match } from '../../src/domain/match.ts'
import { useHead } from '../playback/use-playback.tsx'
import type { Player } from '../playback/use-playback.tsx'
import { teamColours } from '../scene/team-colours.ts'
import type { MatchListing } from '../../src/routes/answers.ts'
import { behindWords } from '../words.ts'
import type { Book } from './insight-book.ts'
import { lanesOf, winLine } from './timeline-scale.ts'
import type { Lane } from './timeline-scale.ts'
import styles from './director.module.css'

const laneHeight = 26
const lineHeight = 64
const windows = { '2': '2 min', '10': '10 min', all: 'All' } as const

/** What was said and what happened over time; a mark's height is its importance. A click looks at it, a drag goes back. */
export function Timeline({
  player,
  match,
  book,
  span,
  chosenId,
  onSeek,
  onSelect,
}: {
  player: Player
  match: Match
  book: Book
  span: MatchListing['span']
  chosenId: string
  onSeek: (atMs: number) => void
  onSelect: (id: string) => void
}) {
  const [window, setWindow] = useState<keyof typeof windows>('10')
  const { mode, atMs, newestMs } = useHead(player, 1_000)
  // Whole seconds, so that marks are drawn anew once a second at most.
  const endMs = Math.ceil(Math.max(newestMs ?? 0, span?.toMs ?? 0) / 1000) * 1000
  const lengthMs = window === 'all' ? endMs - (span?.fromMs ?? endMs) : Number(window) * 60_000
  // A head that is further back takes the window with it.
  const toMs =
    mode === 'live' || atMs === null || atMs > endMs - lengthMs ? endMs : Math.min(endMs, atMs + lengthMs / 2)
  const fromMs = toMs - Math.max(lengthMs, 1_000)
  const lanes = useMemo(() => lanesOf(book, fromMs, toMs), [book, fromMs, toMs])
  const line = useMemo(() => winLine(book), [book])
  const frame = useRef<HTMLDivElement>(null)
  const width = useWidth(frame)
  const hasLine = line.length > 1
  const top = hasLine ? lineHeight : 0
  const height = top + Math.max(1, lanes.length) * laneHeight + 20
  const x = (at: number) => ((at - fromMs) / (toMs - fromMs)) * width
  const drag = (event: PointerEvent<SVGSVGElement>) => {
    if (event.buttons !== 1 || !(event.target instanceof Element)) return
    const box = event.currentTarget.getBoundingClientRect()
    onSeek(fromMs + ((event.clientX - box.left) / box.width) * (toMs - fromMs))
  }
  const count = lanes.reduce((sum, lane) => sum + lane.marks.length, 0)
  return (
    <Panel
      title="What was said, what happened"
      note="height: importance · ✓ right, ✕ wrong"
      actions={
        <SegmentedControl
          size="xs"
          aria-label="Length of the timeline"
          data={Object.entries(windows).map(([value, label]) => ({ value, label }))}
          value={window}
          onChange={(value) => setWindow(value as keyof typeof windows)}
        />
      }
    >
      <div className={styles['timeline']}>
        <div className={styles['timeline-names']} aria-hidden="true" style={{ paddingTop: top }}>
          {hasLine ? (
            <span className={styles['timeline-win']} style={{ height: lineHeight }}>
              {match.sport === 'soccer' ? 'Wins, draws as half' : 'Win probability'}
              <b style={{ borderColor: teamColours(match).home }}>
                {match.home?.abbreviation} {format.formatPercent(line.at(-1)?.[1] ?? 0)}
              </b>
            </span>
          ) : null}
          {lanes.map(({ name }) => (
            <span key={name} style={{ height: laneHeight }}>
              {name}
            </span>
          ))}
        </div>
        <div ref={frame} className={styles['timeline-frame']}>
          <svg
            width={width}
            height={height}
            role="img"
            aria-label={`${count} insights and moments from ${format.formatTime(fromMs)} to ${format.formatTime(toMs)}. The lists beside it hold the same.`}
            onPointerDown={drag}
            onPointerMove={drag}
          >
            {hasLine ? <WinLine line={line} x={x} width={width} fromMs={fromMs} toMs={toMs} /> : null}
            <Lanes
              lanes={lanes}
              fromMs={fromMs}
              toMs={toMs}
              width={width}
              top={top}
              chosenId={chosenId}
              onSelect={onSelect}
            />
            <Ticks fromMs={fromMs} toMs={toMs} endMs={endMs} width={width} y={height - 5} />
            {atMs === null ? null : (
              <line className={styles['timeline-head']} x1={x(atMs)} x2={x(atMs)} y1={0} y2={height - 16} />
            )}
          </svg>
        </div>
      </div>
    </Panel>
  )
}

function useWidth(frame: React.RefObject<HTMLDivElement | null>): number {
  const [width, setWidth] = useState(600)
  useLayoutEffect(() => {
    const element = frame.current
    if (!element) return
    setWidth(element.clientWidth)
    const observer = new ResizeObserver(() => setWidth(element.clientWidth))
    observer.observe(element)
    return () => observer.disconnect()
  }, [frame])
  return width
}

const Lanes = memo(function Lanes({
  lanes,
  fromMs,
  toMs,
  width,
  top,
  chosenId,
  onSelect,
}: {
  lanes: Lane[]
  fromMs: number
  toMs: number
  width: number
  top: number
  chosenId: string
  onSelect: (id: string) => void
}) {
  return lanes.map((lane, row) => {
    const ground = top + (row + 1) * laneHeight
    return (
      <g key={lane.name}>
        <line className={styles['timeline-ground']} x1={0} x2={width} y1={ground - 0.5} y2={ground - 0.5} />
        {lane.marks.map((mark) => {
          const x = ((mark.atMs - fromMs) / (toMs - fromMs)) * width
          const height = 4 + Math.min(1, mark.importance) * (laneHeight - 8)
          return (
            <g
              key={mark.id}
              className={styles['mark']}
              data-state={mark.state}
              data-chosen={mark.id === chosenId || undefined}
              onPointerDown={(event) => {
                event.stopPropagation()
                onSelect(mark.id)
              }}
            >
              <title>{mark.label}</title>
              <rect
                className={styles['mark-reach']}
                x={x - 4}
                y={ground - laneHeight}
                width={8}
                height={laneHeight}
              />
              <rect x={x - 1.5} y={ground - height} width={3} height={height} rx={1} />
              {mark.state === 'open' ? null : (
                <text x={x} y={ground - height - 2} textAnchor="middle">
                  {mark.state === 'right' ? '✓' : '✕'}
                </text>
              )}
            </g>
          )
        })}
      </g>
    )
  })
})

function WinLine({
  line,
  x,
  width,
  fromMs,
  toMs,
}: {
  line: [number, number][]
  x: (at: number) => number
  width: number
  fromMs: number
  toMs: number
}) {
  const y = (probability: number) => 4 + (1 - probability) * (lineHeight - 12)
  const before = line.findLast(([at]) => at < fromMs)
  const within = line.filter(([at]) => at >= fromMs && at <= toMs)
  const points = [...(before ? [[fromMs, before[1]] as const] : []), ...within]
  const last = points.at(-1)
  // A chance holds until the next one is said.
  const path = points.map(([at, chance], index) =>
    index === 0 ? `M${x(at)},${y(chance)}` : `H${x(at)}V${y(chance)}`,
  )
  if (last) path.push(`H${Math.min(width, x(toMs))}`)
  return (
    <g className={styles['timeline-line']}>
      <line x1={0} x2={width} y1={y(0.5)} y2={y(0.5)} strokeDasharray="3 4" />
      <path d={path.join('')} />
    </g>
  )
}

function Ticks({
  fromMs,
  toMs,
  endMs,
  width,
  y,
}: {
  fromMs: number
  toMs: number
  endMs: number
  width: number
  y: number
}) {
  const ticks = [0.125, 0.375, 0.625, 0.875]
  return ticks.map((share) => (
    <text key={share} className={styles['timeline-tick']} x={share * width} y={y} textAnchor="middle">
      {behindWords(endMs - (fromMs + share * (toMs - fromMs)))}
    </text>
  ))
}
