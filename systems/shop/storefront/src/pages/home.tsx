import { useQueries, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { askAssistant } from '../assistant.ts'
import { store } from '../api.ts'
import type { Department } from '../api.ts'
import { StoreIcon } from '../parts/icons.tsx'
import { Picture, ProductCard } from '../parts/product-card.tsx'
import { Bones, Note, Ready } from '../parts/states.tsx'

/** How often a store without goods is looked at again, in milliseconds. */
const lookAgainMs = 2_000

export default function Home() {
  const departments = useQuery({
    queryKey: ['departments'],
    queryFn: store.departments,
    staleTime: 300_000,
    refetchInterval: ({ state }) => (state.data?.departments.length === 0 ? lookAgainMs : false),
  })
  const loved = useQuery({
    queryKey: ['products', 'loved'],
    queryFn: () => store.products({ sort: 'rating', limit: 10 }),
    refetchInterval: ({ state }) => (state.data?.products.length === 0 ? lookAgainMs : false),
  })
  const info = useStoreInfo()
  return (
    <div className="wrap home">
      <Hero />
      <section>
        <h2>Shop by department</h2>
        <Ready of={departments} skeleton={<Bones count={8} kind="card" />}>
          {(answer) =>
            answer.departments.length === 0 ? (
              <Note title={info?.isBeingRead ? 'The store is being read in' : 'The shelves are empty'}>
                {info?.isBeingRead
                  ? 'Its shelves fill in a minute or so. This page then shows them by itself.'
                  : 'Import a catalog in the console.'}
              </Note>
            ) : (
              <DepartmentTiles departments={answer.departments.slice(0, 12)} />
            )
          }
        </Ready>
      </section>
      <section>
        <h2>Loved by customers</h2>
        <Ready of={loved} skeleton={<Bones count={5} kind="card" />}>
          {(answer) => (
            <div className="grid">
              {answer.products.map((product) => (
                <ProductCard key={product.id} product={product} />
              ))}
            </div>
          )}
        </Ready>
      </section>
    </div>
  )
}

/** The store as it calls itself; asked again while its first catalog is on its way. */
function useStoreInfo() {
  const { data } = useQuery({
    queryKey: ['store'],
    queryFn: store.info,
    staleTime: 60_000,
    refetchInterval: ({ state }) => (state.data?.isBeingRead ? lookAgainMs : false),
  })
  return data
}

function Hero() {
  const [text, setText] = useState('')
  const info = useStoreInfo()
  return (
    <section className="hero">
      <h1>Say what you need. We’ll find it on our shelves.</h1>
      <form
        className="hero-ask"
        onSubmit={(event) => {
          event.preventDefault()
          askAssistant(text)
        }}
      >
        <StoreIcon name="spark" />
        <input
          aria-label="Ask the shopping assistant"
          placeholder="What are you looking for?"
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <button type="submit" className="button primary">
          Ask
        </button>
      </form>
      <ul className="hero-ideas">
        {info?.starters.slice(0, 3).map((idea) => (
          <li key={idea}>
            <button type="button" onClick={() => askAssistant(idea)}>
              {idea}
            </button>
          </li>
        ))}
      </ul>
    </section>
  )
}

/** So many products are asked for one that has a picture that can be had. */
const tilePictures = 4

function DepartmentTiles({ departments }: { departments: Department[] }) {
  const pictures = useQueries({
    queries: departments.map((department) => ({
      queryKey: ['department-picture', department.name],
      queryFn: () =>
        store.products({ category: department.name, limit: tilePictures, sort: 'rating' as const }),
      staleTime: 300_000,
    })),
  })
  return (
    <ul className="tiles">
      {departments.map((department, index) => (
        <li key={department.name}>
          <Link to="/c/$department" params={{ department: department.name }}>
            <Picture
              src={pictures[index]?.data?.products.flatMap(({ images }) => images.slice(0, 1)) ?? null}
              eager
            />
            <span>
              <strong>{department.name}</strong>
              <small>{department.count.toLocaleString('en')} products</small>
            </span>
          </Link>
        </li>
      ))}
    </ul>
  )
}
