import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { MemoryItem, MemoryKind } from '../../../src/domain/ports.ts'
import { store } from '../api.ts'
import { Bones, Note, Ready } from '../parts/states.tsx'
import { currentCustomer } from '../session.ts'

const kinds: Record<MemoryKind, string> = {
  fact: 'About you',
  viewed: 'What you looked at',
  asked: 'What you asked',
  decided: 'What you decided',
}

/** Everything that is remembered of the shopper, theirs to correct and to delete. */
export default function Memory() {
  const client = useQueryClient()
  const memory = useQuery({ queryKey: ['memory'], queryFn: store.memory })
  const refresh = () => client.invalidateQueries({ queryKey: ['memory'] })
  const forgetAll = useMutation({ mutationFn: () => store.forgetAll(), onSuccess: refresh })
  const customer = currentCustomer()
  return (
    <div className="wrap narrow">
      <h1>What we remember</h1>
      <p className="dim">
        The assistant uses this to pick up where you left off
        {customer ? `, on every device where ${customer.name.split(' ')[0]} is signed in` : ' on this device'}
        . Nothing else is kept, and what you delete is gone.
      </p>
      <Ready of={memory} skeleton={<Bones count={4} kind="line" />}>
        {({ memories }) =>
          memories.length === 0 ? (
            <Note
              title="Nothing is remembered"
              action={
                customer ? null : (
                  <Link to="/account" className="button">
                    Sign in to be known on every device
                  </Link>
                )
              }
            >
              Look at a product or ask the assistant something, and it appears here.
            </Note>
          ) : (
            <>
              {(Object.keys(kinds) as MemoryKind[]).map((kind) => {
                const own = memories.filter((each) => each.kind === kind)
                return own.length === 0 ? null : (
                  <section key={kind}>
                    <h2>{kinds[kind]}</h2>
                    <ul className="memories">
                      {own.map((item) => (
                        <Entry key={item.id} item={item} refresh={refresh} />
                      ))}
                    </ul>
                  </section>
                )
              })}
              <button
                type="button"
                className="button"
                disabled={forgetAll.isPending}
                onClick={() => {
                  if (confirm('Delete everything that is remembered about you? This cannot be undone.'))
                    forgetAll.mutate()
                }}
              >
                Delete everything
              </button>
              {forgetAll.error ? <p className="warn">{forgetAll.error.message}</p> : null}
            </>
          )
        }
      </Ready>
    </div>
  )
}

function Entry({ item, refresh }: { item: MemoryItem; refresh: () => Promise<void> }) {
  const [text, setText] = useState<string | null>(null)
  const edit = useMutation({
    mutationFn: (to: string) => store.editMemory(item.id, to),
    onSuccess: () => {
      setText(null)
      return refresh()
    },
  })
  const forget = useMutation({ mutationFn: () => store.forget(item.id), onSuccess: refresh })
  const when = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeStyle: 'short' })
  const failure = edit.error ?? forget.error
  return (
    <li>
      {text === null ? (
        <p>
          {item.productId ? (
            <Link to="/p/$productId" params={{ productId: item.productId }}>
              {item.text}
            </Link>
          ) : (
            item.text
          )}
          <span className="dim">
            {when.format(item.atMs)}
            {item.device ? ` · ${item.device}` : ''}
          </span>
        </p>
      ) : (
        <form
          onSubmit={(event) => {
            event.preventDefault()
            edit.mutate(text)
          }}
        >
          <input
            aria-label="Correct it"
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
          />
          <button type="submit" className="button primary" disabled={edit.isPending || text.trim() === ''}>
            Save
          </button>
        </form>
      )}
      <span className="memory-actions">
        <button type="button" className="link" onClick={() => setText(text === null ? item.text : null)}>
          {text === null ? 'Correct' : 'Cancel'}
          <span className="hidden">: {item.text}</span>
        </button>
        <button type="button" className="link" disabled={forget.isPending} onClick={() => forget.mutate()}>
          Delete<span className="hidden">: {item.text}</span>
        </button>
      </span>
      {failure ? <p className="warn">{failure.message}</p> : null}
    </li>
  )
}
