import type { PricePoint, Product } from '../../../src/domain/product.ts'
import { staircase } from '../../assistant/view-price-history.ts'
import { money, shownVariant } from '../money.ts'

/** What the shown variant has cost, with its lowest and highest. Nothing while there is one price only. */
export function PriceHistory({ product, points }: { product: Product; points: PricePoint[] }) {
  const variant = shownVariant(product)
  const known = points.some((point) => point.variantId === variant?.id) ? variant?.id : points[0]?.variantId
  const own = points.filter((point) => point.variantId === known).toSorted((a, b) => a.atMs - b.atMs)
  const last = own.at(-1)
  if (own.length < 2 || !last) return null
  const low = own.reduce((best, point) => (point.price.minor < best.price.minor ? point : best))
  const high = own.reduce((best, point) => (point.price.minor > best.price.minor ? point : best))
  const day = new Intl.DateTimeFormat('en', { day: 'numeric', month: 'short', year: 'numeric' })
  const path = staircase(
    own.map((point) => ({ atMs: point.atMs, minor: point.price.minor })),
    Math.max(Date.now(), last.atMs),
    400,
    80,
  )
  return (
    <section className="history">
      <h2>Price history</h2>
      <svg viewBox="-2 -6 408 92" preserveAspectRatio="none" aria-hidden="true">
        <path d={`${path}V86H0Z`} className="history-area" />
        <path d={path} className="history-line" vectorEffect="non-scaling-stroke" />
      </svg>
      <dl>
        <div>
          <dt>Now</dt>
          <dd>{money(last.price)}</dd>
        </div>
        <div>
          <dt>Lowest</dt>
          <dd>
            {money(low.price)} <span className="dim">{day.format(low.atMs)}</span>
          </dd>
        </div>
        <div>
          <dt>Highest</dt>
          <dd>
            {money(high.price)} <span className="dim">{day.format(high.atMs)}</span>
          </dd>
        </div>
      </dl>
    </section>
  )
}
