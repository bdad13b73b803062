import { Button, Modal, TextInput } from '@mantine/core'
import { ErrorState, Notice, formatAgo, formatCount } from '@heavylift/ui'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { AgentState } from '../../src/registry/catalogue-index.ts'
import type { StopKind } from '../../src/registry/registry-tables.ts'
import { api } from '../api.ts'

/** Facets that a search is narrowed by. */
export interface Narrowed {
  state?: AgentState
  team?: string
  owner?: string
  tool?: string
  data?: string
  model?: string
}

interface Stopped {
  targets?: { kind: StopKind; name: string }[]
  query?: Narrowed & { text: string }
}

/** A button that stops something, once somebody has said why. */
export function StopButton({ what, body }: { what: string; body: Stopped }) {
  const [isOpen, setIsOpen] = useState(false)
  const [because, setBecause] = useState('')
  const client = useQueryClient()
  const stop = useMutation({
    mutationFn: () => api.post('/stops', { body: { ...body, because } }),
    onSuccess: () => {
      setIsOpen(false)
      setBecause('')
      return client.invalidateQueries({ queryKey: ['agents'] })
    },
  })
  return (
    <>
      <Button size="compact-md" color="red" variant="light" onClick={() => setIsOpen(true)}>
        Stop {what}
      </Button>
      <Modal
        opened={isOpen}
        onClose={() => setIsOpen(false)}
        title={`Stop ${what}?`}
        closeButtonProps={{ 'aria-label': 'Close' }}
      >
        <form
          className="hl-stack"
          onSubmit={(event) => {
            event.preventDefault()
            stop.mutate()
          }}
        >
          <p>
            No run begins any more, and runs under way end within a second on every server; a call that pays
            or sends something is waited for. It holds until somebody lifts it.
          </p>
          <TextInput
            data-autofocus
            label="Why"
            description="Everybody who calls it is told."
            value={because}
            onChange={(event) => setBecause(event.currentTarget.value)}
          />
          {stop.isError ? <ErrorState error={stop.error} /> : null}
          <div className="hl-row">
            <Button type="submit" color="red" disabled={because.trim() === ''} loading={stop.isPending}>
              Stop {what}
            </Button>
            <Button variant="default" onClick={() => setIsOpen(false)}>
              Let it run
            </Button>
          </div>
        </form>
      </Modal>
    </>
  )
}

type ShownStop = Awaited<ReturnType<typeof readStops>>['stops'][number]
const readStops = () => api.get('/stops', { query: {} })

/** What is stopped now, by whom and why, and the way out. */
export function StopNotice({ stop }: { stop: ShownStop }) {
  const client = useQueryClient()
  const lift = useMutation({
    mutationFn: () =>
      api.post('/stops/:id/lift', { params: { id: stop.id }, body: { because: 'Lifted in the console.' } }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['agents'] }),
  })
  const [first] = stop.targets
  const version = first?.version === undefined ? '' : `, version ${first.version}`
  const more = stop.targetCount > 1 ? ` and ${formatCount(stop.targetCount - 1)} more` : ''
  return (
    <Notice tone="bad" title={`Stopped: ${first?.kind ?? ''} ${first?.name ?? ''}${version}${more}`}>
      <p>
        {stop.because} By {stop.by}, {formatAgo(stop.setMs, Date.now())}.
      </p>
      {lift.isError ? <ErrorState error={lift.error} /> : null}
      <Button size="compact-sm" variant="default" loading={lift.isPending} onClick={() => lift.mutate()}>
        Let it run again
      </Button>
    </Notice>
  )
}
