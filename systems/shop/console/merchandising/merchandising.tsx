import { Button, TextInput } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { ErrorState, Loaded, Page, Panel } from '@heavylift/ui'
import { api } from '../api.ts'
import { KeptTests, TestTable } from './kept-tests.tsx'
import { LinesPanel } from './lines-panel.tsx'
import '../shop-console.css'

type Listed = { productId: string; title: string }[]

const queryKey = ['shop', 'merchandising', 'rules']

/** Pins, boosts, the store's own answers and kept tests, as an operator edits them; tried on a real query before they hold. */
export default function Merchandising() {
  const rules = useQuery({ queryKey, queryFn: ({ signal }) => api.get('/merchandising', { signal }) })
  return (
    <Page
      title="Merchandising"
      lead="What you decide yourself: which product stands where, what stands higher or lower, what your store answers in its own words, and what must stay true of your lists."
    >
      <Loaded of={rules} what="Loading rules">
        {(answer) => (
          <LinesPanel
            title="Rules"
            label="One rule a line"
            description="“pin sofa = p-12 at 1” · “boost lamp = brand: Velquist” · “bury * = material: plastic” · “answer price match = We match any price within 14 days.” (“-”: no answer) · “test sofa = p-12 in top 3”"
            rows={10}
            saved={answer}
            queryKey={queryKey}
            save={(lines) => api.put('/merchandising', { body: { lines } })}
            below={(lines) => <Trial lines={lines} />}
          />
        )}
      </Loaded>
      <KeptTests />
    </Page>
  )
}

function Trial({ lines }: { lines: string[] }) {
  const [query, setQuery] = useState('')
  const preview = useMutation({
    mutationFn: () => api.post('/merchandising/preview', { body: { query, lines } }),
  })
  return (
    <Panel title="Try it" note="with the lines above, saved or not">
      <form
        className="hl-row"
        onSubmit={(event) => {
          event.preventDefault()
          preview.mutate()
        }}
      >
        <TextInput
          aria-label="A query of your shoppers"
          placeholder="sofa"
          value={query}
          onChange={(event) => setQuery(event.currentTarget.value)}
        />
        <Button type="submit" variant="default" loading={preview.isPending} disabled={query.trim() === ''}>
          Compare
        </Button>
      </form>
      {preview.isError ? <ErrorState error={preview.error} /> : null}
      {preview.data ? (
        <>
          <div className="shop-lists">
            <List title="As it is now" products={preview.data.before} other={preview.data.after} />
            <List title="With these rules" products={preview.data.after} other={preview.data.before} />
          </div>
          {preview.data.tests.length > 0 ? <TestTable tests={preview.data.tests} /> : null}
        </>
      ) : null}
    </Panel>
  )
}

function List({ title, products, other }: { title: string; products: Listed; other: Listed }) {
  return (
    <section>
      <h3>{title}</h3>
      {products.length === 0 ? <p className="hl-dim">Nothing is listed.</p> : null}
      <ol>
        {products.map((product, index) => (
          <li key={product.productId}>
            {other[index]?.productId === product.productId ? product.title : <strong>{product.title}</strong>}{' '}
            <span className="hl-dim">{product.productId}</span>
          </li>
        ))}
      </ol>
    </section>
  )
}
