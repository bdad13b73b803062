import { Button, TextInput } from '@mantine/core'
import { Chip, DataTable, Facts, Loaded, Page, Panel, formatPercent } from '@heavylift/ui'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../api.ts'

const example = '123 North Main Street, Apartment 4B, Springfield, Illinois 62701'

/** One address, read and standardised. */
export default function Read() {
  const [text, setText] = useState(example)
  const [asked, setAsked] = useState(example)
  const reading = useQuery({
    queryKey: ['address', 'read', asked],
    queryFn: ({ signal }) => api.post('/parse', { body: { addresses: [asked] }, signal }),
  })
  return (
    <Page
      title="Read an address"
      lead="An address as people write it, read word by word and put into the forms of the postal standard."
    >
      <Panel title="One address">
        <form
          onSubmit={(event) => {
            event.preventDefault()
            setAsked(text)
          }}
        >
          <div className="hl-row">
            <TextInput
              aria-label="Address"
              style={{ flex: '1 1 320px' }}
              value={text}
              onChange={(event) => setText(event.currentTarget.value)}
            />
            <Button type="submit" loading={reading.isFetching} disabled={text.trim() === ''}>
              Read
            </Button>
          </div>
        </form>
      </Panel>
      <Loaded of={reading} what="Reading the address">
        {({ addresses }) => addresses.map((found) => <Found key={asked} found={found} />)}
      </Loaded>
    </Page>
  )
}

type Answer = Awaited<ReturnType<typeof parse>>['addresses'][number]
const parse = (addresses: string[]) => api.post('/parse', { body: { addresses } })

function Found({ found: { parsed, standard } }: { found: Answer }) {
  return (
    <>
      <Panel title="Word by word" note={`sure to ${formatPercent(parsed.confidence)}`}>
        <ul className="hl-row" aria-label="Words" style={{ listStyle: 'none', padding: 0, margin: 0 }}>
          {parsed.tokens.map((token) => (
            <li key={token.start}>
              {token.text} <Chip>{token.label}</Chip>
            </li>
          ))}
        </ul>
      </Panel>
      <Panel title="As the postal standard has it" note="USPS Publication 28">
        <div className="hl-stack">
          <p role="status" style={{ margin: 0, fontWeight: 600, whiteSpace: 'pre-line' }}>
            {standard.lines.join('\n')}
          </p>
          <Facts facts={Object.entries(standard.fields).map(([name, value]) => [name, value])} />
        </div>
      </Panel>
      <Panel title="What was changed, and why" flush>
        <DataTable
          caption="Changes"
          rows={standard.changes}
          keyOf={(change) => `${change.start} ${change.rule}`}
          columns={[
            { key: 'text', title: 'Written', render: ({ text }) => text },
            { key: 'to', title: 'Standard', render: ({ to }) => (to === '' ? 'left out' : to) },
            { key: 'explanation', title: 'Why', render: ({ explanation }) => explanation },
          ]}
        />
      </Panel>
    </>
  )
}
