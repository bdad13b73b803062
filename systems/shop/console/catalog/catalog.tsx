import { Button, NativeSelect, TextInput } from '@mantine/core'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { useDeferredValue } from 'react'
import { DataTable, Empty, Loaded, Page, Panel, format, useUrlState } from '@heavylift/ui'
import type { Product } from '../../src/domain/product.ts'
import { api } from '../api.ts'
import { priceRange, totalStock } from '../money.ts'
import { Picture } from '../picture.tsx'

const pageSize = 50

const sorts = [
  { value: 'price-ascending', label: 'Price, low first' },
  { value: 'price-descending', label: 'Price, high first' },
  { value: 'rating', label: 'Best rated' },
  { value: 'reviews', label: 'Most reviewed' },
  { value: 'newest', label: 'Newest' },
] as const

/** Every product, by words, department, brand and price. */
export default function Catalog() {
  const [state, set] = useUrlState({
    text: '',
    category: '',
    brand: '',
    min: '',
    max: '',
    sort: '',
    page: '1',
  })
  const asked = useDeferredValue(state)
  const navigate = useNavigate()
  const page = Math.max(1, Number(state.page) || 1)
  const categories = useQuery({
    queryKey: ['shop', 'categories'],
    queryFn: ({ signal }) => api.get('/categories', { signal }),
  })
  const products = useQuery({
    queryKey: ['shop', 'products', asked],
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) =>
      api.get('/products', {
        query: {
          text: asked.text,
          category: asked.category,
          brand: asked.brand,
          min: asked.min,
          max: asked.max,
          sort: sorts.find(({ value }) => value === asked.sort)?.value ?? 'relevance',
          limit: pageSize,
          offset: (page - 1) * pageSize,
        },
        signal,
      }),
  })
  const pages = Math.ceil((products.data?.total ?? 0) / pageSize)

  return (
    <Page
      title="Catalog"
      lead="What the assistant may speak of. Every card, price and claim comes from these rows."
      actions={
        <Button component={Link} to="/shop/import" variant="default">
          Import products
        </Button>
      }
    >
      <div className="shop-filters">
        <TextInput
          label="Search"
          placeholder="Words in title, brand, attributes"
          value={state.text}
          onChange={(event) => set({ text: event.currentTarget.value, page: '1' })}
        />
        <TextInput
          label="Brand"
          w={144}
          value={state.brand}
          onChange={(event) => set({ brand: event.currentTarget.value, page: '1' })}
        />
        <TextInput
          label="Price from"
          w={96}
          inputMode="decimal"
          value={state.min}
          onChange={(event) => set({ min: event.currentTarget.value, page: '1' })}
        />
        <TextInput
          label="to"
          w={96}
          inputMode="decimal"
          value={state.max}
          onChange={(event) => set({ max: event.currentTarget.value, page: '1' })}
        />
        <NativeSelect
          label="Sort"
          value={state.sort}
          onChange={(event) => set({ sort: event.currentTarget.value })}
          data={[{ value: '', label: 'Best match' }, ...sorts]}
        />
      </div>
      <div className="hl-grid hl-grid-side">
        <Panel title="Departments">
          <Loaded of={categories} what="Counting departments">
            {(answer) => (
              <nav className="shop-facets" aria-label="Departments">
                <ul style={{ listStyle: 'none', margin: 0, padding: 0 }}>
                  {answer.departments.map((department) => (
                    <li key={department.name}>
                      <button
                        type="button"
                        aria-pressed={state.category === department.name}
                        onClick={() =>
                          set({
                            category: state.category === department.name ? '' : department.name,
                            page: '1',
                          })
                        }
                      >
                        <span className="hl-cut">{department.name}</span>
                        <span className="hl-number hl-fine">{format.formatCount(department.count)}</span>
                      </button>
                    </li>
                  ))}
                </ul>
              </nav>
            )}
          </Loaded>
        </Panel>
        <Panel
          title="Products"
          note={products.data ? `${format.formatCount(products.data.total)} match` : ''}
          flush
        >
          <Loaded of={products} what="Searching products" lines={10}>
            {(answer) =>
              answer.products.length === 0 ? (
                <Empty
                  title={
                    state.text || state.category || state.brand
                      ? 'No product matches'
                      : 'The catalog is empty'
                  }
                  action={
                    <Button component={Link} to="/shop/import" variant="default">
                      Import a feed
                    </Button>
                  }
                >
                  Use fewer filters, or import a feed: CSV, JSONL, Shopify or Google Merchant.
                </Empty>
              ) : (
                <>
                  <DataTable<Product>
                    caption="Products"
                    isTall
                    rows={answer.products}
                    keyOf={(product) => product.id}
                    onOpen={(product) =>
                      void navigate({ to: `/shop/catalog/${encodeURIComponent(product.id)}` as never })
                    }
                    columns={[
                      {
                        key: 'title',
                        title: 'Product',
                        isWide: true,
                        render: (product) => (
                          <span className="shop-name">
                            <Picture src={product.images[0] ?? null} />
                            <span className="hl-cut" title={product.title}>
                              {product.title}
                            </span>
                          </span>
                        ),
                      },
                      {
                        key: 'brand',
                        title: 'Brand',
                        isSecondary: true,
                        width: '120px',
                        render: (product) => product.brand ?? '–',
                      },
                      {
                        key: 'category',
                        title: 'Category',
                        isSecondary: true,
                        width: '160px',
                        render: (product) => product.categories.at(-1) ?? '–',
                      },
                      { key: 'price', title: 'Price', isNumber: true, render: priceRange },
                      {
                        key: 'stock',
                        title: 'Stock',
                        isNumber: true,
                        isSecondary: true,
                        width: '80px',
                        render: (product) => format.formatCount(totalStock(product)),
                      },
                      {
                        key: 'rating',
                        title: 'Rating',
                        isNumber: true,
                        isSecondary: true,
                        width: '112px',
                        render: (product) =>
                          product.rating
                            ? product.rating.average.toFixed(1) +
                              (product.rating.count > 0 ? ` (${product.rating.count})` : '')
                            : '–',
                      },
                      {
                        key: 'variants',
                        title: 'Variants',
                        isNumber: true,
                        isSecondary: true,
                        width: '80px',
                        render: (product) => format.formatCount(product.variants.length),
                      },
                    ]}
                  />
                  {pages > 1 ? (
                    <div className="shop-pager">
                      <Button
                        size="xs"
                        variant="default"
                        disabled={page <= 1}
                        onClick={() => set({ page: String(page - 1) })}
                      >
                        Previous
                      </Button>
                      <span className="hl-fine hl-number">
                        Page {page} of {format.formatCount(pages)}
                      </span>
                      <Button
                        size="xs"
                        variant="default"
                        disabled={page >= pages}
                        onClick={() => set({ page: String(page + 1) })}
                      >
                        Next
                      </Button>
                    </div>
                  ) : null}
                </>
              )
            }
          </Loaded>
        </Panel>
      </div>
    </Page>
  )
}
