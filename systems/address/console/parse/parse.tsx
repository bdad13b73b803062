import { Page, Panel } from '@heavylift/ui'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../api.ts'

/** One address, read and standardised. */
export default function Parse() {
  const [text, setText] = useState('123 North Main Street, Apartment 4B, Springfield, Illinois 62701')
  const parsing = useMutation({ mutationFn: () => api.post('/parse', { body: { addresses: [text] } }) })
  const found = parsing.data?.addresses[0]
  return (
    <Page
      title="Address"
      lead="An address as people write it, read word by word and put into the forms of the postal standard."
    >
      <Panel title="One address">
        <form
          onSubmit={(event) => {
            event.preventDefault()
            parsing.mutate()
          }}
        >
          <label>
            Address <input value={text} onChange={(event) => setText(event.target.value)} />
          </label>{' '}
          <button type="submit">Read</button>
        </form>
        {found && (
          <>
            <p role="status">{found.standard.lines.join(' · ')}</p>
            <ol aria-label="Words">
              {found.parsed.tokens.map((token) => (
                <li key={token.start}>
                  {token.text} <small>{token.label}</small>
                </li>
              ))}
            </ol>
          </>
        )}
      </Panel>
    </Page>
  )
}
