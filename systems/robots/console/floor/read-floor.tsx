import { Button, Textarea } from '@mantine/core'
import { ErrorState, Page, Panel } from '@heavylift/ui'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../api.ts'

const first = [
  'type octile',
  'height 4',
  'width 8',
  'map',
  'E......E',
  '..@@@@..',
  '..@@@@..',
  'S......S',
].join('\n')

/** A map of a floor, read and counted. */
export default function ReadFloor() {
  const [text, setText] = useState(first)
  const reading = useMutation({
    mutationFn: () => api.post('/floors/read', { body: { map: text, name: 'map' } }),
  })
  const found = reading.data
  return (
    <Page
      title="Read a map"
      lead="A floor as researchers and planners write it (movingai), read and checked line by line."
    >
      <Panel title="A floor">
        <form
          onSubmit={(event) => {
            event.preventDefault()
            reading.mutate()
          }}
        >
          <Textarea
            label="Map"
            autosize
            minRows={8}
            maxRows={24}
            styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
          />
          <Button type="submit" mt="sm" loading={reading.isPending}>
            Read
          </Button>
        </form>
        {reading.isError ? <ErrorState error={reading.error} /> : null}
        {found && (
          <p role="status">
            {found.rows} × {found.columns} cells, {found.freeCells} free, the largest part of {found.parts}{' '}
            has {found.largestPart}.
          </p>
        )}
      </Panel>
    </Page>
  )
}
