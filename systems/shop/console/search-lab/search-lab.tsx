import { Button, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { Bar, Chip, Empty, Loaded, Page, Panel, format, useUrlState } from '@heavylift/ui'
import type { Constraint, Understanding } from '../../src/domain/constraints.ts'
import type { SearchHit } from '../../src/domain/ports.ts'
import type { Product } from '../../src/domain/product.ts'
import { api } from '../api.ts'
import { priceRange } from '../money.ts'
import { Picture } from '../picture.tsx'

type SearchLabAnswer = Awaited<ReturnType<typeof searchFor>>

const fetchMeaning = () => api.get('/meaning')
const searchFor = (query: string) => api.post('/search', { body: { query } })

const examples = [
  'red football boots for a child under $100',
  'coffee machine not black, at least 4 stars',
  'waterproof tent for 4',
]

/** What a query was understood to say, and why each product ranks where it does. */
export default function SearchLab() {
  const [state, set] = useUrlState({ query: '' })
  const [text, setText] = useState(state.query)
  useEffect(() => setText(state.query), [state.query])
  const search = useQuery({
    queryKey: ['shop', 'search', state.query],
    enabled: state.query !== '',
    queryFn: () => searchFor(state.query),
  })
  return (
    <Page
      title="Search lab"
      lead="What the assistant makes of a shopper’s words: constraints that no result may violate, and the score of each hit, field by field."
    >
      <form
        className="shop-filters"
        onSubmit={(event) => {
          event.preventDefault()
          set({ query: text.trim() })
        }}
      >
        <TextInput
          aria-label="A shopper’s words"
          placeholder="e.g. red football boots for a child under $100"
          size="md"
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <Button type="submit" size="md">
          Search
        </Button>
      </form>
      <Meaning />
      {state.query === '' ? (
        <Panel>
          <Empty
            title="Type what a shopper would say"
            action={
              <div className="hl-chips" style={{ justifyContent: 'center' }}>
                {examples.map((example) => (
                  <Button key={example} variant="default" size="xs" onClick={() => set({ query: example })}>
                    {example}
                  </Button>
                ))}
              </div>
            }
          >
            Prices, brands, colours, sizes, ratings, services, “without” and “not” become filters; the rest is
            matched by words.
          </Empty>
        </Panel>
      ) : (
        <Loaded of={search} what="Searching" lines={12}>
          {(answer) => <Result answer={answer} />}
        </Loaded>
      )}
    </Page>
  )
}

/** Whether products are found by meaning too, and how far the catalog is read for that. */
function Meaning() {
  const meaning = useQuery({
    queryKey: ['shop', 'meaning'],
    queryFn: fetchMeaning,
    refetchInterval: ({ state }) => (state.data?.state === 'ready' ? false : 5_000),
  })
  return meaning.data ? <p className="hl-dim">{sayMeaning(meaning.data)}</p> : null
}

function sayMeaning({ model, state, done, total, problem }: Awaited<ReturnType<typeof fetchMeaning>>) {
  if (model === null)
    return (
      <>
        Products are found and messages understood by their words. To go by meaning too (“sofa” for “couch”,
        in 100 languages), run <code>npx heavylift models pull e5-small</code> (74 MB, and 1 GB of memory).
      </>
    )
  if (state === 'ready') return `Products are found by meaning too, with ${model}.`
  if (state === 'failed') return `Products are found by words only: ${problem ?? 'the model failed.'}`
  const share = total > 0 ? `: ${format.formatCount(done)} of ${format.formatCount(total)} products` : ''
  return `The catalog is being read by ${model}${share}. Until then words alone find.`
}

function Result({ answer }: { answer: SearchLabAnswer }) {
  const { understanding, result } = answer
  const products = new Map(answer.products.map((product) => [product.id, product]))
  const top = result.hits[0]?.score ?? 1
  return (
    <>
      <Panel
        title="Understood"
        note={`${understanding.intent.replaceAll('-', ' ')} · ordered by ${understanding.sort}`}
      >
        <UnderstandingView understanding={understanding} relaxed={result.relaxed} />
        {answer.unmentioned.length > 0 ? (
          <p className="hl-fine">
            No product found mentions: {answer.unmentioned.map((word) => `“${word}”`).join(', ')}
          </p>
        ) : null}
      </Panel>
      <Panel
        title="Hits"
        note={`${result.hits.length} of ${format.formatCount(result.total)} that satisfy every constraint · ${format.formatDuration(result.tookMs)}`}
        flush
      >
        {result.hits.length === 0 ? (
          <Empty title="Nothing matches">
            No product satisfies these constraints, and relaxing them did not help.
          </Empty>
        ) : (
          <ol className="shop-hits">
            {result.hits.map((hit, index) => (
              <Hit
                key={hit.productId}
                hit={hit}
                rank={index + 1}
                top={top}
                product={products.get(hit.productId) ?? null}
              />
            ))}
          </ol>
        )}
      </Panel>
    </>
  )
}

/** A constraint as a person would say it. Names of facets are shown, so that a wrong one is seen. */
export function constraintLabel(constraint: Constraint): string {
  switch (constraint.kind) {
    case 'price': {
      const { min, max } = constraint
      if (min !== null && max !== null) return `price ${min} to ${max}`
      if (max !== null) return `price ${constraint.maxInclusive ? 'at most' : 'below'} ${max}`
      return `price ${constraint.minInclusive ? 'at least' : 'above'} ${min ?? 0}`
    }
    case 'facet':
      return `${constraint.name.replaceAll('_', ' ')} ${constraint.negated ? 'is not' : 'is'} ${constraint.values.join(' or ')}`
    case 'rating':
      return `rating at least ${constraint.min}`
    case 'reviews':
      return `at least ${constraint.min} reviews`
    case 'unnamed':
      return `listing does not name ${constraint.words}`
    case 'service':
      return `${constraint.negated ? 'without' : 'with'} ${constraint.service.replaceAll('-', ' ')}`
  }
}

export function UnderstandingView({
  understanding,
  relaxed,
}: {
  understanding: Understanding
  relaxed: Constraint[]
}) {
  return (
    <div className="hl-stack">
      <div className="hl-chips">
        {understanding.productType ? <Chip tone="good">product: {understanding.productType}</Chip> : null}
        {understanding.constraints.map((constraint) => (
          <Chip
            key={constraintLabel(constraint)}
            tone={constraint.kind === 'facet' && constraint.negated ? 'bad' : 'accent'}
          >
            {constraintLabel(constraint)}
          </Chip>
        ))}
        {relaxed.map((constraint) => (
          <Chip key={`relaxed ${constraintLabel(constraint)}`} tone="warn">
            ▲ left out: {constraintLabel(constraint)}
          </Chip>
        ))}
        {understanding.constraints.length === 0 && relaxed.length === 0 ? (
          <span className="hl-fine">No constraint was stated.</span>
        ) : null}
      </div>
      <p className="hl-fine">
        Matched by words: <span className="hl-code">{understanding.searchText || 'nothing'}</span>
        {understanding.reference ? ` · refers to: ${understanding.reference.kind}` : ''}
      </p>
    </div>
  )
}

function Hit({
  hit,
  rank,
  top,
  product,
}: {
  hit: SearchHit
  rank: number
  top: number
  product: Product | null
}) {
  const variant = product?.variants.find((each) => each.id === hit.variantIds[0])
  return (
    <li>
      <span className="shop-rank hl-number">{rank}</span>
      <Picture src={variant?.image ?? product?.images[0] ?? null} size={48} />
      <div style={{ minWidth: 0 }}>
        <Link to={`/shop/catalog/${encodeURIComponent(hit.productId)}` as never}>
          {product?.title ?? hit.productId}
        </Link>
        <p className="hl-fine">
          {product ? priceRange(product) : ''}
          {variant && Object.keys(variant.options).length > 0
            ? ` · shows ${Object.values(variant.options).join(', ')}`
            : ''}
          {hit.variantIds.length > 1 ? ` · ${hit.variantIds.length} variants fit` : ''}
        </p>
        {hit.explanation && hit.explanation.boosts.length > 0 ? (
          <div className="hl-chips" style={{ marginTop: 4 }}>
            {hit.explanation.boosts.map((boost) => (
              <Chip key={boost.name}>
                {boost.name} ×{format.formatNumber(boost.factor)}
              </Chip>
            ))}
          </div>
        ) : null}
      </div>
      <dl className="shop-scores">
        <dt>score</dt>
        <dd>
          <Bar share={hit.score / top} label={`Score ${hit.score}`} tone="good" />
        </dd>
        <dd className="hl-number">{format.formatNumber(hit.score)}</dd>
        {hit.explanation?.fields
          .toSorted((a, b) => b.score - a.score)
          .map((field) => [
            <dt key={field.field}>{field.field.replaceAll('_', ' ')}</dt>,
            <dd key={`${field.field}-bar`}>
              <Bar share={field.score / top} label={`${field.field} ${field.score}`} />
            </dd>,
            <dd key={`${field.field}-score`} className="hl-number">
              {format.formatNumber(field.score)}
            </dd>,
            field.terms.length > 0 ? (
              <dd key={`${field.field}-terms`} className="shop-terms">
                {field.terms.map((term) => `${term.term} ${format.formatNumber(term.score)}`).join(' · ')}
              </dd>
            ) : null,
          ])}
      </dl>
    </li>
  )
}
