import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { SortOrder } from '../../../src/domain/constraints.ts'
import type { Product } from '../../../src/domain/product.ts'
import { askAssistant } from '../assistant.ts'
import { store } from '../api.ts'
import { shownVariant } from '../money.ts'
import { StoreIcon } from '../parts/icons.tsx'
import { ProductCard } from '../parts/product-card.tsx'
import { Bones, Note, Ready } from '../parts/states.tsx'

const pageSize = 24

const sorts: Record<string, string> = {
  relevance: 'Best match',
  'price-ascending': 'Price, low to high',
  'price-descending': 'Price, high to low',
  rating: 'Best rated',
  reviews: 'Most reviewed',
  newest: 'Newest',
}

/** State of the list in the address, so that a link shows the same shelf. */
interface Filters {
  q?: string
  brand?: string
  min?: string
  max?: string
  sort?: SortOrder
  page?: string
}

/** Search results, a department or a category: products with filters. */
export default function List() {
  const { department, category } = useParams({ strict: false }) as { department?: string; category?: string }
  const raw = useSearch({ strict: false }) as Record<string, string | number>
  const filters = Object.fromEntries(
    Object.entries(raw).map(([name, value]) => [name, String(value)]),
  ) as Filters
  const navigate = useNavigate()
  const page = Math.max(1, Number(filters.page ?? 1) || 1)
  const scope = { text: filters.q, category: category ?? department }

  const set = (change: Partial<Record<keyof Filters, string | undefined>>) => {
    const next: Record<string, unknown> = { ...filters, page: undefined, ...change }
    for (const [name, value] of Object.entries(next))
      if (value === undefined || value === '') delete next[name]
    void navigate({ to: '.', search: next as never, replace: true, resetScroll: 'page' in change })
  }

  const departments = useQuery({ queryKey: ['departments'], queryFn: store.departments, staleTime: 300_000 })
  const products = useQuery({
    queryKey: ['products', scope, filters],
    placeholderData: keepPreviousData,
    queryFn: () =>
      store.products({
        ...scope,
        brand: filters.brand,
        min: filters.min,
        max: filters.max,
        sort: filters.sort,
        limit: pageSize,
        offset: (page - 1) * pageSize,
      }),
  })
  const shelf = useQuery({
    queryKey: ['shelf', scope],
    staleTime: 120_000,
    queryFn: () => store.products({ ...scope, limit: 100 }),
  })
  const own = departments.data?.departments.find((each) => each.name === department)
  const title = filters.q ? `“${filters.q}”` : (category ?? department ?? 'All products')

  return (
    <div className="wrap list">
      {department ? (
        <nav className="crumbs" aria-label="You are here">
          <Link to="/">Home</Link>
          {category ? (
            <Link to="/c/$department" params={{ department }}>
              {department}
            </Link>
          ) : null}
        </nav>
      ) : null}
      <header className="list-head">
        <h1>{title}</h1>
        <span className="dim" aria-live="polite">
          {products.data ? `${products.data.total.toLocaleString('en')} products` : ''}
        </span>
        <label className="sort">
          <span>Sort by</span>
          <select
            value={filters.sort ?? 'relevance'}
            onChange={(event) =>
              set({ sort: event.currentTarget.value === 'relevance' ? undefined : event.currentTarget.value })
            }
          >
            {Object.entries(sorts).map(([value, label]) => (
              <option key={value} value={value}>
                {label}
              </option>
            ))}
          </select>
        </label>
      </header>
      <div className="list-body">
        <FilterPanel shelf={shelf.data?.products ?? []} filters={filters} set={set}>
          {own && !category ? (
            <fieldset>
              <legend>Category</legend>
              <ul className="plain-list">
                {own.categories.map((each) => (
                  <li key={each.name}>
                    <Link
                      to="/c/$department/$category"
                      params={{ department: own.name, category: each.name }}
                    >
                      {each.name} <span className="dim">{each.count}</span>
                    </Link>
                  </li>
                ))}
              </ul>
            </fieldset>
          ) : null}
        </FilterPanel>
        <div className="list-main">
          {filters.q ? (
            <button type="button" className="ask-banner" onClick={() => askAssistant(filters.q ?? '')}>
              <StoreIcon name="spark" />
              <span>
                <strong>Ask the assistant instead</strong>
                <small>It reads reviews and compares “{filters.q}” for you</small>
              </span>
            </button>
          ) : null}
          <Ready of={products} skeleton={<Bones count={12} kind="card" />}>
            {(answer) =>
              answer.products.length === 0 ? (
                <Note
                  title="Nothing fits all of that"
                  action={
                    <button
                      type="button"
                      className="button"
                      onClick={() => set({ brand: '', min: '', max: '' })}
                    >
                      Clear the filters
                    </button>
                  }
                >
                  Try fewer filters, other words, or ask the assistant: it says which wish nothing fits.
                </Note>
              ) : (
                <>
                  <h2 className="hidden">Products</h2>
                  {answer.unmentioned.length > 0 ? (
                    <p className="dim" role="status">
                      None of these listings mentions{' '}
                      {new Intl.ListFormat('en', { type: 'disjunction' }).format(
                        answer.unmentioned.map((word) => `“${word}”`),
                      )}
                      .
                    </p>
                  ) : null}
                  <div className="grid">
                    {answer.products.map((product) => (
                      <ProductCard key={product.id} product={product} />
                    ))}
                  </div>
                  <Pager
                    page={page}
                    pages={Math.ceil(answer.total / pageSize)}
                    go={(to) => set({ page: String(to) })}
                  />
                </>
              )
            }
          </Ready>
        </div>
      </div>
    </div>
  )
}

function FilterPanel({
  shelf,
  filters,
  set,
  children,
}: {
  shelf: Product[]
  filters: Filters
  set: (change: Partial<Record<keyof Filters, string | undefined>>) => void
  children: ReactNode
}) {
  const brands = new Map<string, number>()
  for (const { brand } of shelf) if (brand) brands.set(brand, (brands.get(brand) ?? 0) + 1)
  const top = [...brands].toSorted((a, b) => b[1] - a[1]).slice(0, 10)
  const prices = shelf
    .flatMap((product) => shownVariant(product)?.price.minor ?? [])
    .toSorted((a, b) => a - b)
  const bands = priceBands(prices)
  return (
    <details className="filters" open={matchMedia('(min-width: 900px)').matches}>
      <summary>Filters</summary>
      {children}
      {bands.length > 1 ? (
        <fieldset>
          <legend>Price</legend>
          <ul className="plain-list">
            {bands.map((band) => {
              const isOn = (filters.min ?? '') === band.min && (filters.max ?? '') === band.max
              return (
                <li key={band.label}>
                  <button
                    type="button"
                    aria-pressed={isOn}
                    onClick={() => set(isOn ? { min: '', max: '' } : { min: band.min, max: band.max })}
                  >
                    {band.label}
                  </button>
                </li>
              )
            })}
          </ul>
        </fieldset>
      ) : null}
      {top.length > 1 || filters.brand ? (
        <fieldset>
          <legend>Brand</legend>
          <ul className="plain-list">
            {top.map(([brand]) => (
              <li key={brand}>
                <button
                  type="button"
                  aria-pressed={filters.brand === brand}
                  onClick={() => set({ brand: filters.brand === brand ? '' : brand })}
                >
                  {brand}
                </button>
              </li>
            ))}
          </ul>
        </fieldset>
      ) : null}
    </details>
  )
}

/** Four bands at quartiles of what is on the shelf, rounded to amounts that people say. Major units. */
function priceBands(minor: number[]): { label: string; min: string; max: string }[] {
  const at = (share: number) => {
    const value = (minor[Math.floor(share * (minor.length - 1))] ?? 0) / 100
    const step = value < 50 ? 5 : value < 200 ? 10 : value < 1000 ? 50 : 100
    return Math.round(value / step) * step
  }
  const cuts = [...new Set([at(0.25), at(0.5), at(0.75)])].filter((cut) => cut > 0)
  if (minor.length < 8 || cuts.length < 2) return []
  const bounds = ['', ...cuts.map(String), '']
  return bounds.slice(1).map((max, index) => {
    const min = bounds[index] ?? ''
    return {
      min,
      max,
      label: min === '' ? `Under $${max}` : max === '' ? `$${min} and more` : `$${min} to $${max}`,
    }
  })
}

function Pager({ page, pages, go }: { page: number; pages: number; go: (page: number) => void }) {
  if (pages < 2) return null
  return (
    <nav className="pager" aria-label="Pages">
      <button type="button" className="button" disabled={page <= 1} onClick={() => go(page - 1)}>
        Previous
      </button>
      <span>
        Page {page} of {pages}
      </span>
      <button type="button" className="button" disabled={page >= pages} onClick={() => go(page + 1)}>
        Next
      </button>
    </nav>
  )
}
