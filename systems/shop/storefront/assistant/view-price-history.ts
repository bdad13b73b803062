import { h, svg } from './dom.ts'
import { money } from './money.ts'
import type { ViewContext } from './view-context.ts'

interface Point {
  atMs: number
  minor: number
}

/** A price holds from its point until the next, so the line is a staircase. Times in ms, size in px. */
export function staircase(points: readonly Point[], endMs: number, width: number, height: number): string {
  const first = points[0]
  if (!first) return ''
  const prices = points.map((point) => point.minor)
  const low = Math.min(...prices)
  const span = Math.max(...prices) - low || 1
  const time = Math.max(1, endMs - first.atMs)
  const x = (atMs: number) => ((atMs - first.atMs) / time) * width
  const y = (minor: number) => height - ((minor - low) / span) * height
  let path = `M0 ${y(first.minor).toFixed(1)}`
  for (const point of points.slice(1)) path += `H${x(point.atMs).toFixed(1)}V${y(point.minor).toFixed(1)}`
  return `${path}H${width}`
}

export function priceHistoryView(
  history: { points: Point[]; currency: string },
  context: ViewContext,
): HTMLElement | null {
  const points = history.points.toSorted((a, b) => a.atMs - b.atMs)
  const last = points.at(-1)
  if (!last) return null
  const by = (pick: (a: Point, b: Point) => boolean) =>
    points.reduce((best, point) => (pick(point, best) ? point : best))
  const low = by((a, b) => a.minor < b.minor)
  const high = by((a, b) => a.minor > b.minor)
  const date = new Intl.DateTimeFormat(context.language, { day: 'numeric', month: 'short', year: 'numeric' })
  const say = (point: Point) => money({ minor: point.minor, currency: history.currency }, context.language)
  const width = 320
  const height = 56
  return h(
    'section',
    { class: 'block history', 'aria-label': context.words.priceHistory },
    h('h3', null, context.words.priceHistory),
    svg(
      'svg',
      { viewBox: `-2 -4 ${width + 8} ${height + 8}`, 'aria-hidden': 'true', preserveAspectRatio: 'none' },
      svg('path', {
        d: staircase(points, Math.max(context.nowMs(), last.atMs), width, height),
        class: 'history-line',
        'vector-effect': 'non-scaling-stroke',
      }),
    ),
    h(
      'dl',
      null,
      ...[
        { name: context.words.now, point: last, when: '' },
        { name: context.words.lowest, point: low, when: date.format(low.atMs) },
        { name: context.words.highest, point: high, when: date.format(high.atMs) },
      ].map(({ name, point, when }) =>
        h(
          'div',
          null,
          h('dt', null, name),
          h(
            'dd',
            null,
            h('strong', null, say(point)),
            when ? h('span', { class: 'fine' }, ` ${when}`) : null,
          ),
        ),
      ),
    ),
  )
}
