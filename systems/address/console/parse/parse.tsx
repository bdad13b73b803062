import { Button, TextInput } from '@mantine/core'
import { Chip, ErrorState, Page, Panel } from '@heavylift/ui'
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
          <div className="hl-row">
            <TextInput
              aria-label="Address"
              style={{ flex: '1 1 320px' }}
              value={text}
              onChange={(event) => setText(event.currentTarget.value)}
            />
            <Button type="submit" loading={parsing.isPending}>
              Read
            </Button>
          </div>
        </form>
        {parsing.isError ? <ErrorState error={parsing.error} /> : null}
        {found && (
          <>
            <p role="status">{found.standard.lines.join(' · ')}</p>
            <ul className="hl-row" aria-label="Words" style={{ listStyle: 'none', padding: 0 }}>
              {found.parsed.tokens.map((token) => (
                <li key={token.start}>
                  {token.text} <Chip>{token.label}</Chip>
                </li>
              ))}
            </ul>
          </>
        )}
      </Panel>
    </Page>
  )
}
