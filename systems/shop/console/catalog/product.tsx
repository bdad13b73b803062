import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { useCallback } from 'react'
import {
  Chip,
  Copy,
  DataTable,
  Empty,
  Loaded,
  Page,
  Panel,
  PlotFigure,
  Stat,
  Stats,
  format,
} from '@heavylift/ui'
import type { PricePoint } from '../../src/domain/product.ts'
import { api } from '../api.ts'
import type { Answer } from '../api.ts'
import { priceRange, totalStock } from '../money.ts'
import { Picture } from '../picture.tsx'

export default function ProductPage() {
  const { productId } = useParams({ strict: false }) as { productId: string }
  const product = useQuery({
    queryKey: ['shop', 'product', productId],
    queryFn: ({ signal }) => api.get('/products/:productId', { params: { productId }, signal }),
  })
  const title = product.data?.product.title ?? 'Product'
  return (
    <Page
      title={title}
      lead={
        <>
          <Link to={'/shop/catalog' as never}>Catalog</Link> ·{' '}
          <Copy text={productId} label="Copy the product’s id" />
        </>
      }
      actions={
        <>
          <Button
            component="a"
            href={`/store/p/${encodeURIComponent(productId)}`}
            target="_blank"
            rel="noreferrer"
            variant="default"
          >
            See it in the store
          </Button>
          <Button
            component={Link}
            to={`/shop/search-lab?query=${encodeURIComponent(title)}` as never}
            variant="default"
          >
            Find it in the search lab
          </Button>
        </>
      }
    >
      <Loaded of={product} what="Loading the product">
        {(answer) => <Detail answer={answer} />}
      </Loaded>
    </Page>
  )
}

function Detail({ answer }: { answer: Answer<'/products/:productId'> }) {
  const { product, reviews, questions, priceHistory } = answer
  return (
    <>
      <Stats>
        <Stat label="Price" value={priceRange(product)} detail={`${product.variants.length} variants`} />
        <Stat
          label="Stock"
          value={format.formatCount(totalStock(product))}
          detail="units over all variants"
        />
        <Stat
          label="Rating"
          value={product.rating ? product.rating.average.toFixed(1) : '–'}
          unit="of 5"
          detail={
            product.rating?.count ? `${format.formatCount(product.rating.count)} reviews` : 'no reviews'
          }
        />
        <Stat label="Questions" value={format.formatCount(questions.length)} detail="asked by customers" />
      </Stats>
      <div className="hl-grid hl-grid-2">
        <Panel title="What is known" note={product.categories.join(' › ')}>
          <div className="hl-stack">
            <div className="hl-row">
              {product.images.slice(0, 5).map((image) => (
                <Picture key={image} src={image} size={72} />
              ))}
            </div>
            <p className="shop-description">{product.description}</p>
            <dl className="shop-facts">
              {product.brand ? (
                <>
                  <dt>brand</dt>
                  <dd>{product.brand}</dd>
                </>
              ) : null}
              {Object.entries(product.attributes).flatMap(([name, values]) => [
                <dt key={name}>{name.replaceAll('_', ' ')}</dt>,
                <dd key={`${name}-values`}>{values.join(', ')}</dd>,
              ])}
            </dl>
            <div className="hl-chips">
              {product.services.map((service) => (
                <Chip key={service}>{service.replaceAll('-', ' ')}</Chip>
              ))}
            </div>
          </div>
        </Panel>
        <Panel
          title="What it cost"
          note={`${priceHistory[0]?.price.currency ?? ''} over time, lowest and highest of all variants`}
        >
          <PriceChart points={priceHistory} />
        </Panel>
      </div>
      <Panel title="Variants" note={`${product.variants.length}`} flush>
        <DataTable
          caption="Variants"
          rows={product.variants}
          keyOf={(variant) => variant.id}
          columns={[
            {
              key: 'options',
              title: 'Options',
              render: (variant) => Object.values(variant.options).join(', ') || 'the only one',
            },
            {
              key: 'id',
              title: 'Id',
              isSecondary: true,
              render: (variant) => <span className="hl-code hl-dim">{variant.id}</span>,
            },
            {
              key: 'price',
              title: 'Price',
              isNumber: true,
              width: '112px',
              render: (variant) => format.formatMoney(variant.price),
            },
            {
              key: 'before',
              title: 'Before',
              isNumber: true,
              width: '112px',
              render: (variant) => (variant.compareAt ? format.formatMoney(variant.compareAt) : '–'),
            },
            {
              key: 'stock',
              title: 'Stock',
              isNumber: true,
              width: '96px',
              render: (variant) => format.formatCount(variant.stock),
            },
          ]}
        />
      </Panel>
      <div className="hl-grid hl-grid-2">
        <Panel title="Reviews" note={`${reviews.length} shown`} flush>
          {reviews.length === 0 ? (
            <Empty title="No reviews">Import reviews beside the feed, in JSONL.</Empty>
          ) : null}
          <ul className="shop-reviews" tabIndex={0} aria-label="Reviews">
            {reviews.map((review) => (
              <li key={review.id}>
                <strong>
                  {review.rating} of 5 · {review.title}
                </strong>
                <p className="hl-dim">{review.text}</p>
                <p className="hl-fine">
                  {review.author} · {format.formatDay(review.atMs)}
                </p>
              </li>
            ))}
          </ul>
        </Panel>
        <Panel title="Questions and answers" note={`${questions.length}`} flush>
          {questions.length === 0 ? <Empty title="No questions" /> : null}
          <ul className="shop-reviews" tabIndex={0} aria-label="Questions">
            {questions.map((question) => (
              <li key={question.id}>
                <strong>{question.question}</strong>
                {question.answers.map((each) => (
                  <p key={each.text} className="hl-dim">
                    {each.text}
                  </p>
                ))}
              </li>
            ))}
          </ul>
        </Panel>
      </div>
    </>
  )
}

interface Step {
  at: Date
  low: number
  high: number
}

/** The lowest and highest price of any variant at each time that one changed. Major units. */
export function priceSteps(points: readonly PricePoint[], factor: number): Step[] {
  const current = new Map<string, number>()
  const steps = new Map<number, Step>()
  for (const point of points.toSorted((a, b) => a.atMs - b.atMs)) {
    current.set(point.variantId, point.price.minor / factor)
    const prices = [...current.values()]
    steps.set(point.atMs, { at: new Date(point.atMs), low: Math.min(...prices), high: Math.max(...prices) })
  }
  return [...steps.values()]
}

function PriceChart({ points }: { points: PricePoint[] }) {
  const currency = points[0]?.price.currency ?? 'USD'
  const digits = new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions()
    .maximumFractionDigits
  const known = priceSteps(points, 10 ** (digits ?? 2))
  const last = known.at(-1)
  const steps = last ? [...known, { ...last, at: new Date(Math.max(Date.now(), last.at.getTime())) }] : []
  const options = useCallback<Parameters<typeof PlotFigure>[0]['options']>(
    (plot) => ({
      marginLeft: 56,
      x: { type: 'time', label: null },
      y: { label: currency, grid: true, zero: true, ticks: 4 },
      marks: [
        plot.areaY(steps, {
          x: 'at',
          y1: 'low',
          y2: 'high',
          curve: 'step-after',
          fill: 'var(--hl-accent)',
          fillOpacity: 0.15,
        }),
        plot.line(steps, {
          x: 'at',
          y: 'low',
          curve: 'step-after',
          stroke: 'var(--hl-accent)',
          strokeWidth: 2,
        }),
        plot.ruleY([0], { stroke: 'var(--hl-line-strong)' }),
      ],
    }),
    [points],
  )
  if (!last) return <Empty title="No price was ever recorded" />
  return (
    <PlotFigure
      height={232}
      options={options}
      summary={`The price changed ${known.length - 1} times; now from ${last.low} ${currency}.`}
    />
  )
}
